import { browserEnvironment } from '../../browser/browser-environment'
import type { ChatSession } from '../chat-session'
import { createMessageQueue, type MessageQueue } from './message-queue'
import { createQueueApi } from './queue-api'

const queues = new WeakMap<ChatSession, MessageQueue>()

/** The one queue of a chat in this tab. */
export function queueOf(session: ChatSession): MessageQueue {
  const { fetch, newId, timers } = browserEnvironment
  const known = queues.get(session)
  const queue = known ?? createMessageQueue({ session, api: createQueueApi(fetch), newId, timers })
  if (!known) queues.set(session, queue)
  return queue
}
