import 'server-only'
import type { RunRow } from '../db/run-row'
import { log } from '../log'
import type { ResolvedModel } from '../models/model-source'
import type { Services } from '../services'
import { writerBehind, type StreamLogWriter } from '../stream-log/stream-log'
import { carryOutRun } from './carry-out-run'
import { resolveModel } from '../catalog/resolve-model'
import { sendNextQueued } from './send-queued'

/** A run whose writer is gone, and where its log goes on. */
export type AbandonedRun = {
  run: RunRow
  /** The seat in its log; without one the log itself is gone, and a new one is begun. */
  writer: StreamLogWriter | undefined
  /** The last event that the log has. */
  seq: number
}

/** The model that can go on with the run, when the provider writes its answer on by itself. */
export async function resumableModel(
  services: Services,
  run: RunRow,
): Promise<ResolvedModel | undefined> {
  if (run.upstreamId === null || run.stopRequested || services.activeRuns.draining) return undefined
  const message = await services.db.messages.get(run)
  const ref = message?.metadata?.model
  const model = ref && (await resolveModel({ services, userId: run.userId, ref }))
  return model?.background && model
}

/**
 * Goes on with an answer that the provider is still writing, in the place of the process that is gone. The provider gives
 * it from its beginning, so its events get the seqs that they had: what the log has already is not written again. `onShort`
 * is called, with the seat in the log, when the provider had less than is known. False when another process was quicker.
 */
export async function resumeRun(
  services: Services,
  {
    abandoned: { run, writer, seq },
    model,
    onShort,
  }: {
    abandoned: AbandonedRun
    model: ResolvedModel
    onShort: (seat: StreamLogWriter) => Promise<void>
  },
): Promise<boolean> {
  const { instance, now } = services
  const { upstreamId } = run
  if (upstreamId === null || !(await services.db.runs.adopt({ run, instance, now: now() }))) {
    await writer?.release()
    return false
  }
  const seat = writer ?? (await services.streamLog.open(run.id))
  if (!seat) return false
  log.info('A run is taken up: its process is gone, its provider writes on.', {
    runId: run.id,
    chatId: run.chatId,
  })
  const task = {
    services,
    run: { ...run, instance },
    model,
    history: [],
    writer: writerBehind(seat, seq),
    resumed: { upstreamId, seq: Math.max(seq, run.seq) },
  }
  const work = async () => {
    const completion = await carryOutRun(task, () => sendNextQueued(services, task.run))
    if (completion === 'short') await onShort(seat)
  }
  services.activeRuns
    .hold(run.id, work)
    .catch((error: unknown) => log.error('A run broke.', { runId: run.id, error }))
  return true
}
