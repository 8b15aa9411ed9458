import { once } from 'node:events'
import { createServer as createHttpServer, request, type Server } from 'node:http'
import { connect, createServer, type Server as TcpServer, type Socket } from 'node:net'
import { serveCommands } from '../processes/commands'

/** What lies between a browser and a server: distance, and proxies of three kinds. */
const bufferBytes = 8 * 1024

/** Lets every byte travel for so long. */
function distance(port: number, delayMs: number): TcpServer {
  const pass = (from: Socket, to: Socket) => {
    from.on('data', (bytes) => setTimeout(() => to.write(bytes), delayMs))
    from.on('close', () => setTimeout(() => to.destroy(), delayMs))
    from.on('error', () => {})
  }
  return createServer({ noDelay: true }, (client) => {
    // The handshake's answer has a way, too: nothing is sent on before it would have arrived.
    client.pause()
    setTimeout(() => {
      const server = connect({ port, host: '127.0.0.1', noDelay: true })
      pass(client, server)
      pass(server, client)
      client.resume()
    }, 2 * delayMs)
  })
}

/** Collects a response in a buffer before it passes it on, like nginx with `proxy_buffering on`. */
function bufferingProxy(port: number, { obeys }: { obeys: boolean }): Server {
  return createHttpServer((incoming, outgoing) => {
    const { connection: _c, upgrade: _u, host: _h, ...headers } = incoming.headers
    const asked = request({ port, host: '127.0.0.1', path: incoming.url, headers, agent: false })
    asked.on('error', () => outgoing.destroy())
    outgoing.on('close', () => asked.destroy())
    asked.on('response', (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers)
      if (obeys && response.headers['x-accel-buffering'] === 'no') return response.pipe(outgoing)
      let held: Buffer[] = []
      let bytes = 0
      const passOn = () => {
        outgoing.write(Buffer.concat(held))
        held = []
        bytes = 0
      }
      response.on('data', (piece: Buffer) => {
        held.push(piece)
        bytes += piece.length
        if (bytes >= bufferBytes) passOn()
      })
      return response.on('end', () => {
        passOn()
        outgoing.end()
      })
    })
    asked.end()
  })
}

/** Speaks HTTP/1.0 with the server and knows no upgrade, but holds nothing back. */
function oldProxy(port: number): TcpServer {
  return createServer({ noDelay: true }, (client) => {
    client.once('data', (head) => {
      const [first = '', ...lines] = head.toString('latin1').split('\r\n')
      const kept = lines.filter((line) => !/^(connection|upgrade|sec-websocket[^:]*):/i.test(line))
      const server = connect({ port, host: '127.0.0.1', noDelay: true })
      server.write([first.replace('HTTP/1.1', 'HTTP/1.0'), ...kept].join('\r\n'))
      server.pipe(client)
      server.on('error', () => client.destroy())
    })
    client.on('error', () => {})
  })
}

const kinds = {
  distance: (port: number) => distance(port, 20),
  'obeying buffer': (port: number) => bufferingProxy(port, { obeys: true }),
  'deaf buffer': (port: number) => bufferingProxy(port, { obeys: false }),
  'HTTP/1.0': oldProxy,
}

export type NetworkKind = keyof typeof kinds

const commands = {
  /** Puts something in front of a port; returns the port to use in its place. */
  async putBefore({ kind, port }: { kind: NetworkKind; port: number }): Promise<number> {
    const server = kinds[kind](port)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    return typeof address === 'object' && address ? address.port : 0
  },
}

export type NetworkCommands = typeof commands
serveCommands(commands)
