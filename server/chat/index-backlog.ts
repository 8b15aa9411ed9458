import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { log } from '../log'
import type { Services } from '../services'

/** Between two steps, so that streams have most of the process while older messages are being indexed. */
const pauseMs = 10
const retryMs = 30_000

type Indexing = Pick<Services, 'db' | 'now'>

/** Has search find the messages that are older than it, a few at a time, until all are done or the signal says so. */
export async function indexWholeBacklog(services: Indexing, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      const { isDone } = await services.db.search.indexBacklog()
      if (isDone) return
      await sleep(pauseMs, undefined, { signal, ref: false })
    } catch (error) {
      if (signal.aborted) return
      log.warn('Older messages could not be indexed for search.', { error })
      await sleep(retryMs, undefined, { signal, ref: false }).catch(() => undefined)
    }
    if (signal.aborted) return
  }
}

/** As much of the same as there is time for. */
export async function indexSome(
  { db, now }: Indexing,
  { milliseconds }: { milliseconds: number },
): Promise<void> {
  const endsAt = now() + milliseconds
  while (now() < endsAt) {
    const { isDone } = await db.search.indexBacklog()
    if (isDone) return
  }
}
