import { createServer } from 'node:http'
import { createRequire, syncBuiltinESMExports } from 'node:module'

const require = createRequire(import.meta.url)
const waitedFor = new Set()

forbidSqlite()
offerContext()

const handler = require(process.argv[2])
const server = createServer((request, response) => {
  const answer =
    handler.length === 1 ? answerWith(handler, request, response) : handler(request, response)
  void Promise.resolve(answer).catch((error) => {
    console.error(error)
    response.destroy()
  })
})
server.listen(0, '127.0.0.1', () => process.send(server.address().port))

function forbidSqlite() {
  const sqlite = require('node:sqlite')
  sqlite.DatabaseSync = function DatabaseSync() {
    console.error('The function opened SQLite.')
    process.exit(70)
  }
  syncBuiltinESMExports()
}

/** What Vercel's runtime gives to Next, so that `after()` has somewhere to put its promises. */
function offerContext() {
  const waitUntil = (promise) => {
    waitedFor.add(promise)
    void promise.finally(() => waitedFor.delete(promise))
  }
  globalThis[Symbol.for('@vercel/request-context')] = { get: () => ({ waitUntil }) }
}

/** The proxy is a function from a web request to a web response. */
async function answerWith(handle, request, response) {
  const answer = await handle(
    new Request(new URL(request.url, `https://${request.headers.host}`), {
      method: request.method,
      headers: request.headers,
    }),
  )
  response.writeHead(answer.status, Object.fromEntries(answer.headers))
  response.end(Buffer.from(await answer.arrayBuffer()))
}
