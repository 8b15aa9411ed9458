import { figuresOf, timesOurs, type Bounded } from '../rendering/cell-figures'
import { renderContenders, type ContenderId } from '../rendering/contenders'
import { shapeNames } from '../rendering/documents/shapes'
import type { CellFigures } from '../rendering/measure-cell'
import { findCell, type CellResult, type RenderResults } from '../rendering/results'
import { longChatTable } from './long-chat-table'
import { compareWithRenderTargets } from './render-targets'
import { figure, markdownTable } from './table'

/** What `npm run bench:render` prints. */
export function renderPage(results: RenderResults): string {
  const title = `# Rendering on ${results.date.slice(0, 10)}${results.quick ? ', quick: rough figures' : ''}`
  return `${[title, renderTables(results), '## Targets', renderTargetsTable(results)].join('\n\n')}\n`
}

export function renderTables(results: RenderResults): string {
  return [
    conditions(results),
    ...cellTables(results),
    longChatTable(results.longChat),
    faults(results),
  ]
    .filter(Boolean)
    .join('\n\n')
}

export function renderTargetsTable(results: RenderResults): string {
  const words = (met: boolean | undefined) => (met === undefined ? '—' : met ? 'met' : 'not met')
  return markdownTable(
    ['target', '', 'measured', ''],
    compareWithRenderTargets(results).map(({ measure, target, measured, met }) => [
      measure,
      target,
      measured,
      words(met),
    ]),
  )
}

function conditions({ machine, browser, rounds, intervalMs, loadAverages }: RenderResults): string {
  const loads = [loadAverages[0], Math.max(...loadAverages)].map((load) => load?.toFixed(1))
  return (
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB; Chromium ${browser}, headless, software drawing; ` +
    `Node ${machine.node}. Load average before ${loads[0]}, at most ${loads[1]}. Medians of up to ${rounds} rounds, ` +
    `contenders in turns. Chunks of 16 characters; free-running, one each ${intervalMs} ms. Times in milliseconds of ` +
    'scripting on the main thread unless said otherwise; ≥: stopped at the time limit, after the share in brackets.'
  )
}

function cellTables(results: RenderResults): string[] {
  const lockStep = results.cells.filter(
    ({ document, mode, throttle }) =>
      document === 'mixed' && mode === 'lock-step' && throttle === 1,
  )
  const shapes = shapeNames.flatMap((document) => findCell(results, { document }) ?? [])
  const others = results.cells.filter(
    ({ mode, throttle }) => mode === 'free-running' || throttle > 1,
  )
  const largest = findCell(results, { kilobytes: 100 }) ?? lockStep.at(-1)
  return [
    titled('A frame for each chunk, mixed document', scriptTable(lockStep, sizeOf)),
    titled('A frame for each chunk, one shape', scriptTable(shapes, shapeOf)),
    ...[...(largest ? [largest] : []), ...others].map((cell) =>
      titled(titleOf(cell), detailTable(cell)),
    ),
    largest ? titled('JavaScript of a page with this renderer alone', bytesTable(largest)) : '',
  ].filter(Boolean)
}

function titled(title: string, table: string): string {
  return table && `**${title}**\n\n${table}`
}

function sizeOf({ kilobytes }: CellResult): string {
  return `${kilobytes} KB`
}

function shapeOf({ document, kilobytes }: CellResult): string {
  return `${document}, ${kilobytes} KB`
}

function titleOf({ document, kilobytes, mode, throttle }: CellResult): string {
  const pace = mode === 'lock-step' ? 'a frame for each chunk' : 'free-running'
  const slowed = throttle > 1 ? `, processor slowed down ${throttle} times` : ''
  return `${kilobytes} KB ${document}, ${pace}${slowed}`
}

function scriptTable(cells: readonly CellResult[], name: (cell: CellResult) => string): string {
  if (cells.length === 0) return ''
  const times = cells.map((cell) =>
    timesText(timesOurs(cell, 'streamdown', ({ scriptMs }) => scriptMs)),
  )
  return markdownTable(
    ['renderer', ...cells.map(name)],
    [
      ...contendersIn(cells).map(({ id, label }) => [
        label,
        ...cells.map((cell) => boundText(figuresOf(cell, id), ({ scriptMs }) => scriptMs)),
      ]),
      ['streamdown, times ours', ...times],
    ],
  )
}

function detailTable(cell: CellResult): string {
  return markdownTable(
    [
      'renderer',
      'scripting',
      'layout and style',
      'main thread',
      'CPU with workers',
      'longest task',
      'tasks over 50 ms',
      'dropped frames',
      'last chunk to last paint',
      'heap, MB',
      'elements and text',
    ],
    contendersIn([cell]).map(({ id, label }) => [label, ...detailCells(cell, id)]),
  )
}

function detailCells(cell: CellResult, id: ContenderId): string[] {
  const figures = figuresOf(cell, id)
  if (!figures) return Array.from({ length: 10 }, () => '—')
  return [
    boundText(figures, ({ scriptMs }) => scriptMs),
    boundText(figures, ({ layoutMs }) => layoutMs),
    boundText(figures, ({ taskMs }) => taskMs),
    boundText(figures, ({ cpuMs }) => cpuMs),
    figures.longestTaskMs > 0 ? count(figures.longestTaskMs) : '< 50',
    `${figures.longTasks}`,
    cell.mode === 'free-running' ? `${figures.droppedFrames}` : '—',
    figures.complete ? count(figures.finalPaintMs) : '—',
    figure(figures.heapBytes / 1e6),
    count(figures.nodes),
  ]
}

function bytesTable(cell: CellResult): string {
  return markdownTable(
    ['renderer', 'before any text, KB gzipped', 'after the document, KB gzipped'],
    contendersIn([cell]).map(({ id, label }) => {
      const figures = figuresOf(cell, id)
      const bytes = [figures?.scriptBytesAtLoad, figures?.scriptBytes]
      return [label, ...bytes.map((each) => (each === undefined ? '—' : count(each / 1000)))]
    }),
  )
}

function faults({ cells }: RenderResults): string {
  return cells
    .flatMap((cell) =>
      cell.taken.flatMap(({ fault }) => (fault ? [`- ${titleOf(cell)}: ${fault}`] : [])),
    )
    .join('\n')
}

function contendersIn(cells: readonly CellResult[]) {
  const present = new Set(cells.flatMap(({ taken }) => taken.map(({ contender }) => contender)))
  return renderContenders.filter(({ id }) => present.has(id))
}

function boundText(
  figures: CellFigures | undefined,
  value: (figures: CellFigures) => number,
): string {
  if (!figures) return '—'
  const text = count(value(figures))
  return figures.complete ? text : `≥ ${text} (${Math.floor(figures.share * 100)} %)`
}

function timesText(times: Bounded | undefined): string {
  return times ? `${times.isLowerBound ? '≥ ' : ''}${figure(times.value)} ×` : '—'
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en')
}
