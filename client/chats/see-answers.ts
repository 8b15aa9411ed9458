import { browserEnvironment } from '../browser/browser-environment'
import { tabList } from './tab-list'

/**
 * Says that the answers of a chat were looked at, once the page is. What fails is said when the page is next looked at.
 * Answers how to call it off.
 */
export function seeWhenVisible(chatId: string): () => void {
  const abort = new AbortController()
  const look = () => {
    if (document.visibilityState === 'visible') void say().catch(() => undefined)
  }
  document.addEventListener('visibilitychange', look, { signal: abort.signal })
  look()
  return () => abort.abort()

  async function say() {
    tabList.upsert(await browserEnvironment.api.changeChat(chatId, { seen: true }))
    abort.abort()
  }
}
