import { expect, test } from 'vitest'
import { createFakeTimers } from '@/client/testing/fake-timers'
import type { Drawing } from './drawing'
import type { DrawingFrame, OpenDrawingFrame } from './drawing-frame'
import { createDrawingQueue } from './drawing-queue'

type Posted = Parameters<DrawingFrame['post']>[0]
type FakeFrame = { posted: Posted[]; closed: boolean; say: Parameters<OpenDrawingFrame>[0] }

const drawing: Drawing = { url: 'data:image/svg+xml,a', width: 1, height: 1 }
const live = new AbortController().signal

function setUp() {
  const time = createFakeTimers()
  const frames: FakeFrame[] = []
  const queue = createDrawingQueue({
    timers: time.timers,
    openFrame(say) {
      const frame: FakeFrame = { posted: [], closed: false, say }
      frames.push(frame)
      return { post: (request) => frame.posted.push(request), close: () => (frame.closed = true) }
    },
  })
  const draw = (source: string, signal = live) => queue.draw({ source, theme: {} }, signal)
  return { time, frames, draw }
}

function frameAt(frames: FakeFrame[], index: number): FakeFrame {
  const frame = frames[index]
  if (!frame) throw new Error(`Frame ${index} was not opened.`)
  return frame
}

const sourcesOf = (frame: FakeFrame) => frame.posted.map(({ source }) => source)

test('draws one after the other in one frame', async () => {
  const { frames, draw } = setUp()
  const [first, second] = [draw('a'), draw('b')]
  const frame = frameAt(frames, 0)
  expect(frame.posted).toEqual([])
  frame.say({ type: 'ready' })
  expect(sourcesOf(frame)).toEqual(['a'])
  frame.say({ type: 'drawing', id: 1, drawing })
  expect(await first).toEqual(drawing)
  expect(sourcesOf(frame)).toEqual(['a', 'b'])
  frame.say({ type: 'failure', id: 2 })
  expect(await second).toBeUndefined()
  expect(frames).toHaveLength(1)
})

test('throws away a frame that takes too long, and goes on in another', async () => {
  const { time, frames, draw } = setUp()
  const [endless, next] = [draw('endless'), draw('next')]
  const frame = frameAt(frames, 0)
  frame.say({ type: 'ready' })
  time.advance(5_000)
  expect(await endless).toBeUndefined()
  expect(frame.closed).toBe(true)
  const other = frameAt(frames, 1)
  other.say({ type: 'ready' })
  expect(sourcesOf(other)).toEqual(['next'])
  other.say({ type: 'drawing', id: 2, drawing })
  expect(await next).toEqual(drawing)
  expect(time.pendingCount).toBe(0)
})

test('gives up a frame that never loads', async () => {
  const { time, frames, draw } = setUp()
  const lost = draw('a')
  time.advance(20_000)
  expect(await lost).toBeUndefined()
  expect(frameAt(frames, 0).closed).toBe(true)
})

test('passes over what nobody waits for any more, and over late answers', async () => {
  const { frames, draw } = setUp()
  const abort = new AbortController()
  const [first, left, last] = [draw('a'), draw('b', abort.signal), draw('c')]
  const frame = frameAt(frames, 0)
  frame.say({ type: 'ready' })
  abort.abort()
  frame.say({ type: 'drawing', id: 99, drawing })
  frame.say({ type: 'failure', id: 1 })
  expect(await first).toBeUndefined()
  expect(await left).toBeUndefined()
  expect(sourcesOf(frame)).toEqual(['a', 'c'])
  frame.say({ type: 'drawing', id: 3, drawing })
  expect(await last).toEqual(drawing)
})
