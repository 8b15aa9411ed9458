import type { Problem } from '@/shared/errors/problem'
import type { ModelRef } from '@/shared/models/model-catalog'
import { ProblemError, problemOf, unreachableProblem } from '../../api/http'
import type { Timers } from '../../stream/timers'
import type { ChatSession, SendOutcome } from '../chat-session'
import type { QueueApi } from './queue-api'
import type { Queue, QueueChange } from './queue-cell'

/** What a person does with messages that wait: shown at once, taken back when refused. The reason is what resolves then. */
export type MessageQueue = {
  add: (input: { text: string; model?: ModelRef | undefined }) => Promise<SendOutcome>
  change: (
    id: string,
    change: { text: string } | { model: ModelRef },
  ) => Promise<Problem | undefined>
  /** `position` counts from 0. */
  move: (id: string, position: number) => Promise<Problem | undefined>
  remove: (id: string) => Promise<Problem | undefined>
  /** Stops the running answer, then sends this one. */
  sendNow: (id: string) => Promise<Problem | undefined>
  reload: () => Promise<void>
}

export function createMessageQueue({
  session,
  api,
  newId,
  timers,
}: {
  session: ChatSession
  api: QueueApi
  newId: () => string
  timers: Pick<Timers, 'now'>
}): MessageQueue {
  const { chatId, queue } = session
  let last: Promise<unknown> = Promise.resolve()

  /** Requests go one after the other, so that each answer is the newest there is. */
  function inTurn(change: QueueChange, call: () => Promise<Queue>): Promise<Problem | undefined> {
    const settle = queue.lay(change)
    const answer = last.then(call).then(settle)
    last = answer.catch(() => settle())
    return answer.then(() => undefined, refused)
  }

  function refused(error: unknown): Problem {
    void reload()
    return problemOf(error)
  }

  function reload(): Promise<void> {
    const loaded = last.then(() => api.load(chatId)).then(queue.take)
    last = loaded.catch(() => undefined)
    return loaded.catch(() => undefined)
  }

  async function add({ text, model }: { text: string; model?: ModelRef | undefined }) {
    const id = newId()
    const message = { id, text, model: model ?? null, createdAt: timers.now() }
    const problem = await inTurn(
      (shown) => (shown.some((queued) => queued.id === id) ? shown : [...shown, message]),
      async () => {
        await untilStored(session)
        return api.add({ chatId, id, text, model })
      },
    )
    if (problem) return { status: 'refused', problem } as const
    lookIfSent(id)
    return { status: 'sent' } as const
  }

  /** What waits no more has begun an answer, which is to be shown. */
  function lookIfSent(id: string) {
    if (!queue.shown.some((queued) => queued.id === id)) session.noteChange({ updatedAt: Infinity })
  }

  return {
    add,
    reload,
    change: (id, change) =>
      inTurn(
        (shown) => shown.map((queued) => (queued.id === id ? { ...queued, ...change } : queued)),
        () => api.change({ chatId, id, ...change }),
      ),
    move: (id, position) =>
      inTurn(
        (shown) => moved(shown, id, position),
        () => api.change({ chatId, id, position }),
      ),
    remove: (id) =>
      inTurn(
        (shown) => shown.filter((queued) => queued.id !== id),
        () => api.remove({ chatId, id }),
      ),
    sendNow: async (id) => {
      const problem = await inTurn(
        (shown) => moved(shown, id, 0),
        () => api.sendNow({ chatId, id }),
      )
      if (!problem) lookIfSent(id)
      return problem
    },
  }
}

function moved(queue: Queue, id: string, position: number): Queue {
  const queued = queue.find((waiting) => waiting.id === id)
  if (!queued) return queue
  return queue.filter((waiting) => waiting.id !== id).toSpliced(position, 0, queued)
}

/** A chat that is just being begun has no queue yet; one that could not be begun never gets it. */
async function untilStored(session: ChatSession): Promise<void> {
  if (session.phase === 'sending') await untilAnswered(session)
  if (session.store.messageIds.length === 0) throw new ProblemError(unreachableProblem)
}

function untilAnswered(session: ChatSession): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = session.subscribe(() => {
      if (session.phase === 'sending') return
      unsubscribe()
      resolve()
    })
  })
}
