import 'server-only'
import { createClient, type RedisClientType } from '@redis/client'

export type HealingClientOptions = {
  url: string
  timeoutMs: number
  onError: (error: Error) => void
  /** Whenever there is a connection anew. */
  onReady: () => void
}

const reconnectMsMax = 1000

/**
 * One connection to Redis that comes back by itself. The client below it sees a connection that breaks; one whose other
 * end has frozen looks alive to it for ever, since every write counts as a sign of life. So it is asked, and given up
 * when it does not answer: what waits for it then fails.
 */
export class HealingClient {
  readonly #options: HealingClientOptions
  readonly #timer: NodeJS.Timeout
  #client: RedisClientType

  constructor(options: HealingClientOptions) {
    this.#options = options
    this.#client = connect(options)
    this.#timer = setInterval(() => void this.#check(), options.timeoutMs / 2).unref()
  }

  get client(): RedisClientType {
    return this.#client
  }

  close(): void {
    clearInterval(this.#timer)
    this.#client.destroy()
  }

  async #check(): Promise<void> {
    const client = this.#client
    if (!client.isReady || (await answers(client, this.#options.timeoutMs / 2))) return
    if (client !== this.#client) return
    this.#client = connect(this.#options)
    client.destroy()
    this.#options.onError(new Error('Redis does not answer.'))
  }
}

/** A refusal is an answer; that a connection broke the client knows by itself. */
async function answers(client: RedisClientType, waitMs: number): Promise<boolean> {
  const { promise: silence, resolve } = Promise.withResolvers<false>()
  const timer = setTimeout(resolve, waitMs, false)
  const answered = client.ping().then(
    () => true,
    () => true,
  )
  try {
    return await Promise.race([answered, silence])
  } finally {
    clearTimeout(timer)
  }
}

function connect({ url, timeoutMs, onError, onReady }: HealingClientOptions): RedisClientType {
  const client: RedisClientType = createClient({
    url,
    disableOfflineQueue: true,
    // Its timer for every command fires later even when the answer has come.
    commandOptions: { timeout: 0 },
    maintNotifications: 'disabled',
    socket: {
      connectTimeout: timeoutMs,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, reconnectMsMax),
    },
  })
  client.on('ready', onReady)
  client.on('error', onError)
  // Rejects only when the client is closed before its first connection.
  client.connect().catch(() => undefined)
  return client
}
