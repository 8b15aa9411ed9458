/** Changes what stands in the composer, as typing does: its draft is kept and its height fits. */
export function changeComposer(change: (text: string) => string): void {
  const field = composerField()
  if (!field) return
  field.value = change(field.value)
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
  field.scrollTop = field.scrollHeight
}

/** Puts the caret at the end of the composer. */
export function writeOn(): void {
  const field = composerField()
  field?.focus({ preventScroll: true })
  field?.setSelectionRange(field.value.length, field.value.length)
}

function composerField(): HTMLTextAreaElement | undefined {
  const field = document.getElementById('composer')
  return field instanceof HTMLTextAreaElement ? field : undefined
}
