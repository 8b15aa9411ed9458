import 'server-only'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'

export type TlsProxy = {
  readonly port: number
  close(): Promise<void>
}

const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])

/** Stands before a Postgres as one that is reached by TLS only. */
export async function startTlsProxy(
  targetUrl: string,
  { key, cert }: { key: Buffer; cert: Buffer },
): Promise<TlsProxy> {
  const target = new URL(targetUrl)
  const secureContext = createSecureContext({ key, cert })
  const sockets = new Set<Socket>()

  const server = createServer((client) => {
    sockets.add(client.on('error', () => client.destroy()))
    client.once('data', (first) => {
      if (!first.equals(sslRequest)) return void client.destroy()
      client.write('S')
      const secured = new TLSSocket(client, { isServer: true, secureContext })
      const upstream = connect(Number(target.port), target.hostname)
      for (const socket of [secured, upstream]) socket.on('error', () => socket.destroy())
      secured.pipe(upstream).pipe(secured)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()

  return {
    port: typeof address === 'object' && address ? address.port : 0,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
