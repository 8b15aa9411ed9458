import { wholeCharactersEnd } from './whole-characters-end'

/** How much of a text that grows is shown, frame by frame, so that what came in bursts appears evenly. */
export type TextPace = {
  /** Characters to show at this frame. `now` is the frame's time in milliseconds. */
  next: (text: string, now: number) => number
}

/** What has come is on the screen no later than this after the first frame that could have shown it. */
export const paceMsMax = 90
/** More than this in one frame is no rhythm that anybody reads along with: a replay, or a long stretch at once. */
const burstMax = 1_500
const usualFrameMs = 1_000 / 60
const frameMsMin = 4

/**
 * Each frame shows as little as keeps every deadline: the slowest even rate at which nothing comes late. So a burst is
 * spread, a steady stream keeps its own pace, and what is behind never grows. The first words are shown as they come.
 */
export function createTextPace(): TextPace {
  let shown = 0
  let seen = 0
  let frameMs = usualFrameMs
  let lastFrameAt = 0
  let arrivals: { end: number; dueAt: number }[] = []

  function due(now: number): number {
    const perFrame = arrivals.map(
      ({ end, dueAt }) => (end - shown) / framesUntil(dueAt - now, frameMs),
    )
    return shown + Math.ceil(Math.max(0, ...perFrame))
  }

  return {
    next: (text, now) => {
      // Only while something waits does one frame follow the other.
      frameMs = seen > shown ? Math.max(frameMsMin, now - lastFrameAt) : usualFrameMs
      lastFrameAt = now
      const arrived = text.length - seen
      if (arrived > 0) arrivals.push({ end: text.length, dueAt: now + paceMsMax })
      seen = text.length
      const isAtOnce = shown === 0 || arrived < 0 || arrived > burstMax
      shown = isAtOnce ? text.length : wholeCharactersEnd(text, shown, due(now))
      arrivals = arrivals.filter(({ end }) => end > shown)
      return shown
    },
  }
}

/** Counting the one that is being shown. */
function framesUntil(ms: number, frameMs: number): number {
  return Math.max(1, Math.floor(ms / frameMs) + 1)
}
