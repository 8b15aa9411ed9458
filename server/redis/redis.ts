import 'server-only'
import { createHash } from 'node:crypto'
import { ErrorReply } from '@redis/client'
import { HealingClient } from './healing-client'
import { Subscriptions } from './subscriptions'

export type RedisOptions = {
  /** `redis://` or `rediss://`, with user name and password where needed. */
  url: string
  /** Before every key and channel, so that several deployments can share one Redis. */
  prefix: string
  /** After this long without a word from Redis the connection counts as lost. */
  timeoutMs: number
  /** Each time the connection breaks or can't be made. */
  onError: (error: Error) => void
}

/** A Lua script and the hash it is called by. */
export type RedisScript = { text: string; hash: string }

/**
 * Two connections to one Redis, for commands and for subscriptions. Both heal by themselves. While there is none, calls
 * fail at once, and within `timeoutMs` when Redis falls silent: what waits is kept by the caller, who knows how to send it
 * again.
 */
export interface Redis {
  readonly prefix: string
  run(script: RedisScript, call: { keys: string[]; args: string[] }): Promise<unknown>
  publish(channel: string, message: string): Promise<void>
  /**
   * Calls `listener` with each message until `signal` fires. Resolves once Redis has confirmed; while it can't be reached,
   * right away: `onReconnect` tells when messages may have been missed.
   */
  subscribe(
    channel: string,
    options: { listener: (message: string) => void; signal: AbortSignal },
  ): Promise<void>
  /** Calls `listener` whenever one of the connections is there again after a break, until `signal` fires. */
  onReconnect(listener: () => void, signal: AbortSignal): void
  ping(): Promise<void>
  close(): Promise<void>
}

export function defineScript(text: string): RedisScript {
  return { text, hash: createHash('sha1').update(text).digest('hex') }
}

export function connectRedis(options: RedisOptions): Redis {
  return new RedisConnections(options)
}

class RedisConnections implements Redis {
  readonly prefix: string
  readonly #commands: HealingClient
  readonly #subscriber: HealingClient
  readonly #channels: Subscriptions
  readonly #reconnectListeners = new Set<() => void>()

  constructor(options: RedisOptions) {
    this.prefix = options.prefix
    this.#commands = new HealingClient({ ...options, onReady: () => this.#tellReconnected() })
    this.#subscriber = new HealingClient({
      ...options,
      onReady: () => void this.#channels.renew().then(() => this.#tellReconnected()),
    })
    this.#channels = new Subscriptions(() => this.#subscriber.client)
  }

  async run(
    { text, hash }: RedisScript,
    { keys, args }: { keys: string[]; args: string[] },
  ): Promise<unknown> {
    const call = { keys, arguments: args }
    try {
      return await this.#commands.client.evalSha(hash, call)
    } catch (error) {
      if (!(error instanceof ErrorReply) || !error.message.startsWith('NOSCRIPT')) throw error
      return this.#commands.client.eval(text, call)
    }
  }

  async publish(channel: string, message: string): Promise<void> {
    await this.#commands.client.publish(channel, message)
  }

  subscribe(
    channel: string,
    options: { listener: (message: string) => void; signal: AbortSignal },
  ): Promise<void> {
    return this.#channels.add(channel, options)
  }

  onReconnect(listener: () => void, signal: AbortSignal): void {
    this.#reconnectListeners.add(listener)
    signal.addEventListener('abort', () => this.#reconnectListeners.delete(listener), {
      once: true,
    })
  }

  async ping(): Promise<void> {
    await this.#commands.client.ping()
  }

  close(): Promise<void> {
    this.#commands.close()
    this.#subscriber.close()
    return Promise.resolve()
  }

  #tellReconnected(): void {
    for (const listener of [...this.#reconnectListeners]) listener()
  }
}
