import 'server-only'
import { createHash } from 'node:crypto'
import { createClient, ErrorReply, type RedisClientType } from '@redis/client'
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
 * fail at once: what waits is kept by the caller, who knows how to send it again.
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

const reconnectMsMax = 1000

class RedisConnections implements Redis {
  readonly prefix: string
  readonly #commands: RedisClientType
  readonly #subscriber: RedisClientType
  readonly #channels: Subscriptions
  readonly #reconnectListeners = new Set<() => void>()

  constructor(options: RedisOptions) {
    this.prefix = options.prefix
    this.#commands = connect(options, () => this.#tellReconnected())
    this.#subscriber = connect(options, () => {
      void this.#channels.renew().then(() => this.#tellReconnected())
    })
    this.#channels = new Subscriptions(this.#subscriber)
  }

  async run(
    { text, hash }: RedisScript,
    { keys, args }: { keys: string[]; args: string[] },
  ): Promise<unknown> {
    const call = { keys, arguments: args }
    try {
      return await this.#commands.evalSha(hash, call)
    } catch (error) {
      if (!(error instanceof ErrorReply) || !error.message.startsWith('NOSCRIPT')) throw error
      return this.#commands.eval(text, call)
    }
  }

  async publish(channel: string, message: string): Promise<void> {
    await this.#commands.publish(channel, message)
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
    await this.#commands.ping()
  }

  close(): Promise<void> {
    this.#commands.destroy()
    this.#subscriber.destroy()
    return Promise.resolve()
  }

  #tellReconnected(): void {
    for (const listener of [...this.#reconnectListeners]) listener()
  }
}

function connect({ url, timeoutMs, onError }: RedisOptions, onReady: () => void): RedisClientType {
  const client: RedisClientType = createClient({
    url,
    disableOfflineQueue: true,
    // Its timer for every command fires later even when the answer has come; the socket's own timeout is enough.
    commandOptions: { timeout: 0 },
    maintNotifications: 'disabled',
    // Without traffic of its own, a connection whose other end is gone would look alive for ever.
    pingInterval: timeoutMs / 2,
    socket: {
      connectTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, reconnectMsMax),
    },
  })
  client.on('ready', onReady)
  client.on('error', onError)
  // Rejects only when the client is closed before its first connection.
  client.connect().catch(() => undefined)
  return client
}
