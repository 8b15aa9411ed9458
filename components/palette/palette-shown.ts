/** What lies over the page, if anything. */
export type PaletteView = 'search' | 'shortcuts'

const listeners = new Set<() => void>()
let shown: PaletteView | undefined

export const paletteShown = {
  get: () => shown,
  subscribe: (listener: () => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
}

export function showPalette(view: PaletteView | undefined): void {
  shown = view
  for (const listener of listeners) listener()
}
