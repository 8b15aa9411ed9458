/** Writes as if it had been typed, so that all that follows from typing does. The cursor is put behind it, or where it is said. */
export function writeInto(
  field: HTMLTextAreaElement | null,
  text: string,
  selection: { from: number; to: number } = { from: text.length, to: text.length },
): void {
  if (!field) return
  field.value = text
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
  field.focus({ preventScroll: true })
  field.setSelectionRange(selection.from, selection.to)
}
