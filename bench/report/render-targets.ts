import { figuresOf, timesOurs } from '../rendering/cell-figures'
import { shapeNames, type Shape } from '../rendering/documents/shapes'
import { findCell, type CellChoice, type RenderResults } from '../rendering/results'
import { least, most, type Target } from './targets'

const lockStepTimes = 6
const freeRunningTimes = 3
const shapeTimes: Record<Shape, number> = {
  list: 20,
  paragraph: 20,
  table: 20,
  code: 6,
  footnotes: 20,
  'link definitions': 20,
}

/** What docs/performance.md promises, held against what was measured. */
export function compareWithRenderTargets(results: RenderResults): Target[] {
  return [
    scriptTimes(results, { kilobytes: 100 }, lockStepTimes),
    ...shapeNames.map((document) => scriptTimes(results, { document }, shapeTimes[document])),
    scriptTimes(results, { mode: 'free-running' }, freeRunningTimes),
    droppedFrames(results),
    growth(results),
    longestTask(results, 1, 50),
    longestTask(results, 4, 100),
    ...longChatTargets(results),
  ]
}

function scriptTimes(results: RenderResults, choice: CellChoice, limit: number): Target {
  const cell = findCell(results, choice)
  const times = timesOurs(cell, 'streamdown', ({ scriptMs }) => scriptMs)
  const name = `${choice.mode ?? 'lock-step'}, ${cell?.kilobytes ?? 50} KB ${choice.document ?? 'mixed'}`
  const target = least(`scripting of streamdown, times ours: ${name}`, '×', limit, times?.value)
  return times?.isLowerBound ? lowerBound(target) : target
}

/** What is known is the least it can be: short of the target, nothing is. */
function lowerBound(target: Target): Target {
  return { ...target, measured: `≥ ${target.measured}`, met: target.met || undefined }
}

function droppedFrames(results: RenderResults): Target {
  const cell = findCell(results, { mode: 'free-running' })
  const ours = figuresOf(cell, 'ours')?.droppedFrames
  const theirs = figuresOf(cell, 'streamdown')?.droppedFrames
  return {
    measure: 'dropped frames, free-running',
    target: `< ${theirs ?? 'streamdown'}`,
    measured: ours === undefined ? 'not measured' : String(ours),
    met: ours === undefined || theirs === undefined ? undefined : ours < theirs,
  }
}

function growth(results: RenderResults): Target {
  const perKilobyte = (kilobytes: number) => {
    const figures = figuresOf(findCell(results, { kilobytes }), 'ours')
    return figures?.complete ? figures.scriptMs / kilobytes : undefined
  }
  const [small, large] = [perKilobyte(10), perKilobyte(200)]
  const value = small && large ? large / small : undefined
  return most('scripting per KB at 200 KB, times that at 10 KB', '×', 1.5, value)
}

/** Over every cell: no document and no mode may show one. */
function longestTask({ cells }: RenderResults, throttle: number, limitMs: number): Target {
  const tasks = cells
    .filter((cell) => cell.throttle === throttle)
    .flatMap((cell) => figuresOf(cell, 'ours')?.longestTaskMs ?? [])
  const longest = tasks.length > 0 ? Math.max(...tasks) : undefined
  const slowed = throttle > 1 ? `, processor slowed down ${throttle} times` : ''
  const target = most(`longest task of ours${slowed}`, 'ms', limitMs, longest)
  return longest === 0 ? { ...target, measured: '< 50 ms' } : target
}

function longChatTargets({ longChat }: RenderResults): Target[] {
  const into = longChat && longChat.streaming.scriptMs / longChat.streamingEmpty.scriptMs
  const messages = longChat?.messages ?? 1000
  const interactive = (way: string, value: number | undefined) =>
    most(`a chat of ${messages} messages: interactive, ${way}`, 'ms', 500, value)
  return [
    interactive('from the list', longChat?.interactiveFromListMs),
    interactive('loaded again', longChat?.interactiveAgainMs),
    interactive('a first visit', longChat?.interactiveMs),
    most('a keystroke there, main thread', 'ms', 16, longChat?.keystrokeMs),
    most('scripting of an answer there, times that in an empty chat', '×', 1.25, into),
    most(
      'JavaScript of a chat page before the first interaction, gzipped',
      'KB',
      230,
      longChat && longChat.scriptBytes / 1000,
    ),
  ]
}
