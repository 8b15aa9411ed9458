import { beginsWith } from '../begins-with'
import type { Groups, Run } from '../tree'
import { closeHalfOpen } from './half-open'
import { appendItem } from './groups'
import { readPieces } from './read-pieces'
import type { References } from './references'
import { emptyStretch, endRun, extend, partition, type Stretch } from './run-stretch'
import { wholeCharacters } from './scan'
import { createSharing } from './share'
import { survey } from './survey'

export type InlineReader = {
  /**
   * Reads the text of one leaf block. Where it goes on from what was read before, only its end is read again, and runs
   * that say the same as before are the same objects. While `open`, what is half written at the end is shown as if it
   * were complete, or not yet; otherwise the text is read strictly.
   */
  read(text: string, options: { readonly open: boolean }): Groups<Run>
  /** Reads everything again the next time, since a reference may have come to be defined. */
  reset(): void
  /** How many characters were looked at so far, those read twice counted twice. */
  readonly cost: number
}

type Options = {
  readonly references: References
  /** Is added to the keys of the runs. */
  readonly start: number
}

/** How much longer the text must be before what seemed to be settled is read again. */
const growthFactor = 1.5

/** A longer end without any place to part it at, which no prose has, is read again at every eighth of its length. */
const restLengthMax = 2_000

type Reading = { readonly text: string; readonly open: boolean; readonly runs: Groups<Run> }

type Progress = {
  /** Up to where no continuation can change anything. */
  settled: Stretch
  /** Up to where nothing is expected to change; see `Survey`. */
  assumed: Stretch
  /** How long the text was when it was last read from `settled` on. */
  settledAt: number
  /** When it was last read at all, and not only shown with its new end as plain text. */
  last: Reading | undefined
}

export function createInlineReader({ references, start }: Options): InlineReader {
  const shareRuns = createSharing()
  let progress = begin()
  let shown: Reading | undefined
  let cost = 0

  function readFrom(stretch: Stretch, text: string, open: boolean): Groups<Run> {
    const result = readOn({ stretch, text, open, references, keyOffset: start })
    cost += result.cost
    if (!open) return result.runs
    if (stretch === progress.settled) {
      progress.settled = result.settled
      progress.settledAt = text.length
    }
    progress.assumed = result.assumed
    progress.last = { text, open, runs: result.runs }
    return result.runs
  }

  function next(text: string, open: boolean): Groups<Run> {
    if (!open) return readFrom(progress.settled, text, open)
    if (isDue(progress, text)) return readFrom(progress.settled, text, open)
    const { last, assumed } = progress
    const rest = text.length - assumed.end
    const isTooSoon = last && text.length - last.text.length < (last.text.length - assumed.end) / 8
    if (rest <= restLengthMax || !isTooSoon) return readFrom(assumed, text, open)
    const plainText = text.slice(last.text.length)
    const key = start + last.text.length
    return appendItem(last.runs, { key, inlines: [{ type: 'text', text: plainText }] })
  }

  return {
    get cost() {
      return cost
    },
    reset() {
      progress = begin()
      shown = shown && { ...shown, text: '' }
    },
    read(source, { open }) {
      const text = open ? wholeCharacters(source) : source
      if (shown?.text === text && shown.open === open && text !== '') return shown.runs
      if (shown && !beginsWith(text, shown.text)) progress = begin()
      const runs = shareRuns(shown?.runs ?? [], next(text, open))
      shown = { text, open, runs }
      return runs
    },
  }
}

function begin(): Progress {
  return { settled: emptyStretch, assumed: emptyStretch, settledAt: 0, last: undefined }
}

/** Whether what was taken for text, as it had been open for long, should be looked at once more. */
function isDue({ settled, assumed, settledAt }: Progress, text: string): boolean {
  if (assumed.end === settled.end) return false
  return text.length - settled.end >= growthFactor * (settledAt - settled.end)
}

type Step = {
  readonly stretch: Stretch
  readonly text: string
  readonly open: boolean
  readonly references: References
  readonly keyOffset: number
}

type StepResult = {
  readonly runs: Groups<Run>
  readonly settled: Stretch
  readonly assumed: Stretch
  readonly cost: number
}

function readOn({ stretch, text, open, references, keyOffset }: Step): StepResult {
  const scan = readPieces({ text, start: stretch.end, references, open })
  const hiddenFrom = closeHalfOpen(scan)
  const { pieces } = scan
  const { cuts, settled, assumed } = survey({
    text,
    start: stretch.end,
    pieces,
    runStart: stretch.runStart,
  })
  const places = [...new Set([...cuts, settled, assumed])].toSorted((a, b) => a - b)
  const parts = partition(pieces, places)
  const isCut = new Set(cuts)
  let [current, settledStretch, assumedStretch] = [stretch, stretch, stretch]
  for (const [index, part] of parts.entries()) {
    const place = places[index]
    const visible = part.filter((piece) => piece.start < hiddenFrom)
    current = extend(current, visible, place ?? text.length)
    if (place !== undefined && isCut.has(place)) current = endRun(current, keyOffset)
    if (place === settled) settledStretch = current
    if (place === assumed) assumedStretch = current
  }
  const { runs } = endRun(current, keyOffset)
  return { runs, settled: settledStretch, assumed: assumedStretch, cost: scan.cost }
}
