import { chatPath } from '../api/chat-api'
import { whenQuiet } from '../browser/when-quiet'
import { deviceAnswers } from './device-answers'
import { modelsPath, settingsPath, sidebarPath } from './kept-paths'
import { keepPageParts, startServiceWorker, type ServiceWorkerOptions } from './service-worker'

let started: Promise<void> | undefined

/** Makes this device ready to open without a network: once a page, however often it is asked for. */
export function startOffline(options: ServiceWorkerOptions): void {
  started ??= start(options)
  started.catch(() => undefined)
}

/** Keeps a chat as it is now, once nobody needs the browser. Answers how to call it off. */
export function keepChatWhenQuiet(chatId: string): () => void {
  return whenQuiet(() => {
    void started
      ?.then(() => deviceAnswers.keep([chatPath(chatId), sidebarPath]))
      .then(() => keepPageParts())
      .catch(() => undefined)
  })
}

async function start(options: ServiceWorkerOptions): Promise<void> {
  await deviceAnswers.forgetOthers()
  await startServiceWorker(options)
  await deviceAnswers.keep([settingsPath, modelsPath, sidebarPath])
  // In the language and with the settings of now.
  await keepPageParts(['/offline'])
}
