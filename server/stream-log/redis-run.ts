import 'server-only'
import { z } from 'zod'
import { messageStatusSchema } from '@/shared/chat/message'
import type { RunEnd } from '@/shared/stream/stream-event'
import type { Redis, RedisScript } from '../redis/redis'
import { joinEntries, type LogEntry } from './log-entry'
import {
  appendScript,
  cancelScript,
  forgetScript,
  headScript,
  markLostScript,
  mergeScript,
  openScript,
  readScript,
  refusal,
  releaseScript,
  renewScript,
  takeOverScript,
} from './redis-scripts'
import type { LogHead, TakeOver } from './stream-log'

export type RedisRunTimes = {
  /** A writer that does not renew for this long counts as dead. */
  leaseMs: number
  /** How long Redis keeps the log of a run that nobody writes any more. */
  keptMs: number
  /** How long Redis keeps a log after its end. */
  keptAfterEndMs: number
}

/** Where a log stands after a write, or why it was refused: `unknown` when Redis has lost it. */
export type Written = { seq: number; cancelled: boolean } | 'unknown' | 'not-owner'

export type ReadReply = {
  seq: number
  end: RunEnd | undefined
  alive: boolean
  /** The last event that is put together with those before it. */
  merged: number
  entries: LogEntry[]
}

const runEndSchema = z.enum(messageStatusSchema.options).exclude(['running'])
const writtenSchema = z.array(z.number()).min(1)
const headSchema = z.tuple([z.number(), z.string(), z.number(), z.number()]).nullable()
const readSchema = z
  .tuple([z.number(), z.string(), z.number(), z.number()])
  .rest(z.string())
  .nullable()

/** One run as it stands in Redis: the calls, without any state here. */
export class RedisRun {
  readonly #redis: Redis
  readonly #times: RedisRunTimes
  readonly #runId: string
  readonly #keys: string[]
  readonly channel: string

  constructor(redis: Redis, { runId, times }: { runId: string; times: RedisRunTimes }) {
    this.#redis = redis
    this.#times = times
    this.#runId = runId
    // In braces, so that a cluster keeps the keys of a run on one node.
    const key = `${redis.prefix}run:{${runId}}`
    this.#keys = [`${key}:head`, `${key}:tail`, `${key}:merged`, `${key}:lease`]
    this.channel = key
  }

  async open(owner: string): Promise<boolean> {
    const { leaseMs, keptMs } = this.#times
    return (await this.#run(openScript, [owner, leaseMs, keptMs])) === 1
  }

  async takeOver(owner: string): Promise<TakeOver['status']> {
    switch (await this.#run(takeOverScript, [owner, this.#times.leaseMs])) {
      case 0:
        return 'held'
      case 1:
        return 'taken'
      case 2:
        return 'ended'
      default:
        return 'none'
    }
  }

  async append(owner: string, entries: readonly LogEntry[]): Promise<Written> {
    const [first, last] = [entries[0], entries.at(-1)]
    if (!first || !last) throw new Error('There is nothing to append.')
    const end = 'end' in last.event ? last.event.end : ''
    const { keptMs, keptAfterEndMs } = this.#times
    return writtenOf(
      await this.#run(appendScript, [
        owner,
        this.channel,
        JSON.stringify(joinEntries(entries)),
        first.firstSeq,
        last.event.seq,
        end,
        end ? keptAfterEndMs : keptMs,
      ]),
    )
  }

  /** Puts what is written already together, so that it takes little room and is quickly read. */
  async merge(owner: string, entries: readonly LogEntry[]): Promise<void> {
    const last = entries.at(-1)
    if (!last) return
    const joined = JSON.stringify(joinEntries(entries))
    await this.#run(mergeScript, [owner, last.event.seq, joined, this.#times.keptMs])
  }

  async renew(owner: string): Promise<Written> {
    const { leaseMs, keptMs } = this.#times
    return writtenOf(await this.#run(renewScript, [owner, leaseMs, keptMs]))
  }

  async release(owner: string): Promise<void> {
    await this.#run(releaseScript, [owner])
  }

  async read(after: number): Promise<ReadReply | undefined> {
    const answer = readSchema.parse(await this.#run(readScript, [after]))
    if (!answer) return undefined
    const [seq, end, alive, merged, ...texts] = answer
    return {
      seq,
      end: endOf(end),
      alive: alive === 1,
      merged,
      entries: texts.flatMap(parseEntries),
    }
  }

  async head(): Promise<LogHead | undefined> {
    const answer = headSchema.parse(await this.#run(headScript, []))
    if (!answer) return undefined
    const [seq, text, after, before] = answer
    const end = endOf(text)
    return { seq, ...(end && { end }), ...(before > 0 && { lost: { after, before } }) }
  }

  async markLost({ after, before }: { after: number; before: number }): Promise<void> {
    await this.#run(markLostScript, [after, before])
  }

  async cancel(controlChannel: string): Promise<boolean> {
    return (await this.#run(cancelScript, [controlChannel, this.#runId])) === 1
  }

  async forget(forgetChannel: string): Promise<void> {
    await this.#run(forgetScript, [forgetChannel, this.#runId])
  }

  #run(script: RedisScript, args: readonly (string | number)[]): Promise<unknown> {
    return this.#redis.run(script, { keys: this.#keys, args: args.map(String) })
  }
}

/** Entries as an instance wrote them. Only their outline is checked: this is called for every event of every run. */
export function parseEntries(text: string): LogEntry[] {
  const entries: unknown = JSON.parse(text)
  return Array.isArray(entries) ? entries.filter(isLogEntry) : []
}

function isLogEntry(value: unknown): value is LogEntry {
  return typeof value === 'object' && value !== null && 'firstSeq' in value && 'event' in value
}

function writtenOf(answer: unknown): Written {
  const [seq = 0, cancelled = 0] = writtenSchema.parse(answer)
  if (seq === refusal.unknown) return 'unknown'
  return seq === refusal.notOwner ? 'not-owner' : { seq, cancelled: cancelled === 1 }
}

function endOf(text: string): RunEnd | undefined {
  return text ? runEndSchema.parse(text) : undefined
}
