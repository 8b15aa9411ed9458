import { once } from 'node:events'
import { createServer } from 'node:http'
import type { BrowserContext, Page } from 'playwright/test'
import { createSseByteParser } from '@/shared/stream/sse-parser'
import { lineEnds, sseVectors } from '@/shared/stream/testing/sse-vectors'
import { digestOf } from '../fixtures/digest'
import { chunkOf, doneMarker } from '../fixtures/event-stream'
import { fault, startFaultProxy } from '../fixtures/fault-proxy'
import { textOf } from '../fixtures/schemas'
import type { Session } from '../fixtures/session'
import { expect, test } from '../fixtures/test'
import { step } from '../upstream/steps'

/** Text that would break a stream that is not careful, in pieces such as models send. */
const pieces = [
  'Zoë, 温度, 🌡️, 👩🏽‍🚀, ',
  '\ud83d',
  '\ude00 ',
  'CR\rLF\nCRLF\r\n\r\n',
  'data: no event\n\ndata: {"type":"finish"}\n\nid: x.1\n\n: ok\n\nevent: error\n\n[DONE]',
  ' U+2028\u2028 U+2029\u2029 NEL\u0085 BOM\ufeff NUL\0',
  ' "quotes" \\ back\\slash </script><!-- ',
  ...Array.from({ length: 60 }, (_, index) => `word${index} 二十六 🌡️ `),
]

type Native = { events: { data: string; lastEventId: string }[]; errors: number; state: number }

test('row 1: the browser’s own EventSource, cut in the middle, names its last event and has every byte once', async ({
  page,
  session,
  server,
  upstream,
  question,
  chatId,
}) => {
  const cuts = [insideId, insideCharacter, betweenLines]
  const proxy = await startFaultProxy({ target: server.url, faults: cuts.map(fault.reset) })
  const gate = upstream.gate(question)
  const said: string[] = []
  upstream.script(question, function* () {
    yield step.wait(gate.opened)
    while (proxy.streams.length <= cuts.length) {
      for (const piece of pieces) {
        said.push(piece)
        yield step.text(piece)
        yield step.wait(4)
      }
    }
  })
  await openBlank(page, proxy.url, session)
  const sender = await session.send({ chatId, text: question })
  await follow(page, `/api/chat/${chatId}/stream`)
  await expect.poll(() => proxy.streams.length).toBe(1)
  gate.open()
  await expect.poll(async () => (await native(page)).state, { timeout: 20_000 }).toBe(2)
  await sender.completed()
  await proxy.close()

  const { events } = await native(page)
  expect(events.filter(({ data }) => data === doneMarker)).toHaveLength(1)
  const text = joined(events)
  expect(digestOf(text)).toBe(digestOf(asStored(said)))
  expect(digestOf(text)).toBe(digestOf(textOf(await session.lastMessage(chatId))))
  expect(digestOf(text)).toBe(digestOf(sender.text))
  const named = proxy.streams.map((headers) => headers['last-event-id'])
  expect(named[0]).toBeUndefined()
  expect(named).toHaveLength(1 + cuts.length)
  const received = events.map(({ lastEventId }) => lastEventId)
  for (const id of named.slice(1)) expect(received).toContain(id)
  const positions = received.map((id) => Number(id.split('.')[1]))
  expect(positions, 'each event once, in order').toEqual(
    [...new Set(positions)].toSorted((left, right) => left - right),
  )
})

test('a native EventSource and our parser read the same events from the same bytes', async ({
  page,
  session,
  upstream,
  question,
  chatId,
}) => {
  upstream.script(question, () => pieces.map(step.text))
  const sender = await session.send({ chatId, text: question })
  await sender.completed()
  const [runKey] = sender.lastEventId.split('.')
  const path = `/api/chat/${chatId}/stream?lastEventId=${runKey}.0`

  const ours: { data: string; lastEventId: string }[] = []
  const parser = createSseByteParser({
    onEvent: ({ data, id }) => void ours.push({ data, lastEventId: id }),
  })
  const response = await session.fetch(path)
  parser.feed(new Uint8Array(await response.arrayBuffer()))
  await openBlank(page, session.url, session)
  await follow(page, path)
  await expect.poll(async () => (await native(page)).state, { timeout: 10_000 }).toBe(2)

  expect((await native(page)).events).toEqual(ours)
  expect(joined(ours)).toBe(asStored(pieces))
})

test('a refusal ends a native EventSource at once, and so does an answer that is over', async ({
  page,
  session,
  chatId,
}) => {
  await (await session.send({ chatId, text: 'say: Over' })).completed()
  await openBlank(page, session.url, session)
  for (const path of [
    `/api/chat/${chatId}/stream`,
    `/api/chat/${chatId}/stream?lastEventId=forged`,
    '/api/chat/unknown/stream',
  ]) {
    await follow(page, path)
    await expect.poll(async () => (await native(page)).state, path).toBe(2)
    expect(await native(page)).toEqual({ events: [], errors: 1, state: 2 })
  }
})

