import { messageText } from '@/shared/chat/message-text'
import { browserEnvironment } from '../browser/browser-environment'
import { chatList } from '../chats/chat-list'
import { firstHand } from '../events/first-hand'
import { createAnswerWatch } from './answer-watch'
import { notificationChoice } from './notification-choice'

/** As much as a notification shows. */
const wordsLengthMax = 140

export type ShownAnswer = {
  chatTitle: string
  /** Its first words, where the user wants them shown. */
  words: string | undefined
}

/**
 * Shows a notification for each answer that ended while nobody looked, once however many tabs are open. `say` finds its
 * words. Returns what ends it.
 */
export function watchAnswers(
  say: (answer: ShownAnswer) => { title: string } & NotificationOptions,
): () => void {
  const watch = createAnswerWatch({
    timers: browserEnvironment.timers,
    isUnread: async (chatId) => (await chatList.whole()).chat(chatId)?.unread ?? false,
    show: (chatId) => void show(chatId).catch(() => undefined),
    close: (chatId) => void close(chatId).catch(() => undefined),
  })
  return firstHand.subscribe((event) => {
    if (notificationChoice.get() !== 'off') watch(event)
  })

  async function show(chatId: string) {
    const list = await chatList.whole()
    const chatTitle = list.chat(chatId)?.title ?? ''
    const words = notificationChoice.get() === 'text' ? await firstWordsOf(chatId) : undefined
    const { title, ...options } = say({ chatTitle, words })
    const registration = await navigator.serviceWorker.ready
    await registration.showNotification(title, {
      ...options,
      tag: chatId,
      icon: '/icons/192.png',
      badge: '/icons/badge-96.png',
      data: { path: `/c/${chatId}` },
    })
  }
}

async function firstWordsOf(chatId: string): Promise<string | undefined> {
  const { messages } = await browserEnvironment.api.loadChat(chatId)
  const last = messages.at(-1)
  return last && messageText(last).replaceAll(/\s+/g, ' ').trim().slice(0, wordsLengthMax)
}

async function close(chatId: string): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration()
  const shown = await registration?.getNotifications({ tag: chatId })
  for (const notification of shown ?? []) notification.close()
}
