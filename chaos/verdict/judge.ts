import { createHash } from 'node:crypto'
import type { MessageStatus } from '@/shared/chat/message'
import type { ReaderEnd } from '../readers/reader'
import type { Death } from '../world/faults'
import type { StoredMessage, StoredRun } from '../world/ledger'
import type { Evidence } from './evidence'

/** `lost`, `doubled` and `different` are what must never be; `wrong` is any other promise broken. */
export type Fault = { kind: 'lost' | 'doubled' | 'different' | 'wrong'; detail: string }

export type Verdict = {
  status: MessageStatus | 'none'
  faults: Fault[]
  /** What the model had said before its writer died, and is not kept; in milliseconds of the model’s time. */
  lostMs: number | undefined
}

/** How long before its writer’s death the model may have said what is not kept. */
export const lostMsMax = 1500
/** A process that is asked to leave lets its answers go on for so long (docs/protocol.md § 5). */
const graceMs = 8000
/** A writer that missed the message of a stop hears of it when it next renews its lease. */
const stopMsMax = 4000

/** Holds one answer against every promise of docs/protocol.md that a fault could break. */
export function judge(evidence: Evidence): Verdict {
  const { messages, runs } = evidence.stored
  const answer = messages.find(({ role }) => role === 'assistant')
  const run = runs.at(-1)
  const status = run?.status ?? 'none'
  const writer = evidence.deaths.find(({ pid }) => pid === run?.pid)
  const lostMs = status === 'interrupted' ? lostBefore(evidence, { answer, writer }) : undefined
  return {
    status,
    lostMs,
    faults: [
      ...judgeCounts(evidence),
      ...judgeText(evidence, { status, kept: answer?.text ?? '' }),
      ...judgeEnd(evidence, { run, writer }),
      ...judgeLoss(evidence, { answer, writer, lostMs }),
      ...evidence.ends.flatMap((end) => judgeReader(end, { answer, status })),
    ],
  }
}

function judgeCounts({ stored: { messages, runs }, plan, said }: Evidence): Fault[] {
  const users = messages.filter(({ role }) => role === 'user')
  const answers = messages.filter(({ role }) => role === 'assistant')
  return [
    ...(users.length === 0 ? [lost(`the message ${plan.messageId} is not stored`)] : []),
    ...(users.length > 1 ? [doubled(`${users.length} messages of the user`)] : []),
    ...(answers.length > 1 ? [doubled(`${answers.length} answers`)] : []),
    ...(runs.length > 1 ? [doubled(`${runs.length} runs`)] : []),
    ...(said.askedCount > 1 ? [doubled(`the model was asked ${said.askedCount} times`)] : []),
  ]
}

function judgeText(
  { plan }: Evidence,
  { status, kept }: { status: Verdict['status']; kept: string },
): Fault[] {
  const whole = plan.text.join('')
  if (status === 'done')
    return sha256(kept) === sha256(whole) ? [] : [different('stored', kept, 'the model’s', whole)]
  return whole.startsWith(kept) ? [] : [different('stored', kept, 'the model’s', whole)]
}

function judgeEnd(
  { stop, stored: { messages } }: Evidence,
  { run, writer }: { run: StoredRun | undefined; writer: Death | undefined },
): Fault[] {
  if (!run) return [lost('there is no run')]
  const answer = messages.find(({ role }) => role === 'assistant')
  const endedAt = run.endedAt ?? 0
  switch (run.status) {
    case 'running':
      return [wrong('the run has no end')]
    case 'failed':
      return [wrong('the run failed, though the model did not')]
    case 'interrupted':
      return judgeInterruption(endedAt, writer)
    case 'stopped':
      return stop ? [] : [wrong('the run was stopped, though nobody asked')]
    case 'done': {
      const ignored = stop?.stopped === true && endedAt > stop.at + stopMsMax
      return [
        ...(ignored ? [wrong(`it was done ${endedAt - stop.at} ms after it was stopped`)] : []),
        ...(answer?.status === 'done' ? [] : [wrong(`the answer is ${answer?.status}`)]),
      ]
    }
  }
}

/** Nothing interrupts an answer but the end of the process that writes it. */
function judgeInterruption(endedAt: number, writer: Death | undefined): Fault[] {
  if (!writer) return [wrong('the run was interrupted, though its process lived')]
  const hadTime = writer.signal === 'SIGTERM' && endedAt < writer.at + graceMs - 500
  return hadTime ? [wrong('the run was interrupted before its process had to leave')] : []
}

function judgeLoss(
  { log, ends, redisSpells, startedAt, endedAt }: Evidence,
  {
    answer,
    writer,
    lostMs = 0,
  }: { answer: StoredMessage | undefined; writer: Death | undefined; lostMs?: number | undefined },
): Fault[] {
  const kept = answer?.text.length ?? 0
  const wasRedisLost = redisSpells.some(
    ({ kind, from, to = Infinity }) => kind === 'restart' && from < endedAt && to > startedAt,
  )
  const elsewhere = ends
    .flatMap(({ seen }) => seen)
    .filter(({ port }) => log === 'redis' && !wasRedisLost && writer && port !== writer.port)
  const seenMax = Math.max(0, ...elsewhere.map(({ length }) => length))
  return [
    ...(lostMs > lostMsMax ? [lost(`${Math.round(lostMs)} ms of what the model had said`)] : []),
    ...(kept < seenMax
      ? [lost(`a reader elsewhere had seen ${seenMax} characters, ${kept} are kept`)]
      : []),
  ]
}

/** How long before its writer’s death the model had said the first character that is not kept. */
function lostBefore(
  { said }: Evidence,
  { answer, writer }: { answer: StoredMessage | undefined; writer: Death | undefined },
): number | undefined {
  if (writer?.signal !== 'SIGKILL') return undefined
  const kept = answer?.text.length ?? 0
  const firstLost = said.progress.find(({ length }) => length > kept)
  return Math.max(0, writer.at - (firstLost?.at ?? writer.at))
}

function judgeReader(
  end: ReaderEnd,
  { answer, status }: { answer: StoredMessage | undefined; status: Verdict['status'] },
): Fault[] {
  const kept = answer?.text ?? ''
  const said = answer ? status : undefined
  return [
    ...end.wrongs.map((detail) => wrong(`${end.name}: ${detail}`)),
    ...(sha256(end.text) === sha256(kept) ? [] : [different(end.name, end.text, 'stored', kept)]),
    ...(end.status === said || (!answer && end.text === '')
      ? []
      : [wrong(`${end.name} was told ${end.status}, and it is ${said}`)]),
  ]
}

function lost(detail: string): Fault {
  return { kind: 'lost', detail }
}

function doubled(detail: string): Fault {
  return { kind: 'doubled', detail }
}

function wrong(detail: string): Fault {
  return { kind: 'wrong', detail }
}

function different(leftName: string, left: string, rightName: string, right: string): Fault {
  let at = 0
  while (at < left.length && left[at] === right[at]) at += 1
  const around = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 20), at + 20))
  const isTail = left !== '' && right.endsWith(left) ? ', of which it is the end' : ''
  const detail =
    `${leftName} (${left.length} characters) and ${rightName} (${right.length}) differ at ${at}: ` +
    `${around(left)} against ${around(right)}${isTail}`
  return { kind: 'different', detail }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
