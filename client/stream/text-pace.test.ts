import { describe, expect, it } from 'vitest'
import { createFakeFrames } from '../testing/fake-frames'
import { createTextPace, paceMsMax } from './text-pace'

const frameMs = 1_000 / 60

type Arrival = { atMs: number; length: number }

/** Shows what has arrived, frame by frame; each frame says how much had come and how much it showed. */
function play(arrivals: Arrival[], { everyMs = frameMs } = {}) {
  const frames = createFakeFrames()
  const pace = createTextPace()
  const shown: { now: number; come: number; length: number }[] = []
  const end = Math.max(...arrivals.map(({ atMs }) => atMs)) + 300
  const show = (now: number) => {
    const come = arrivals.reduce((sum, { atMs, length }) => sum + (atMs <= now ? length : 0), 0)
    shown.push({ now, come, length: pace.next('x'.repeat(come), now) })
    frames.schedule(show)
  }
  frames.schedule(show)
  while (frames.now < end) frames.tick(everyMs)
  return shown
}

/** How long each character waited since the first frame that could have shown it. */
function delays(shown: ReturnType<typeof play>): number[] {
  const total = shown.at(-1)?.come ?? 0
  return Array.from({ length: total }, (_, index) => {
    const came = shown.find(({ come }) => come > index)?.now ?? Number.NaN
    const seen = shown.find(({ length }) => length > index)?.now ?? Number.NaN
    return seen - came
  })
}

function steps(shown: ReturnType<typeof play>): number[] {
  return shown.map(({ length }, index) => length - (shown[index - 1]?.length ?? 0))
}

const bursts = Array.from({ length: 20 }, (_, index) => ({ atMs: index * 100, length: 60 }))

describe('a text that comes in bursts', () => {
  it('grows evenly', () => {
    const grown = steps(play(bursts)).slice(1, -20)
    expect(Math.max(...grown)).toBeLessThanOrEqual(12)
    expect(grown.filter((step) => step > 0).length / grown.length).toBeGreaterThan(0.8)
  })

  it.each([
    ['60 frames a second', 1_000 / 60],
    ['120', 1_000 / 120],
    ['30', 1_000 / 30],
    ['20', 1_000 / 20],
  ])('is on the screen in under 100 ms at %s', (_, everyMs) => {
    expect(Math.max(...delays(play(bursts, { everyMs })))).toBeLessThanOrEqual(paceMsMax)
    expect(paceMsMax).toBeLessThan(100)
  })

  it('is on the screen in under 100 ms whatever its rhythm', () => {
    let seed = 7
    const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647
    let atMs = 0
    const uneven = Array.from({ length: 200 }, () => {
      atMs += random() * 120
      return { atMs, length: Math.ceil(random() ** 3 * 400) }
    })
    expect(Math.max(...delays(play(uneven)))).toBeLessThanOrEqual(paceMsMax)
  })

  it('is shown at once in its first words, and where a long stretch comes at once', () => {
    expect(play([{ atMs: 5, length: 40 }]).find(({ come }) => come > 0)?.length).toBe(40)
    const replay = play([
      { atMs: 0, length: 10 },
      { atMs: 50, length: 50_000 },
    ])
    expect(replay.find(({ come }) => come > 10)?.length).toBe(50_010)
  })
})

it('keeps up with a steady stream', () => {
  const steady = Array.from({ length: 300 }, (_, index) => ({ atMs: index * frameMs, length: 4 }))
  const shown = play(steady)
  const behind = shown.map(({ come, length }) => come - length)
  expect(Math.max(...behind)).toBeLessThanOrEqual(6 * 4)
  expect(Math.max(...steps(shown).slice(1))).toBeLessThanOrEqual(5)
})

it('shows a whole character or none of it', () => {
  const pace = createTextPace()
  const character = '👩‍👩‍👧‍👦'
  pace.next('a', 0)
  const text = `a${character.repeat(10)}`
  for (let now = frameMs; now < 200; now += frameMs) {
    expect((pace.next(text, now) - 1) % character.length).toBe(0)
  }
  expect(pace.next(text, 200)).toBe(text.length)
})

it('begins again with a text that became shorter', () => {
  const pace = createTextPace()
  pace.next('Hello', 0)
  expect(pace.next('Hi', frameMs)).toBe(2)
})
