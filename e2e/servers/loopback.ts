import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'

export type LoopbackServer = AsyncDisposable & {
  readonly url: string
  /** Where a model server’s API would be. */
  readonly baseUrl: string
  readonly port: number
  /** Every request so far. */
  readonly seen: readonly IncomingMessage[]
  readonly close: () => Promise<void>
}

/** A server on a free port of this machine that answers as the listener does. */
export async function serve(listener: RequestListener): Promise<LoopbackServer> {
  const seen: IncomingMessage[] = []
  const server = createServer((request, response) => {
    seen.push(request)
    listener(request, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('The server has no port.')
  const url = `http://127.0.0.1:${address.port}`

  async function close() {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }

  return {
    url,
    baseUrl: `${url}/v1`,
    port: address.port,
    seen,
    close,
    [Symbol.asyncDispose]: close,
  }
}
