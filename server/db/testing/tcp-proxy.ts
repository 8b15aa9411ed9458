import 'server-only'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export type TcpProxy = {
  /** The target's URL, with this proxy in its place. */
  readonly url: string
  /** How many connections it has been asked for. */
  readonly connections: number
  /** Breaks the next connection that sends this text, before the target has seen it. */
  cutBefore(text: string): void
  /** Breaks the next connection that sends this text, when the target has answered and nobody has heard it. */
  cutAfter(text: string): void
  close(): Promise<void>
}

type Cut = { text: string; seenByTarget: boolean }

/** A connection that breaks where a test wants it to, in the middle of what two ends say to each other. */
export async function startTcpProxy(targetUrl: string): Promise<TcpProxy> {
  const target = new URL(targetUrl)
  const sockets = new Set<Socket>()
  let connections = 0
  let cut: Cut | undefined

  const server = createServer((client) => {
    connections += 1
    const upstream = connect(Number(target.port), target.hostname)
    let deaf = false
    const breakBoth = () => {
      client.destroy()
      upstream.destroy()
    }
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', breakBoth).on('close', breakBoth)
    }
    client.on('data', (bytes) => {
      const here = cut && bytes.includes(cut.text) ? cut : undefined
      if (here) cut = undefined
      if (here && !here.seenByTarget) breakBoth()
      deaf ||= here?.seenByTarget === true
      upstream.write(bytes)
    })
    upstream.on('data', (bytes) => {
      if (deaf) breakBoth()
      else client.write(bytes)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    url: urlThrough(target, server.address()),
    get connections() {
      return connections
    },
    cutBefore(text) {
      cut = { text, seenByTarget: false }
    },
    cutAfter(text) {
      cut = { text, seenByTarget: true }
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function urlThrough(target: URL, address: ReturnType<ReturnType<typeof createServer>['address']>) {
  const through = new URL(target)
  if (typeof address === 'object' && address) through.host = `127.0.0.1:${address.port}`
  return through.href
}
