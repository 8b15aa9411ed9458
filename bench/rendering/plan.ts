import type { ContenderId } from './contenders'
import type { DocumentKind } from './documents/document'
import { shapeNames } from './documents/shapes'

/** One document, streamed in one way, to some of the contenders. */
export type Cell = {
  document: DocumentKind
  kilobytes: number
  mode: 'lock-step' | 'free-running'
  /** By how much the processor is slowed down. */
  throttle: number
  /** After so long a contender is stopped, and its figures are lower bounds. */
  limitMs: Record<ContenderId, number>
}

export type RenderPlan = {
  cells: readonly Cell[]
  /** Of cells that take less than `cheapMs`: medians are taken over them. */
  rounds: number
  cheapMs: number
  /** Between chunks of about four tokens, when free-running: a thousand tokens a second. */
  intervalMs: number
  longChat: { messages: number; bytes: number; rounds: number }
}

/** Contenders against which no target stands are stopped sooner. */
const limits = (others: number): Record<ContenderId, number> => ({
  ours: 180_000,
  streamdown: 60_000,
  blocks: others,
  'react-markdown': others,
  plain: 60_000,
})

function mixed(kilobytes: number, rest: Partial<Cell> = {}): Cell {
  const mode = rest.mode ?? 'lock-step'
  return { document: 'mixed', kilobytes, mode, throttle: 1, limitMs: limits(60_000), ...rest }
}

export const fullPlan: RenderPlan = {
  rounds: 3,
  cheapMs: 12_000,
  intervalMs: 4,
  longChat: { messages: 1000, bytes: 2_000_000, rounds: 3 },
  cells: [
    ...[10, 50].map((kilobytes) => mixed(kilobytes)),
    // A target compares the two here: both are seen to the end.
    mixed(100, { limitMs: { ...limits(60_000), streamdown: 180_000 } }),
    mixed(200),
    ...shapeNames.map((document) => ({ ...mixed(50), document, limitMs: limits(20_000) })),
    mixed(100, { mode: 'free-running' }),
    mixed(50, { throttle: 4, limitMs: limits(40_000) }),
    mixed(50, { throttle: 4, mode: 'free-running' }),
  ],
}

/** Shows that everything works; its figures are rough. */
export const quickPlan: RenderPlan = {
  rounds: 1,
  cheapMs: 0,
  intervalMs: 4,
  longChat: { messages: 200, bytes: 400_000, rounds: 1 },
  cells: [
    mixed(10, { limitMs: limits(5_000) }),
    mixed(30, { limitMs: limits(10_000) }),
    { ...mixed(15), document: 'list', limitMs: limits(5_000) },
    mixed(15, { mode: 'free-running' }),
    mixed(10, { throttle: 4, limitMs: limits(5_000) }),
  ],
}
