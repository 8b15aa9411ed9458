import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { serveCommands } from './commands'
import { EventReader } from './event-reader'
import { percentile } from './percentile'
import type { Script } from './script'
import { nowMicroseconds, timesOf } from './timed-token'
import { wordsLength } from './words'

/** Where streams are asked for, and whose cookies they carry in turn. */
export type Target = { url: string; cookies: readonly string[] }
export type Ended = { stream: string; sha256: string; complete: boolean; fault: string }
export type HeldStream = { stream: string; cookie: string; length: number }
export type Window = ReturnType<typeof windowOf>

const tokenMs = 20
const shortTokens = 5
const together = 32

const open = new Map<string, EventReader>()
const ended: Ended[] = []
let latenesses: number[] = []
let target: Target = { url: '', cookies: [] }
let asked = 0

type Opened = { stream: string; cookie: string; reader: EventReader }

function openStream(script: Omit<Script, 'stream'>, onText: (text: string) => void): Opened {
  const stream = randomUUID()
  const cookie = target.cookies[asked++ % target.cookies.length] ?? ''
  const text = JSON.stringify({ stream, ...script })
  const message = { id: randomUUID(), role: 'user', parts: [{ type: 'text', text }] }
  const url = `${target.url}/api/chat`
  const reader = new EventReader({ url, cookie, body: { id: stream, message }, onText })
  return { stream, cookie, reader }
}

function noteLateness(text: string): void {
  const now = nowMicroseconds()
  for (const writtenAt of timesOf(text)) latenesses.push((now - writtenAt) / 1000)
}

/** Opens one stream and resolves with the milliseconds between its first token's writing and its arrival. */
async function firstToken(): Promise<number> {
  let lateness: number | undefined
  const { stream, reader } = openStream({ tokens: shortTokens, intervalMs: tokenMs }, (text) => {
    const [writtenAt = 0] = timesOf(text)
    lateness ??= (nowMicroseconds() - writtenAt) / 1000
  })
  await reader.ended
  ended.push(endOf(stream, reader))
  return lateness ?? Number.POSITIVE_INFINITY
}

function endOf(stream: string, { text, complete, fault }: EventReader): Ended {
  return { stream, sha256: sha256(text), complete, fault }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function windowOf(taken: readonly number[], windowMs: number) {
  return {
    tokens: taken.length,
    /** How many tokens arrived of those that were due. */
    delivered: taken.length / ((open.size * windowMs) / tokenMs),
    p50Ms: percentile(taken, 0.5),
    p99Ms: percentile(taken, 0.99),
  }
}

/** Resolves once this much text has come, with the milliseconds since the request; rejects when it ends before. */
function replay({ url, held }: { url: string; held: HeldStream }) {
  const { stream, cookie, length } = held
  return new Promise<{ ms: number; bytes: number; same: boolean }>((resolve, reject) => {
    const startedAt = performance.now()
    const reader = new EventReader({
      url: `${url}/api/chat/${stream}/stream`,
      cookie,
      onText() {
        if (reader.text.length < length) return
        const ms = performance.now() - startedAt
        reader.abort()
        resolve({ ms, bytes: reader.bytes, same: reader.text === open.get(stream)?.text })
      },
    })
    reader.ended.then(() => reject(new Error('A replay ended too early.')), reject)
  })
}

/** Attaches, waits for the first text, and hangs up. */
function connectAndLeave({ stream, cookie }: HeldStream): Promise<void> {
  const url = `${target.url}/api/chat/${stream}/stream`
  const reader = new EventReader({ url, cookie, onText: () => reader.abort() })
  return reader.ended
}

const commands = {
  aim(next: Target): void {
    target = next
    asked = 0
  },

  /** Adds streams that go on until the upstream is told to finish, spread evenly over `overMs`. */
  async open({ count, overMs }: { count: number; overMs: number }): Promise<void> {
    const startedAt = performance.now()
    for (let index = 0; index < count; index++) {
      const { stream, reader } = openStream({ intervalMs: tokenMs }, noteLateness)
      open.set(stream, reader)
      await delay(startedAt + ((index + 1) * overMs) / count - performance.now())
    }
  },

  /** What arrives within the next `windowMs`. */
  async watch({ windowMs }: { windowMs: number }) {
    latenesses = []
    await delay(windowMs)
    const taken = latenesses
    latenesses = []
    return windowOf(taken, windowMs)
  },

  /** The milliseconds of short streams' first tokens on their way; the streams begin one after the other. */
  async firstTokens({ count, spacingMs }: { count: number; spacingMs: number }): Promise<number[]> {
    const waits: Promise<number>[] = []
    for (let index = 0; index < count; index++) {
      waits.push(firstToken())
      await delay(spacingMs)
    }
    return Promise.all(waits)
  },

  /** Opens an answer of many words and resolves when all of them are here and the stream is still open. */
  async hold({ tokens }: { tokens: number }): Promise<HeldStream> {
    const length = wordsLength(tokens)
    const here = Promise.withResolvers<void>()
    const { stream, cookie, reader } = openStream({ tokens, hold: true }, () => {
      if (reader.text.length === length) here.resolve()
    })
    open.set(stream, reader)
    reader.ended.then(() => here.reject(new Error('A long answer was cut.')), here.reject)
    await here.promise
    return { stream, cookie, length }
  },

  replay,

  /** Attaches to a stream and leaves it again, so many times. */
  async cycle({ held, count }: { held: HeldStream; count: number }): Promise<void> {
    let left = count
    const repeat = async () => {
      while (left-- > 0) await connectAndLeave(held)
    }
    await Promise.all(Array.from({ length: together }, repeat))
  },

  /** How all streams since the last call ended. Those that go on for longer than `withinMs` are cut off. */
  async ends({ withinMs }: { withinMs: number }): Promise<Ended[]> {
    const waited = new AbortController()
    const late = delay(withinMs, undefined, { signal: waited.signal }).catch(() => {})
    const readers = [...open]
    await Promise.race([Promise.allSettled(readers.map(([, reader]) => reader.ended)), late])
    waited.abort()
    for (const [stream, reader] of readers) {
      ended.push(endOf(stream, reader))
      reader.abort()
    }
    open.clear()
    return ended.splice(0)
  },
}

export type ReaderCommands = typeof commands
serveCommands(commands)
