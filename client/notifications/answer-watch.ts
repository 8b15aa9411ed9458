import type { LiveEvent } from '@/shared/chat/live-event'
import type { Timers } from '../stream/timers'

type Options = {
  timers: Timers
  /** Whether nobody has looked at the chat's last answer. */
  isUnread: (chatId: string) => Promise<boolean>
  show: (chatId: string) => void
  /** Somebody has looked at it. */
  close: (chatId: string) => void
}

/** A page that shows the chat says within that time that its answer was seen, in whatever tab or device it is. */
const lookMs = 2_000

/** Tells of answers that came to their end while nobody looked. Takes the events of the server. */
export function createAnswerWatch({ timers, isUnread, show, close }: Options) {
  return (event: LiveEvent): void => {
    if (event.type === 'run-ended' && event.status === 'done') tellLater(event.chatId)
    if (event.type === 'chat-changed' && !event.chat.unread) close(event.chat.id)
    if (event.type === 'chats-changed')
      for (const chat of event.chats) if (!chat.unread) close(chat.id)
    if (event.type === 'chat-removed') close(event.chatId)
    if (event.type === 'chats-removed') event.chatIds.forEach(close)
  }

  function tellLater(chatId: string) {
    timers.after(lookMs, () => void tell(chatId).catch(() => undefined))
  }

  async function tell(chatId: string) {
    if (await isUnread(chatId)) show(chatId)
  }
}