test('our parser and Chromium’s read every vector alike, with each of the line ends', async ({
  page,
}) => {
  const cases = lineEnds.flatMap(({ name, end }) =>
    sseVectors.map((vector) => ({
      ...vector,
      name: `${vector.name}, ${name}`,
      text: vector.text.replaceAll('\n', end),
    })),
  )
  const resumedWith = new Map<number, string | undefined>()
  const server = createServer(({ url, headers }, response) => {
    const index = Number(url?.split('/vector/')[1])
    if (Number.isNaN(index)) return void response.end()
    if (resumedWith.has(index)) {
      resumedWith.set(index, asUtf8(headers['last-event-id']))
      return void response.writeHead(204).end()
    }
    resumedWith.set(index, undefined)
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(cases[index]?.text)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  await page.goto(`http://127.0.0.1:${port}/`)

  const seen = await page.evaluate(readVectors, cases.length)
  server.closeAllConnections()
  server.close()

  for (const [index, { name, text, seen: expected, lastEventId = '' }] of cases.entries()) {
    const events = expected.filter((line) => line.includes('#'))
    expect(seen[index], `${name}: ${JSON.stringify(text)}`).toEqual(events)
    const resumed = resumedWith.get(index) ?? ''
    if (cases[index]?.lastEventId !== undefined) expect(resumed, name).toBe(lastEventId)
  }
})

/** A NUL is stored, and told, as U+FFFD. */
function asStored(said: readonly string[]): string {
  return said.join('').replaceAll('\0', '\ufffd')
}

/** In the page: opens every vector, and resolves when the browser has given each of them up, at the 204. */
async function readVectors(count: number): Promise<string[][]> {
  const readOne = (index: number) =>
    new Promise<string[]>((resolve) => {
      const lines: string[] = []
      const source = new EventSource(`/vector/${index}`)
      const note = ({ type, data, lastEventId }: MessageEvent<string>) =>
        void lines.push(`${type}#${lastEventId}=${data}`)
      source.addEventListener('message', note)
      source.addEventListener('e', note)
      source.addEventListener('error', () => {
        if (source.readyState === EventSource.CLOSED) resolve(lines)
      })
    })
  return Promise.all(Array.from({ length: count }, (_, index) => readOne(index)))
}

/** A page of the server without scripts of its own, so that every stream there is the test’s. */
async function openBlank(page: Page, url: string, session: Session): Promise<void> {
  await signIn(page.context(), url, session)
  await page.goto(`${url}/api/models`)
}

async function signIn(context: BrowserContext, url: string, { cookie }: Session): Promise<void> {
  const [name = '', ...value] = cookie.split('=')
  await context.addCookies([{ name, value: value.join('='), url }])
}

/** Follows the path in the page, in place of what was followed before. */
async function follow(page: Page, path: string): Promise<void> {
  await page.evaluate((streamPath) => {
    const seen: Native = { events: [], errors: 0, state: 0 }
    const source = new EventSource(streamPath)
    Object.assign(globalThis, { seen, source })
    source.addEventListener('message', ({ data, lastEventId }: MessageEvent<string>) => {
      seen.events.push({ data, lastEventId })
    })
    source.addEventListener('error', () => {
      seen.errors += 1
      seen.state = source.readyState
    })
  }, path)
}

function native(page: Page): Promise<Native> {
  return page.evaluate(() => (globalThis as typeof globalThis & { seen: Native }).seen)
}

function joined(events: readonly { data: string }[]): string {
  return events
    .filter(({ data }) => data !== doneMarker)
    .map(chunkOf)
    .map(({ type, delta = '' }) => (type === 'text-delta' ? delta : ''))
    .join('')
}

/** Header values come as Latin-1. */
function asUtf8(value: string | string[] | undefined): string | undefined {
  return value === undefined ? undefined : Buffer.from(String(value), 'latin1').toString('utf8')
}

function insideId(bytes: Buffer): number | undefined {
  return behind(bytes, '\nid: ', 8)
}

function betweenLines(bytes: Buffer): number | undefined {
  return behind(bytes, '\ndata: ', -6)
}

function insideCharacter(bytes: Buffer): number | undefined {
  return behind(bytes, Buffer.from('🌡').subarray(0, 2), 0)
}

/** The place `offset` bytes behind the first such bytes beyond the beginning. */
function behind(bytes: Buffer, found: string | Buffer, offset: number): number | undefined {
  const at = bytes.indexOf(found, 250)
  const place = at + found.length + offset
  return at !== -1 && place <= bytes.length ? place : undefined
}
