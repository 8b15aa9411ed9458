import { afterEach, describe, expect, it } from 'vitest'
import type { LiveEvent } from '@/shared/chat/live-event'
import { browserTimers } from '../stream/timers'
import { createFakePage } from '../testing/fake-page'
import {
  answerProblem,
  startFakeServer,
  type Exchange,
  type FakeServer,
} from '../testing/fake-server'
import { until } from '../testing/until'
import { openTabChannel, startLiveEvents } from './live-events'

const started: LiveEvent = { type: 'run-started', chatId: 'c1', runId: 'r1' }

let server: FakeServer | undefined
const ends: (() => void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) end()
  await server?.close()
  server = undefined
})

function openFeed({ response }: Exchange) {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write(': ok\n\n')
}

function send({ response }: Exchange, event: unknown) {
  response.write(`data: ${JSON.stringify(event)}\n\n`)
}

async function setUp(answer: (exchange: Exchange) => void = openFeed) {
  const running = await startFakeServer(answer)
  server = running
  const openCount = () => running.exchanges.filter(({ response }) => !response.closed).length

  function openTab({ shares = true } = {}) {
    const page = createFakePage()
    const heard: (LiveEvent | 'connected')[] = []
    const firstHand: LiveEvent[] = []
    const close = startLiveEvents({
      fetch: running.fetch,
      timers: browserTimers,
      page: page.page,
      random: () => 0,
      locks: shares ? navigator.locks : undefined,
      openChannel: openTabChannel,
      onConnected: () => void heard.push('connected'),
      onEvent: (event) => void heard.push(event),
      onFirstHand: (event) => void firstHand.push(event),
    })
    ends.push(close)
    return { page, heard, firstHand, close }
  }

  return { server: running, openTab, openCount }
}

describe('live events in several tabs', () => {
  it('come over one connection to all', async () => {
    const { openTab, openCount, server: running } = await setUp()
    const first = openTab()
    const feed = await running.request(/events/)
    await until(() => first.heard.length === 1)
    const second = openTab()
    send(feed, started)
    await until(() => first.heard.length === 2 && second.heard.length === 1)
    expect(first.heard).toEqual(['connected', started])
    expect(second.heard).toEqual([started])
    expect([...first.firstHand, ...second.firstHand], 'once however many tabs').toEqual([started])
    expect(openCount()).toBe(1)
  })

  it('go on in the next tab when the first is closed', async () => {
    const { openTab, openCount, server: running } = await setUp()
    const first = openTab()
    await until(() => first.heard.length === 1)
    const second = openTab()
    first.close()
    const feed = await running.request(/events/, 2)
    send(feed, started)
    await until(() => second.heard.length === 2)
    expect(second.heard).toEqual(['connected', started])
    await until(() => openCount() === 1)
  })

  it('hold nothing in the back/forward cache', async () => {
    const { openTab, openCount, server: running } = await setUp()
    const { page, heard } = openTab()
    const feed = await running.request(/events/)
    await until(() => heard.length === 1)
    page.hide()
    await feed.closed
    expect(openCount()).toBe(0)
    page.wake()
    await running.request(/events/, 2)
    await until(() => heard.filter((event) => event === 'connected').length === 2)
    expect(openCount()).toBe(1)
  })

  it('are held by visible tabs only where tabs can’t agree', async () => {
    const { openTab, server: running } = await setUp()
    const { page } = openTab({ shares: false })
    const feed = await running.request(/events/)
    page.setVisible(false)
    await feed.closed
    expect(running.exchanges).toHaveLength(1)
    page.setVisible(true)
    expect(await running.request(/events/, 2)).toBeDefined()
  })
})

describe('the feed', () => {
  it('connects again after a cut, and says so', async () => {
    const { openTab, server: running } = await setUp((exchange) => {
      openFeed(exchange)
      send(exchange, started)
      if (running.exchanges.length < 3) exchange.response.end()
    })
    const { heard } = openTab()
    await until(() => heard.length === 6)
    expect(heard).toEqual(['connected', started, 'connected', started, 'connected', started])
  })

  it('passes over what it does not know', async () => {
    const { openTab } = await setUp((exchange) => {
      openFeed(exchange)
      exchange.response.write('data: {"type":\n\n')
      send(exchange, { type: 'of-tomorrow' })
      send(exchange, started)
    })
    const { heard } = openTab()
    await until(() => heard.length === 2)
    expect(heard).toEqual(['connected', started])
  })

  it('gives up without a session, and tries again when the page wakes', async () => {
    let answer = (exchange: Exchange) => answerProblem(exchange, 401, 'unauthenticated')
    const { openTab, server: running } = await setUp((exchange) => answer(exchange))
    const { page, heard } = openTab()
    await (
      await running.request(/events/)
    ).closed
    answer = openFeed
    page.wake()
    await until(() => {
      if (heard.length === 0) page.wake()
      return heard.length > 0
    })
    expect(heard[0]).toBe('connected')
  })
})
