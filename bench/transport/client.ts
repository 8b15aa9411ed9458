import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { serveCommands } from '../processes/commands'
import { percentile } from '../processes/percentile'
import { nowMicroseconds, timesOf } from '../processes/timed-token'
import { connections, type Connection } from './connections'
import type { TransportId } from './server'

export type Read = {
  id: string
  sha256: string
  complete: boolean
  /** On the wire, headers and all. */
  bytesRead: number
  bytesWritten: number
}
type Place = { transport: TransportId; port: number }

/** Newer than this, a token did not wait for the connection to come back. */
const freshMs = 60

let latenesses: number[] = []
let reading: Reading[] = []

/** One answer, over as many connections as it takes. */
class Reading {
  readonly id = randomUUID()
  text = ''
  complete = false
  fault: string | undefined
  bytesRead = 0
  bytesWritten = 0
  firstTokenMs = 0
  readonly #place: Place
  readonly #tokens: number
  readonly #startedAt = performance.now()
  #connection: Connection | undefined
  #lastEventId: string | undefined
  #onFresh: (() => void) | undefined
  readonly ended = Promise.withResolvers<void>()

  constructor(place: Place, tokens: number) {
    this.#place = place
    this.#tokens = tokens
    this.#connect()
  }

  /** Loses the connection and connects again. Resolves with the milliseconds until nothing is missing any more. */
  async cut(): Promise<number> {
    const fresh = Promise.withResolvers<void>()
    const cutAt = performance.now()
    this.#onFresh = fresh.resolve
    const connection = this.#connection
    this.#connection = undefined
    connection?.socket.destroy()
    this.#connect()
    await fresh.promise
    return performance.now() - cutAt
  }

  close(): void {
    this.#connection?.close()
  }

  #connect(): void {
    const { transport, port } = this.#place
    const connection: Connection = connections[transport]({
      port,
      path: `/answer?id=${this.id}&tokens=${this.#tokens}`,
      lastEventId: this.#lastEventId,
      // Compressed messages can come out of a connection that was given up already.
      onEvent: (event) => connection === this.#connection && this.#take(event),
    })
    this.#connection = connection
    connection.ended
      .catch((error: unknown) => {
        this.fault = error instanceof Error ? error.message : String(error)
      })
      .finally(() => {
        this.bytesRead += connection.socket.bytesRead
        this.bytesWritten += connection.socket.bytesWritten
        if (connection === this.#connection) this.ended.resolve()
      })
  }

  #take({ id, delta }: { id: string; delta: string | undefined }): void {
    this.#lastEventId = id
    if (delta === undefined) {
      this.complete = true
      return
    }
    this.firstTokenMs ||= performance.now() - this.#startedAt
    this.text += delta
    const lateness = (nowMicroseconds() - (timesOf(delta)[0] ?? 0)) / 1000
    latenesses.push(lateness)
    if (lateness < freshMs) this.#onFresh?.()
  }
}

function resultOf({ id, text, complete, bytesRead, bytesWritten }: Reading): Read {
  const sha256 = createHash('sha256').update(text).digest('hex')
  return { id, sha256, complete, bytesRead, bytesWritten }
}

const commands = {
  /** Begins readings, spread over `overMs`. */
  async open({
    count,
    overMs,
    tokens,
    ...place
  }: Place & { count: number; overMs: number; tokens: number }) {
    for (let index = 0; index < count; index++) {
      reading.push(new Reading(place, tokens))
      await delay(overMs / count)
    }
  },

  async watch({ windowMs }: { windowMs: number }) {
    latenesses = []
    await delay(windowMs)
    return {
      tokens: latenesses.length,
      p50Ms: percentile(latenesses, 0.5),
      p99Ms: percentile(latenesses, 0.99),
    }
  },

  /** Waits for all readings to end and forgets them. */
  async ends() {
    await Promise.all(reading.map(({ ended }) => ended.promise))
    const readings = reading
    reading = []
    return readings.map(resultOf)
  },

  /** One short answer from the beginning to the end. */
  async readOne({ tokens, patienceMs, ...place }: Place & { tokens: number; patienceMs: number }) {
    latenesses = []
    const one = new Reading(place, tokens)
    await Promise.race([one.ended.promise, delay(patienceMs)])
    one.close()
    const { firstTokenMs, fault } = one
    return { ...resultOf(one), firstTokenMs, latenessMs: percentile(latenesses, 0.5), fault }
  },

  /** Cuts an answer's connection in the middle; the milliseconds until the reader was up to date again. */
  async cutOne({ tokens, ...place }: Place & { tokens: number }) {
    const one = new Reading(place, tokens)
    await delay(400)
    const caughtUpMs = await one.cut()
    await one.ended.promise
    return { ...resultOf(one), caughtUpMs }
  },
}

export type TransportClientCommands = typeof commands
serveCommands(commands)
