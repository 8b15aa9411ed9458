/** Where one has come to by opening a form. Whoever goes through the parts of the settings by keys stays at their names. */
export function focusInForm(element: HTMLElement | null | undefined): void {
  if (!document.activeElement?.matches('[role="tab"]')) element?.focus()
}
