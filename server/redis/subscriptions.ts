import 'server-only'
import type { RedisClientType } from '@redis/client'

type Listener = (message: string) => void
type Channel = { listeners: Set<Listener>; dispatch: Listener }

/** Which channels are listened to over one connection. The client loses a subscription that a break caught half-way. */
export class Subscriptions {
  readonly #connected: () => RedisClientType
  readonly #channels = new Map<string, Channel>()

  constructor(connected: () => RedisClientType) {
    this.#connected = connected
  }

  /** Resolves once Redis has confirmed; while it can't be reached, right away. */
  async add(
    name: string,
    { listener, signal }: { listener: Listener; signal: AbortSignal },
  ): Promise<void> {
    if (signal.aborted) return
    const channel = this.#channels.get(name) ?? newChannel()
    this.#channels.set(name, channel)
    channel.listeners.add(listener)
    signal.addEventListener('abort', () => this.#remove(name, listener), { once: true })
    await this.#subscribe(name, channel)
  }

  /** To be called on each new connection. */
  async renew(): Promise<void> {
    await Promise.all([...this.#channels].map(([name, channel]) => this.#subscribe(name, channel)))
  }

  async #subscribe(name: string, { dispatch }: Channel): Promise<void> {
    // Fails when the connection breaks meanwhile; the next one renews.
    const client = this.#connected()
    if (client.isReady) await client.subscribe(name, dispatch).catch(() => undefined)
  }

  #remove(name: string, listener: Listener): void {
    const channel = this.#channels.get(name)
    channel?.listeners.delete(listener)
    if (!channel || channel.listeners.size > 0) return
    this.#channels.delete(name)
    const client = this.#connected()
    if (client.isReady) void client.unsubscribe(name, channel.dispatch).catch(() => undefined)
  }
}

function newChannel(): Channel {
  const listeners = new Set<Listener>()
  return {
    listeners,
    dispatch: (message) => {
      for (const listener of [...listeners]) listener(message)
    },
  }
}
