import 'server-only'
import type { ChatMessage } from '@/shared/chat/message'
import { AppError } from '@/shared/errors/app-error'
import type { BeginOutcome } from '../db/run-to-begin'
import type { RunRow } from '../db/run-row'
import { log } from '../log'
import type { ResolvedModel } from '../models/model-source'
import type { Services } from '../services'
import { shuttingDown } from './active-runs'
import { carryOutRun } from './carry-out-run'

export type StartedRun = {
  run: RunRow
  /**
   * Resolves when the run has ended, its title is written, and so are the answers to what was queued behind it. A request
   * keeps the process alive for it, and no more.
   */
  finished: Promise<void>
}

/** A run that is stored: to be written here, or written already because of the same message. */
export type Begun =
  | { status: 'started'; run: RunRow; history: readonly ChatMessage[]; model: ResolvedModel }
  | { status: 'attached'; run: RunRow }

export type Launch = {
  /** Stores the run under the given id. What it throws refuses the run. */
  begin: (runId: string) => Promise<Begun>
  /** Goes on behind an answer that is done. */
  onDone: (run: RunRow) => Promise<void>
}

/** Begins a run and writes it; resolves once it is stored. The run goes on without the request. */
export async function launchRun(
  services: Services,
  { begin, onDone }: Launch,
): Promise<StartedRun> {
  if (services.activeRuns.draining) throw shuttingDown()
  const runId = services.newId()
  const begun = Promise.withResolvers<RunRow>()
  let next: Promise<void> | undefined
  const finished = services.activeRuns.hold(runId, async () => {
    // Beside the database and not before it: the log may be as far away, and both wait for the first token.
    const opening = services.streamLog.open(runId)
    const started = await begin(runId).catch(async (error: unknown) => {
      await (await opening)?.close('interrupted')
      throw error
    })
    const writer = await opening
    if (!writer) throw new Error(`The log of run ${runId} exists already.`)
    begun.resolve(started.run)
    if (started.status === 'attached') return writer.close('interrupted')
    const { run, model, history } = started
    await carryOutRun({ services, run, model, history, writer }, () => (next = onDone(run)))
  })
  finished.catch(begun.reject)
  const run = await begun.promise
  return {
    run,
    finished: finished
      .catch((error: unknown) => log.error('A run broke.', { runId, error }))
      .then(() => next),
  }
}

/** What was begun. Throws `chat-busy` and `not-found` when nothing was. */
export function requireBegun(outcome: BeginOutcome, model: ResolvedModel): Begun {
  switch (outcome.status) {
    case 'busy':
      throw new AppError(
        'chat-busy',
        'An answer is being written in this chat. Wait for it or stop it, then send again.',
        { runId: outcome.runId },
      )
    case 'not-found':
      throw new AppError('not-found', 'There is no such chat or message.')
    case 'attached':
      return outcome
    case 'started':
      return { ...outcome, model }
  }
}
