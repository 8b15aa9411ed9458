import { watchScripts } from '@/e2e/fixtures/watch-loads'
import { heapAfterCollection, readPageMetrics, rendererCpuMs } from './page-metrics'
import { withPage, type Browsers, type OpenPage } from './browser'
import { requireShown } from './correctness'
import type { ContenderId } from './contenders'
import { chunksOf, createDocument } from './documents/document'
import type { Cell } from './plan'
import type { StreamOptions, StreamOutcome } from './site/app/_stage/driver'

/** What one contender needed for one document; times in milliseconds. */
export type CellFigures = {
  /** Without it the contender was stopped, and what counts up is a lower bound. */
  complete: boolean
  /** Of the text that was handed over, from 0 to 1. */
  share: number
  scriptMs: number
  /** Layout and style. */
  layoutMs: number
  /** Everything the main thread did. */
  taskMs: number
  /** Of the page’s process, its workers included. */
  cpuMs: number
  /** 0 when none took 50 ms. */
  longestTaskMs: number
  longTasks: number
  droppedFrames: number
  finalPaintMs: number
  heapBytes: number
  nodes: number
  scriptBytesAtLoad: number
  scriptBytes: number
  wallMs: number
}

const frameMs = 1000 / 60
const graceMs = 60_000

/** Opens the contender’s page, streams the document into it, and checks that it is there. */
export function measureCell({
  browsers,
  siteUrl,
  contender,
  cell,
  intervalMs,
}: {
  browsers: Browsers
  siteUrl: string
  contender: ContenderId
  cell: Cell
  intervalMs: number
}): Promise<CellFigures> {
  const { mode, throttle, kilobytes } = cell
  const browser = mode === 'lock-step' ? browsers.unpaced : browsers.paced
  const document = createDocument(cell.document, kilobytes * 1000)
  const limitMs = cell.limitMs[contender]
  return withPage(browser, { throttle }, async ({ page, cdp }) => {
    const scripts = watchScripts(page)
    await page.goto(`${siteUrl}/${contender}`)
    await page.waitForFunction(() => 'renderBench' in window)
    await scripts.settled()
    const scriptBytesAtLoad = await scripts.bytes()
    const [before, cpuBefore] = [await readPageMetrics(cdp), await rendererCpuMs(browser)]
    const outcome = await stream(page, {
      chunks: chunksOf(document.text),
      mode,
      intervalMs,
      limitMs,
    })
    const [after, cpuAfter] = [await readPageMetrics(cdp), await rendererCpuMs(browser)]
    const heapBytes = await heapAfterCollection(cdp)
    await requireShown({ page, contender, document, outcome })
    return {
      complete: outcome.complete,
      share: outcome.length / document.text.length,
      scriptMs: after.scriptMs - before.scriptMs,
      layoutMs: after.layoutMs + after.styleMs - before.layoutMs - before.styleMs,
      taskMs: after.taskMs - before.taskMs,
      cpuMs: cpuAfter - cpuBefore,
      longestTaskMs: Math.max(0, ...outcome.longTasks),
      longTasks: outcome.longTasks.length,
      droppedFrames: droppedFrames(outcome.frameGaps),
      finalPaintMs: outcome.finalPaintMs,
      heapBytes,
      nodes: after.nodes,
      scriptBytesAtLoad,
      scriptBytes: await scripts.bytes(),
      wallMs: outcome.durationMs,
    }
  })
}

/** A renderer may be in the middle of something for long; one that never comes back ends the bench. */
async function stream(page: OpenPage['page'], options: StreamOptions): Promise<StreamOutcome> {
  const hung = AbortSignal.timeout(options.limitMs + graceMs)
  return Promise.race([
    page.evaluate((given) => window.renderBench.streamText(given), options),
    new Promise<never>((_, reject) => {
      hung.addEventListener('abort', () => reject(new Error(`${page.url()} does not come back.`)))
    }),
  ])
}

/** Frames of a screen that showed nothing new because the page was busy: gaps of more than one and a half of them. */
function droppedFrames(gaps: readonly number[]): number {
  return gaps.reduce(
    (sum, gap) => (gap > frameMs * 1.5 ? sum + Math.round(gap / frameMs) - 1 : sum),
    0,
  )
}
