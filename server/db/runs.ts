import 'server-only'
import { type Kysely, sql } from 'kysely'
import { runKeyOf } from '@/shared/stream/event-id'
import type { RunEnd } from '@/shared/stream/stream-event'
import { type BeginQueued, beginQueued } from './begin-queued'
import { beginRun } from './begin-run'
import type { BeginOutcome, BeginRun } from './run-to-begin'
import type { Connection } from './connection'
import {
  beatRun,
  checkpointRun,
  endRun,
  interruptRun,
  type RunBeat,
  type RunInterruption,
  type RunProgress,
  requestStop,
  updateVisibleRun,
} from './end-run'
import { cleanText } from './json-codec'
import { type RunRow, toRunRow } from './run-row'
import type { Tables } from './schema'

type ChatOfUser = { userId: string; chatId: string }

/** Runs of somebody else, or of a removed chat, are answered like unknown ones. */
export type RunQueries = {
  /** Stores what is needed to answer and says what became of it, in one transaction. */
  begin(begin: BeginRun): Promise<BeginOutcome>
  /** The same for the first message of the chat's queue, which leaves the queue with it; `not-found` when that is another. */
  beginQueued(begin: BeginQueued): Promise<BeginOutcome>
  /** `false` when the run is to end, has ended or was removed with its chat; then nothing was written. */
  checkpoint(progress: RunProgress): Promise<boolean>
  /** Checkpoints and heartbeats of several runs in one transaction, which costs less; what each would have answered. */
  checkpointAll(runs: readonly (RunProgress | RunBeat)[]): Promise<boolean[]>
  /** `false` as with `checkpoint`: the writer should let go. */
  heartbeat(beat: RunBeat): Promise<boolean>
  /** Makes another process the writer of a run, in the place of the one its row names; one of several gets `true`. */
  adopt(run: { run: RunRow; instance: string; now: number }): Promise<boolean>
  /** Keeps how the provider calls the answer, so that another process can go on reading it. */
  setUpstream(run: { runId: string; upstreamId: string }): Promise<boolean>
  /**
   * The first end wins; another one later gets `false`, the same again `true`, so that it can be repeated when its
   * success was not heard of. A run stopped before it wrote anything leaves no answer.
   */
  end(end: RunProgress & { status: RunEnd }): Promise<boolean>
  /** For a run whose process is gone: marks it and its answer `interrupted`, keeping the text stored so far. */
  interrupt(run: RunInterruption): Promise<boolean>
  /** Asks the writer, wherever it is, to end the run as `stopped`: it hears of it at its next checkpoint or heartbeat. */
  requestStop(run: { runId: string; now: number }): Promise<boolean>
  /** Whoever's it is, also in a removed chat: for settling it, never for answering somebody. */
  find(run: { runId: string }): Promise<RunRow | undefined>
  get(run: { userId: string; runId: string }): Promise<RunRow | undefined>
  /** The run that writes that message; without one, what is selected in the chat, or else the one run of the chat. */
  active(chat: ChatOfUser & { messageId?: string | undefined }): Promise<RunRow | undefined>
  /** All that are under way in chats of the user, also beside another one. */
  running(chats: { userId: string; chatIds: readonly string[] }): Promise<RunRow[]>
  /** The run of this chat that an event id names (shared/stream/event-id.ts). */
  byKey(run: ChatOfUser & { runKey: string }): Promise<RunRow | undefined>
  /** Every user's running runs, also those of removed chats; of one process, or of all. */
  runningOf(filter: { instance?: string | undefined }): Promise<RunRow[]>
}

export function createRunQueries({ kysely, transaction }: Connection): RunQueries {
  return {
    begin: (begin) => transaction((inner) => beginRun(inner, begin)),
    beginQueued: (begin) => transaction((inner) => beginQueued(inner, begin)),
    checkpoint: (progress) => transaction((inner) => checkpointRun(inner, progress)),
    checkpointAll: (runs) => transaction((inner) => checkpointRuns(inner, runs)),
    heartbeat: (beat) => beatRun(kysely, beat),
    end: (end) => transaction((inner) => endRun(inner, end)),
    interrupt: (run) => transaction((inner) => interruptRun(inner, run)),
    requestStop: (run) => requestStop(kysely, run),

    async find({ runId }) {
      const row = await kysely
        .selectFrom('runs')
        .where('id', '=', runId)
        .selectAll()
        .executeTakeFirst()
      return row && toRunRow(row)
    },

    async setUpstream({ runId, upstreamId }) {
      const kept = await updateVisibleRun(kysely, { runId })
        .set({ upstream_id: cleanText(upstreamId) })
        .executeTakeFirst()
      return kept.numUpdatedRows > 0n
    },

    async adopt({ run, instance, now }) {
      const adopted = await updateVisibleRun(kysely, { runId: run.id, instance: run.instance })
        .set({ instance, heartbeat_at: now })
        .executeTakeFirst()
      return adopted.numUpdatedRows > 0n
    },

    async get({ userId, runId }) {
      const row = await selectRuns(kysely, userId).where('runs.id', '=', runId).executeTakeFirst()
      return row && toRunRow(row)
    },

    async active({ userId, chatId, messageId }) {
      const running = selectRuns(kysely, userId)
        .where('runs.chat_id', '=', chatId)
        .where('runs.status', '=', sql.lit('running'))
      const wanted =
        messageId === undefined
          ? running.where((eb) =>
              eb.or([
                eb('runs.kind', '!=', sql.lit('compare')),
                eb('runs.message_id', '=', eb.ref('chats.selected_leaf_id')),
              ]),
            )
          : running.where('runs.message_id', '=', messageId)
      const row = await wanted
        .orderBy((eb) =>
          eb
            .case()
            .when('runs.message_id', '=', eb.ref('chats.selected_leaf_id'))
            .then(sql.lit(0))
            .else(sql.lit(1))
            .end(),
        )
        .executeTakeFirst()
      return row && toRunRow(row)
    },

    async running({ userId, chatIds }) {
      if (chatIds.length === 0) return []
      const rows = await selectRuns(kysely, userId)
        .where('runs.chat_id', 'in', chatIds)
        .where('runs.status', '=', sql.lit('running'))
        .execute()
      return rows.map(toRunRow)
    },

    async byKey({ userId, chatId, runKey }) {
      const row = await selectRuns(kysely, userId)
        .where('runs.chat_id', '=', chatId)
        .where('runs.id', 'like', `%${runKey}`)
        .executeTakeFirst()
      return row && runKeyOf(row.id) === runKey ? toRunRow(row) : undefined
    },

    async runningOf({ instance }) {
      let query = kysely.selectFrom('runs').where('status', '=', sql.lit('running'))
      if (instance !== undefined) query = query.where('instance', '=', instance)
      const rows = await query.selectAll().orderBy('chat_id').execute()
      return rows.map(toRunRow)
    },
  }
}

async function checkpointRuns(
  transaction: Kysely<Tables>,
  runs: readonly (RunProgress | RunBeat)[],
): Promise<boolean[]> {
  const ours: boolean[] = []
  for (const run of runs) {
    const kept = 'parts' in run ? checkpointRun(transaction, run) : beatRun(transaction, run)
    ours.push(await kept)
  }
  return ours
}

function selectRuns(kysely: Kysely<Tables>, userId: string) {
  return kysely
    .selectFrom('runs')
    .innerJoin('chats', 'chats.id', 'runs.chat_id')
    .where('chats.user_id', '=', userId)
    .where('chats.removed_at', 'is', null)
    .selectAll('runs')
}
