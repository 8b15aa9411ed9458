import * as z from 'zod/mini'

const openSchema = z.object({ type: z.literal('open'), path: z.string() })

/** Goes to the chat whose notification was pressed. Returns what ends it. */
export function followNotifications(): () => void {
  const abort = new AbortController()
  // Absent outside secure contexts, whatever the types say.
  const container = 'serviceWorker' in navigator ? navigator.serviceWorker : undefined
  container?.addEventListener('message', ({ data }) => follow(data), { signal: abort.signal })
  return () => abort.abort()
}

/** In place, as a link in the list does; where no chat can be shown in place, as a page. */
function follow(message: unknown): void {
  const { data } = openSchema.safeParse(message)
  if (!data) return
  if (document.querySelector('[data-chat-stage]')) window.history.pushState(null, '', data.path)
  else window.location.assign(data.path)
}
