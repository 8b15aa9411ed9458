import { createServer } from 'node:net'
import { StartupError } from './startup-error.mjs'

const defaultPort = 3000
// This machine only: whoever reaches the server can spend its owner's API key.
const defaultHost = '127.0.0.1'
const loopback = new Set(['127.0.0.1', '::1', 'localhost'])
const shownAsLocalhost = new Set([...loopback, '0.0.0.0', '::'])

/**
 * Reads HOST and PORT; `url` is where a browser on this machine finds the server, `localOnly` whether no other machine can.
 *
 * @param {{ HOST?: string | undefined; PORT?: string | undefined }} environment
 */
export function parseListenAddress({ HOST, PORT }) {
  const host = HOST?.trim() || defaultHost
  const port = parsePort(PORT)
  return { host, port, url: `http://${nameInUrl(host)}:${port}`, localOnly: loopback.has(host) }
}

function parsePort(text) {
  if (!text?.trim()) return defaultPort
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new StartupError(`PORT=${text} is not a port. Use a number from 1 to 65535: PORT=3000`)
}

function nameInUrl(host) {
  if (shownAsLocalhost.has(host)) return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

/** Throws when nothing can listen there, saying what to do about it. */
export async function requireFreeAddress({ host, port }) {
  const server = createServer()
  await new Promise((resolve, reject) => {
    server.once('error', (error) => reject(explainRefusal({ error, host, port })))
    server.listen({ host, port, exclusive: true }, resolve)
  })
  await new Promise((resolve) => {
    server.close(resolve)
  })
}

function explainRefusal({ error, host, port }) {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartupError(
        `Port ${port} is in use. Stop what uses it, or take another: PORT=${port + 1} npm start`,
      )
    case 'EACCES':
      return new StartupError(
        `Port ${port} needs administrator rights. Use one above 1023: PORT=3000 npm start`,
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartupError(
        `HOST=${host} is not an address of this machine. Use HOST=127.0.0.1 (this machine only) or HOST=0.0.0.0 (the network).`,
      )
    default:
      return error
  }
}
