import { expect, it, vi } from 'vitest'
import { createFakePage } from '../testing/fake-page'
import { createFakeTimers } from '../testing/fake-timers'
import { holdTemporary } from './hold-temporary'

function setUp(status = 204) {
  const said: string[] = []
  const clock = createFakeTimers()
  const page = createFakePage()
  const events = new EventTarget()
  const onGone = vi.fn<() => void>()
  const problem = { title: 'Gone', status, code: 'not-found', detail: '', requestId: '' }
  const letGo = holdTemporary({
    chatId: 'temporary-1',
    fetch: (path, init) => {
      said.push(`${path} ${typeof init?.body === 'string' ? init.body : ''}`)
      return Promise.resolve(
        status === 204 ? new Response(null, { status }) : Response.json(problem, { status }),
      )
    },
    timers: clock.timers,
    page: page.page,
    events,
    onGone,
  })
  return { said, clock, page, events, onGone, letGo }
}

const held = '/api/chats/temporary-1/hold {}'
const left = '/api/chats/temporary-1/hold {"left":true}'

it('holds the chat at once, every minute, and when the page comes back', () => {
  const { said, clock, page } = setUp()
  clock.advance(60_000)
  page.wake()
  expect(said).toEqual([held, held, held])
})

it('says that the page goes, and comes', () => {
  const { said, page, events, letGo } = setUp()
  events.dispatchEvent(new Event('pagehide'))
  page.wake()
  letGo()
  expect(said).toEqual([held, left, held, left])
})

it('says nothing once it is let go', () => {
  const { said, clock, page, events, letGo } = setUp()
  letGo()
  clock.advance(120_000)
  page.wake()
  events.dispatchEvent(new Event('pagehide'))
  expect(said).toEqual([held, left])
})

it('tells when the chat is gone', async () => {
  const { onGone } = setUp(404)
  await vi.waitFor(() => expect(onGone).toHaveBeenCalledTimes(1))
})
