/** What is on the stage: the text so far, and how often the stage was cleared, so that nothing is taken over. */
export type Shown = { text: string; streaming: boolean; take: number }

let shown: Shown = { text: '', streaming: false, take: 0 }
const listeners = new Set<() => void>()

export const stageStore = {
  read: () => shown,
  subscribe: (listener: () => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
  show(text: string, { streaming }: { streaming: boolean }) {
    update({ ...shown, text, streaming })
  },
  clear() {
    update({ text: '', streaming: false, take: shown.take + 1 })
  },
}

function update(next: Shown): void {
  shown = next
  for (const listener of listeners) listener()
}
