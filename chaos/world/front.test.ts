import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { EventStream } from '@/e2e/fixtures/event-stream'
import { freePort } from '@/e2e/fixtures/free-port'
import { passageHeader, servedByHeader, startFront, type FrontEvent, type Passage } from './front'

const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

async function startInstance(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanUps.push(async () => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
}

async function frontOf(targets: readonly string[]) {
  const events: FrontEvent[] = []
  const front = await startFront({ targets, onEvent: (event) => events.push(event) })
  cleanUps.push(() => front.close())
  const open = (passage: Passage) =>
    EventStream.open({
      url: `${front.url}/`,
      headers: { [passageHeader]: JSON.stringify(passage) },
    })
  return { events, open }
}

const answer = 'id: 1\ndata: {}\n\nid: 2\ndata: [DONE]\n\n'
const answering: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).end(answer)
}

test('cuts a stream after so many bytes, by a reset or in good order, and tells of the return', async () => {
  const { events, open } = await frontOf([await startInstance(answering)])
  const cut = (how: 'reset' | 'end') =>
    open({ reader: 'one', entry: 0, cut: { how, afterBytes: 20 } })
  for (const [how, ended] of [
    ['reset', 'cut'],
    ['end', 'closed'],
  ] as const) {
    const stream = await cut(how)
    expect(await stream.ended).toBe(ended)
    expect(stream.raw).toBe(answer.slice(0, 20))
  }
  const whole = await open({ reader: 'one', entry: 0 })
  await whole.completed()
  const told = events.map(({ type }) => type)
  expect(told).toEqual(['cut', 'returned', 'cut', 'returned'])
})

test('goes on to the next instance when one is down or says that it leaves', async () => {
  const down = `http://127.0.0.1:${await freePort()}`
  const leaving = await startInstance((_, response) => void response.writeHead(503).end())
  const up = await startInstance(answering)
  const { open } = await frontOf([down, leaving, up])
  const stream = await open({ reader: 'one', entry: 0 })
  await stream.completed()
  expect(stream.headers[servedByHeader]).toBe(new URL(up).port)
})

test('is not there when no instance is, and passes a break of an instance on', async () => {
  const down = await frontOf([`http://127.0.0.1:${await freePort()}`])
  await expect(down.open({ reader: 'one', entry: 0 })).rejects.toThrow('ECONNRESET')
  const breaking = await startInstance((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(answer.slice(0, 10), () => response.socket?.resetAndDestroy())
  })
  const { events, open } = await frontOf([breaking])
  const stream = await open({ reader: 'one', entry: 0 })
  expect(await stream.ended).toBe('cut')
  expect(events).toEqual([{ type: 'broken', reader: 'one' }])
  const json = await startInstance((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write('{', () => response.socket?.resetAndDestroy())
  })
  const cut = await frontOf([json])
  expect(await (await cut.open({ reader: 'one', entry: 0 })).ended).toBe('cut')
})
