import { idle, nextFrame, stageElement, untilQuiet } from './frames'
import { stageStore } from './shown'

export type StreamOptions = {
  chunks: readonly string[]
  /** Lock-step renders a frame for each chunk; without it chunks come at their time, whatever became of frames. */
  mode: 'lock-step' | 'free-running'
  /** Between chunks when free-running, in milliseconds. */
  intervalMs: number
  /** After so long the rest is not shown. */
  limitMs: number
}

export type StreamOutcome = {
  complete: boolean
  /** The text that was handed over. */
  length: number
  durationMs: number
  /** From the last chunk until nothing on the page changes any more. */
  finalPaintMs: number
  /** Of 50 ms and more, in milliseconds. */
  longTasks: number[]
  /** Gaps between frames when free-running, in milliseconds. */
  frameGaps: number[]
}

/** What stands on the stage. Asked for when nothing is measured any more. */
export type Shown = { text: string; markup: string }

/** Streams a text into the contender on the stage. */
export async function streamText(options: StreamOptions): Promise<StreamOutcome> {
  stageStore.clear()
  await untilQuiet(stageElement(), 100)
  const longTasks = observeLongTasks()
  const startedAt = performance.now()
  const run = options.mode === 'lock-step' ? await lockStep(options) : await freeRunning(options)
  const lastChunkAt = performance.now()
  stageStore.show(run.text, { streaming: false })
  const quietAt = await untilQuiet(stageElement(), 300)
  return {
    complete: run.complete,
    length: run.text.length,
    durationMs: lastChunkAt - startedAt,
    finalPaintMs: Math.max(0, quietAt - lastChunkAt),
    longTasks: longTasks.end(),
    frameGaps: run.frameGaps,
  }
}

/** Shows a whole text at once, on an empty stage. */
export async function oneShot(text: string): Promise<void> {
  stageStore.clear()
  await untilQuiet(stageElement(), 100)
  stageStore.show(text, { streaming: false })
  await untilQuiet(stageElement(), 300)
}

type Run = { text: string; complete: boolean; frameGaps: number[] }

async function lockStep({ chunks, limitMs }: StreamOptions): Promise<Run> {
  const deadline = performance.now() + limitMs
  let text = ''
  for (const chunk of chunks) {
    if (performance.now() > deadline) return { text, complete: false, frameGaps: [] }
    text += chunk
    stageStore.show(text, { streaming: true })
    await nextFrame()
    // Some renderers finish a text in a transition of low priority; they may, before the next chunk.
    await idle()
    followEnd()
  }
  return { text, complete: true, frameGaps: [] }
}

/** Once a frame, what has come since the last one: as a chat does it that is not to render each token. */
async function freeRunning({ chunks, intervalMs, limitMs }: StreamOptions): Promise<Run> {
  const frameGaps: number[] = []
  const startedAt = performance.now()
  let lastFrameAt = startedAt
  let text = ''
  for (let taken = 0; taken < chunks.length;) {
    const now = await nextFrame()
    frameGaps.push(now - lastFrameAt)
    lastFrameAt = now
    if (now - startedAt > limitMs) return { text, complete: false, frameGaps }
    const due = Math.min(chunks.length, Math.floor((now - startedAt) / intervalMs))
    if (due <= taken) continue
    text += chunks.slice(taken, due).join('')
    taken = due
    followEnd()
    stageStore.show(text, { streaming: true })
  }
  return { text, complete: true, frameGaps }
}

/** Layout is clean where this is called, so that it costs nobody one. */
function followEnd(): void {
  stageElement().scrollTop = Number.MAX_SAFE_INTEGER
}

function observeLongTasks(): { end(): number[] } {
  const durations: number[] = []
  const take = (entries: PerformanceEntry[]) =>
    durations.push(...entries.map(({ duration }) => duration))
  const observer = new PerformanceObserver((list) => void take(list.getEntries()))
  observer.observe({ type: 'longtask' })
  return {
    end() {
      take(observer.takeRecords())
      observer.disconnect()
      return durations
    },
  }
}

/**
 * Ids differ from one rendering to the next, and so does what refers to them; colours of code come and go with its
 * distance from the view.
 */
export function shown(): Shown {
  const { textContent, outerHTML } = stageElement()
  return {
    text: textContent,
    markup: outerHTML
      .replaceAll(/ (?:id|href|for|aria-[a-z]+)="[^"]*"/g, '')
      .replaceAll(/<span class="code-(?!lines)[a-z]+">|<\/span>/g, ''),
  }
}
