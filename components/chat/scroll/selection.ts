/** Whether some of the text in an element is selected. */
export function isSelectingIn(element: Element): boolean {
  const selection = document.getSelection()
  if (!selection || selection.isCollapsed) return false
  return element.contains(selection.anchorNode) || element.contains(selection.focusNode)
}
