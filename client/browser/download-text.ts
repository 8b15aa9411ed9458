/** Saves a text as a file of this name, without asking any server. */
export function downloadText(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // The browser has taken hold of the blob once the click was handled.
  setTimeout(() => URL.revokeObjectURL(url))
}
