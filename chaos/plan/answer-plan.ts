import { drawText, type AnswerText } from './answer-text'
import { createRandom, type Random } from './random'

/** All that is decided about one answer before it is asked for. */
export type AnswerPlan = {
  index: number
  chatId: string
  messageId: string
  question: string
  model: { provider: string; id: string }
  text: AnswerText
  /** Between two tokens of the model. */
  paceMs: number
  /** The model falls silent once, before this token. */
  silence: { token: number; ms: number } | undefined
  /** The first of them sends the message. */
  readers: readonly [ReaderPlan, ...ReaderPlan[]]
  /** When somebody stops it, after it was accepted, and where. */
  stop: { afterMs: number; entry: number } | undefined
}

export type ReaderPlan = {
  name: string
  /** `page`: the session of our own page. `raw`: a foreign parser that keeps its last event id. */
  kind: 'page' | 'raw'
  /** `sends` the message, or the same message again; the others look at the chat once it is there. */
  begins: 'sends' | 'looks'
  afterMs: number
  /** What befalls its streams, one after the other; later ones live on. */
  cuts: readonly (Cut | undefined)[]
  /** It drops all it has after so long, loads the messages and attaches anew; each counts from the one before. */
  reloadsAfterMs: readonly number[]
  /** A page that goes into the back/forward cache for a while. */
  hides: { afterMs: number; forMs: number } | undefined
  /** How fast it reads; as fast as it can when left out. */
  bytesPerSecond: number | undefined
  /** Whether it comes back at once, or as late as pages do. */
  isEager: boolean
  /** Decides through which instance each request goes, and how long it waits. */
  random: Random
}

/** After so many bytes of a response: torn down, or ended in good order. */
export type Cut = { how: 'reset' | 'end'; afterBytes: number }

const chatModel = { provider: 'upstream', id: 'test-model' }
const responsesModel = { provider: 'openai', id: 'test-model' }

/** Two plans of one seed and index are alike, whatever was drawn for other answers. */
export function planAnswer({ seed, index }: { seed: number; index: number }): AnswerPlan {
  const random = createRandom(`${seed}/answer/${index}`)
  const text = drawText(random.fork('text'))
  const paceMs = random.pick([0, 2, 5, 10, 15, 20, 20])
  const durationMs = text.length * paceMs + 500
  const readers = planReaders(random.fork('readers'), durationMs)
  return {
    index,
    chatId: `chaos-${seed}-${index}`,
    messageId: `message-${seed}-${index}`,
    question: `Chaos ${seed} asks ${index}.`,
    model: random.chance(0.25) ? responsesModel : chatModel,
    text,
    paceMs,
    silence: random.chance(0.3)
      ? { token: random.whole(0, text.length - 1), ms: random.whole(100, 2500) }
      : undefined,
    readers,
    stop: random.chance(0.12)
      ? { afterMs: random.whole(0, durationMs), entry: random.whole(0, 99) }
      : undefined,
  }
}

function planReaders(random: Random, durationMs: number): [ReaderPlan, ...ReaderPlan[]] {
  const others = random.whole(0, 2)
  const duplicates = random.chance(0.25) ? random.whole(1, 2) : 0
  const plan = (name: string, begins: ReaderPlan['begins'], afterMs: number) =>
    planReader(random.fork(name), { name, begins, afterMs, durationMs })
  return [
    plan('sender', 'sends', 0),
    ...Array.from({ length: others }, (_, index) =>
      plan(`reader ${index + 1}`, 'looks', random.whole(0, durationMs)),
    ),
    ...Array.from({ length: duplicates }, (_, index) =>
      plan(`duplicate ${index + 1}`, 'sends', random.pick([0, 0, random.whole(1, durationMs)])),
    ),
  ]
}

function planReader(
  random: Random,
  options: Pick<ReaderPlan, 'name' | 'begins' | 'afterMs'> & { durationMs: number },
): ReaderPlan {
  const { durationMs, ...rest } = options
  const reloads = random.chance(0.3) ? random.whole(1, 2) : 0
  return {
    ...rest,
    kind: options.name.startsWith('duplicate') || random.chance(0.4) ? 'raw' : 'page',
    cuts: Array.from({ length: random.whole(0, 4) }, () => drawCut(random)),
    reloadsAfterMs: Array.from({ length: reloads }, () => random.whole(50, durationMs)),
    hides: random.chance(0.1)
      ? { afterMs: random.whole(50, durationMs), forMs: random.whole(50, 1500) }
      : undefined,
    bytesPerSecond: random.chance(0.08) ? random.whole(8_000, 40_000) : undefined,
    isEager: random.chance(0.5),
    random: random.fork('way'),
  }
}

function drawCut(random: Random): Cut | undefined {
  if (random.chance(0.2)) return undefined
  return { how: random.pick(['reset', 'end']), afterBytes: random.magnitude(20, 60_000) }
}
