import 'server-only'
import { hostname } from 'node:os'
import { AnswerDraft } from '@/shared/chat/answer-draft'
import { AppError } from '@/shared/errors/app-error'
import type { StreamEvent } from '@/shared/stream/stream-event'
import type { RunRow } from '../db/run-row'
import { log } from '../log'
import type { Services } from '../services'
import type { StreamLogWriter, TakeOver } from '../stream-log/stream-log'
import { restOf } from './chunks-of-message'
import { resumableModel, resumeRun } from './resume-run'
import { closingChunks } from './run-outcome'

/** How long a run of another process counts as alive after its last heartbeat. */
const heartbeatValidMs = 10_000

type ChatOfUser = { userId: string; chatId: string }

/**
 * The chat's running run. A run whose process is gone is interrupted here, when it is next looked at, with the text that
 * is left of it (docs/protocol.md § 3).
 */
export function liveRun(
  services: Services,
  { userId, chatId }: ChatOfUser,
): Promise<RunRow | undefined> {
  return settled(services, () => services.db.runs.active({ userId, chatId }))
}

/** The same of the run that writes that answer, beside the chat's own perhaps. */
export function liveRunOf(
  services: Services,
  { userId, chatId, messageId }: ChatOfUser & { messageId: string },
): Promise<RunRow | undefined> {
  return settled(services, () => services.db.runs.active({ userId, chatId, messageId }))
}

async function settled(
  services: Services,
  find: () => Promise<RunRow | undefined>,
): Promise<RunRow | undefined> {
  const run = await find()
  if (!run || (await settleRun(services, run)) === 'alive') return run
  return find()
}

/** All runs of chats that go on; those whose process is gone are interrupted. */
export async function liveRuns(
  services: Services,
  chats: { userId: string; chatIds: readonly string[] },
): Promise<RunRow[]> {
  const live: RunRow[] = []
  for (const run of await services.db.runs.running(chats))
    if ((await settleRun(services, run)) === 'alive') live.push(run)
  return live
}

/** Interrupts what processes that are gone left running, so that lists are right and nothing waits for them. */
export async function settleRuns(services: Services): Promise<void> {
  for (const run of await services.db.runs.runningOf({})) await settleRun(services, run)
}

/**
 * Sees to a run whose writer is gone. If its provider writes on by itself, this process becomes the writer. Otherwise the
 * run ends: in the database with the text that the log acknowledged, then in the log, for its readers. Does nothing while
 * the writer lives; then, and when another instance is at it already, the answer is `alive`.
 */
export async function settleRun(
  services: Services,
  run: RunRow,
): Promise<'alive' | 'settled' | 'log-lost'> {
  if (run.status === 'running' && isAlive(services, run)) return 'alive'
  const place = await takeOver(services, run.id)
  if (place.status === 'held') return 'alive'
  const { writer, events, discardUnseen } = place.status === 'taken' ? place : lostLog
  const end = (seat = writer) => endRun(services, { run, writer: seat, events })
  const goesOn = run.status === 'running' && place.status !== 'ended'
  const model = goesOn ? await resumableModel(services, run) : undefined
  if (model) {
    const abandoned = { run, writer, seq: events.at(-1)?.seq ?? 0 }
    const resumed = await resumeRun(services, { abandoned, model, onShort: end })
    return resumed ? 'settled' : 'alive'
  }
  await discardUnseen()
  await end()
  return place.status === 'none' ? 'log-lost' : 'settled'
}

const lostLog = { writer: undefined, events: [], discardUnseen: () => Promise.resolve() }

type Remains = {
  run: RunRow
  writer: StreamLogWriter | undefined
  events: readonly StreamEvent[]
}

async function endRun(services: Services, { run, writer, events }: Remains): Promise<void> {
  await interrupt(services, run, events)
  if (writer) await tellEnd(services, { run, writer, events })
}

/** A log that cannot be reached holds up nothing: the database knows that the writer is gone. */
async function takeOver({ streamLog }: Services, runId: string): Promise<TakeOver> {
  try {
    return await streamLog.takeOver(runId)
  } catch (error) {
    if (error instanceof AppError) return { status: 'none' }
    throw error
  }
}

async function interrupt(
  services: Services,
  run: RunRow,
  events: readonly StreamEvent[],
): Promise<void> {
  const last = events.at(-1)
  const interruption = {
    runId: run.id,
    now: services.now(),
    ...(last && { progress: { parts: draftOf(events).settledParts(), seq: last.seq } }),
  }
  if (!(await services.db.runs.interrupt(interruption))) return
  log.warn('A run was interrupted: its process is gone.', {
    runId: run.id,
    chatId: run.chatId,
    instance: run.instance,
  })
  services.liveEvents.publish(run.userId, {
    type: 'run-ended',
    chatId: run.chatId,
    runId: run.id,
    status: 'interrupted',
  })
}

/** Gives the log the rest and the end that the database has: its writer may have died between the two. */
async function tellEnd(
  services: Services,
  { run, writer, events }: { run: RunRow; writer: StreamLogWriter; events: readonly StreamEvent[] },
): Promise<void> {
  const ended = await services.db.runs.find({ runId: run.id })
  const message = await services.db.messages.get(run)
  const draft = draftOf(events)
  for (const chunk of restOf(draft, message?.parts ?? [])) writer.append(chunk)
  for (const { id, type } of draft.openIds) writer.append({ type: `${type}-end`, id })
  const closing = message?.metadata ? closingChunks(message.metadata) : []
  for (const chunk of closing) writer.append(chunk)
  await writer.close(ended && ended.status !== 'running' ? ended.status : 'interrupted')
}

function draftOf(events: readonly StreamEvent[]): AnswerDraft {
  const draft = new AnswerDraft()
  for (const event of events) if ('chunk' in event) draft.apply(event.chunk)
  return draft
}

function isAlive(services: Services, run: RunRow): boolean {
  if (run.instance === services.instance) return services.activeRuns.has(run.id)
  if (services.now() - run.heartbeatAt >= heartbeatValidMs) return false
  // Instances on other machines may have the name of this one, so only a folder of this machine can tell of processes.
  return services.db.engine === 'postgres' || !isGoneFromThisHost(run.instance)
}

/**
 * Whether the run's process was on this host and is no more. A process with our own id was an earlier one: containers
 * give each start the same.
 */
function isGoneFromThisHost(instance: string): boolean {
  const [host, processId] = instance.split('/')
  if (host !== hostname()) return false
  return Number(processId) === process.pid || !processExists(Number(processId))
}

function processExists(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
