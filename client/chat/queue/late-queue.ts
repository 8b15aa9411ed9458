import type { ModelRef } from '@/shared/models/model-catalog'
import { unreachableProblem } from '../../api/http'
import type { ChatSession, SendOutcome } from '../chat-session'

/** What works with a queue is loaded when there is one. */
const loadQueues = () => import('./message-queues')

/** Lets a text wait for the end of the answer that is being written. */
export async function queueText(
  session: ChatSession,
  input: { text: string; model?: ModelRef },
): Promise<SendOutcome> {
  const queues = await loadQueues().catch(() => undefined)
  if (!queues) return { status: 'refused', problem: unreachableProblem }
  return queues.queueOf(session).add(input)
}

/** Something happened to the queue elsewhere. What fails is made up for when the chat is loaded next. */
export async function reloadQueue(session: ChatSession): Promise<void> {
  const queues = await loadQueues().catch(() => undefined)
  await queues?.queueOf(session).reload()
}
