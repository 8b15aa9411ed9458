import 'server-only'
import { lookup as systemLookup } from 'node:dns/promises'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'

type Address = { address: string; family: number }

export type GuardedFetchOptions = {
  /** Whether a request may go to this address. */
  allows: (address: string) => boolean
  /** Every address of a host name. */
  lookup?: (hostname: string) => Promise<Address[]>
  /** Of an answer as a whole; of a stream of events, one line. */
  bytesMax?: number
}

/** Why a request was not sent, or its answer not read, by the `code` of what `fetch` gives as its `cause`. */
export type GuardCode = 'ERR_ADDRESS_NOT_ALLOWED' | 'ERR_REDIRECTED' | 'ERR_ANSWER_TOO_LARGE'

const defaultBytesMax = 16 * 1024 * 1024

/**
 * A `fetch` for addresses that users chose. Names are looked up once a request, every address found is checked, and the
 * connection goes to those and to no other: what a name server says a moment later changes nothing. Redirects are not
 * followed, and no connection is used again.
 */
export function createGuardedFetch({
  allows,
  lookup = (hostname) => systemLookup(hostname, { all: true }),
  bytesMax = defaultBytesMax,
}: GuardedFetchOptions): typeof globalThis.fetch {
  return async (input, init = {}) => {
    const signal = init.signal ?? undefined
    signal?.throwIfAborted()
    try {
      const url = new URL(input instanceof Request ? input.url : input)
      const addresses = await unlessAborted(addressesOf(url, lookup), signal)
      if (addresses.length === 0 || !addresses.every(({ address }) => allows(address)))
        throw guardError('ERR_ADDRESS_NOT_ALLOWED', 'The address is not one that may be asked.')
      return await send({ url, init, addresses, bytesMax })
    } catch (error) {
      signal?.throwIfAborted()
      // As the global one puts it, so that one table tells what went wrong.
      throw new TypeError('fetch failed', { cause: error })
    }
  }
}

function guardError(code: GuardCode, message: string): Error {
  return Object.assign(new Error(message), { code })
}

async function addressesOf(
  { hostname }: URL,
  lookup: (hostname: string) => Promise<Address[]>,
): Promise<Address[]> {
  const host = hostname.replace(/^\[|\]$/g, '')
  const family = isIP(host)
  return family ? [{ address: host, family }] : lookup(host)
}

type Sending = { url: URL; init: RequestInit; addresses: Address[]; bytesMax: number }

function send({ url, init, addresses, bytesMax }: Sending): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<Response>()
  const { signal, body } = init
  const outgoing = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
    method: init.method ?? 'GET',
    headers: { ...Object.fromEntries(new Headers(init.headers)), 'accept-encoding': 'identity' },
    // One of its own, which keeps no connection and knows of no proxy.
    agent: false,
    lookup: onlyTo(addresses),
  })
  let answer: IncomingMessage | undefined
  const onAbort = () => (answer ?? outgoing).destroy(abortError(signal))
  signal?.addEventListener('abort', onAbort, { once: true })
  outgoing.once('close', () => signal?.removeEventListener('abort', onAbort))
  outgoing.on('error', reject)
  outgoing.once('response', (incoming) => {
    answer = incoming
    try {
      resolve(responseOf(incoming, bytesMax))
    } catch (error) {
      incoming.destroy()
      reject(error)
    }
  })
  outgoing.end(typeof body === 'string' ? body : undefined)
  return promise
}

/** Connects to what was checked. Asked for a name alone: an address in the URL needs no look-up. */
function onlyTo(addresses: Address[]): LookupFunction {
  return (_hostname, { all }, done) => {
    const [first] = addresses
    if (all) done(null, addresses)
    else done(null, first?.address ?? '', first?.family)
  }
}

function responseOf(incoming: IncomingMessage, bytesMax: number): Response {
  const status = incoming.statusCode ?? 0
  if (status >= 300 && status < 400)
    throw guardError('ERR_REDIRECTED', 'The answer leads elsewhere, and is not followed.')
  const headers = new Headers()
  for (const [name, values] of Object.entries(incoming.headersDistinct))
    for (const value of values ?? []) headers.append(name, value)
  const hasNoBody = status === 204 || status === 205
  if (hasNoBody) incoming.resume()
  const isStream = headers.get('content-type')?.startsWith('text/event-stream') ?? false
  const body = hasNoBody ? null : bodyOf(incoming, boundedBy(bytesMax, isStream))
  return new Response(body, { status, statusText: incoming.statusMessage ?? '', headers })
}

function bodyOf(
  incoming: IncomingMessage,
  fits: (chunk: Uint8Array) => boolean,
): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = incoming[Symbol.asyncIterator]()
  // Whoever reads is told; until somebody does, an error that nobody listens to would end the process.
  incoming.on('error', () => undefined)
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done) return controller.close()
        if (!fits(value)) throw tooLarge(incoming)
        controller.enqueue(value)
      },
      cancel: () => void incoming.destroy(),
    },
    { highWaterMark: 0 },
  )
}

/** Whether what has come may be held by whoever reads it: all of it, or what came since the last end of a line. */
function boundedBy(bytesMax: number, isStream: boolean): (chunk: Uint8Array) => boolean {
  let held = 0
  return (chunk) => {
    const lineEnd = isStream ? chunk.lastIndexOf(0x0a) : -1
    held = lineEnd < 0 ? held + chunk.byteLength : chunk.byteLength - lineEnd - 1
    return held <= bytesMax
  }
}

function tooLarge(incoming: IncomingMessage): Error {
  incoming.destroy()
  return guardError('ERR_ANSWER_TOO_LARGE', 'The answer is too large.')
}

async function unlessAborted<Value>(
  promise: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (!signal) return promise
  const aborted = Promise.withResolvers<never>()
  const onAbort = () => aborted.reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([promise, aborted.promise])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

function abortError(signal: AbortSignal | null | undefined): Error {
  const reason: unknown = signal?.reason
  return reason instanceof Error
    ? reason
    : new Error('The request was given up.', { cause: reason })
}
