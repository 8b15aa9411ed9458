/**
 * A row that goes elsewhere takes the focus of its menu with it. To be called before; what it answers, after, which puts the
 * focus on the row in its new place, or else on its neighbour in the old one.
 */
export function focusNear(chatId: string | undefined): () => void {
  const rows = shownRows()
  const at = rows.findIndex((row) => row.dataset['chat'] === chatId)
  const neighbour = (rows[at + 1] ?? rows[at - 1])?.dataset['chat']
  return () => {
    // The menu gives the focus back in a frame of its own, to a button that is gone.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return
        const row = shownRow(chatId) ?? shownRow(neighbour)
        row?.querySelector('a')?.focus()
      }),
    )
  }
}

function shownRow(chatId: string | undefined): HTMLElement | undefined {
  return shownRows().find((row) => row.dataset['chat'] === chatId)
}

/** The list may be there twice: folded away, and in the drawer. */
function shownRows(): HTMLElement[] {
  const rows = document.querySelectorAll<HTMLElement>('[data-chat]')
  return [...rows].filter((row) => row.offsetParent !== null)
}
