import type { Timers } from '@/client/stream/timers'
import type { Drawing, DrawingRequest } from './drawing'
import type { DrawingFrame, OpenDrawingFrame } from './drawing-frame'
import type { FrameMessage } from './frame-messages'

const openMsMax = 20_000
const drawMsMax = 5_000

export type DrawingQueue = {
  /** The picture; nothing when the diagram could not be drawn, took too long, or is no longer wanted. */
  draw(request: DrawingRequest, signal: AbortSignal): Promise<Drawing | undefined>
}

type Job = DrawingRequest & {
  id: number
  signal: AbortSignal
  finish: (drawing: Drawing | undefined) => void
}

/** One frame for all diagrams, one diagram at a time. A frame that does not answer in time is thrown away. */
export function createDrawingQueue(options: {
  openFrame: OpenDrawingFrame
  timers: Timers
}): DrawingQueue {
  const { openFrame, timers } = options
  const waiting: Job[] = []
  let frame: DrawingFrame | undefined
  let ready = false
  let current: Job | undefined
  let stopClock: () => void = () => undefined
  let lastId = 0

  function next() {
    if (current) return
    current = takeWanted(waiting)
    if (!current) return
    frame ??= openFrame(receive)
    if (ready) post(current)
    else limit(openMsMax)
  }

  function post(job: Job) {
    limit(drawMsMax)
    frame?.post({ id: job.id, source: job.source, theme: job.theme })
  }

  function limit(afterMs: number) {
    stopClock()
    stopClock = timers.after(afterMs, giveUp)
  }

  function giveUp() {
    frame?.close()
    frame = undefined
    ready = false
    finish(undefined)
  }

  function receive(message: FrameMessage) {
    if (message.type === 'ready') {
      ready = true
      if (current) post(current)
    } else if (message.id === current?.id) {
      finish(message.type === 'drawing' ? message.drawing : undefined)
    }
  }

  function finish(drawing: Drawing | undefined) {
    stopClock()
    current?.finish(drawing)
    current = undefined
    next()
  }

  return {
    draw: (request, signal) =>
      new Promise((resolve) => {
        waiting.push({ ...request, id: (lastId += 1), signal, finish: resolve })
        next()
      }),
  }
}

function takeWanted(waiting: Job[]): Job | undefined {
  for (let job = waiting.shift(); job; job = waiting.shift()) {
    if (!job.signal.aborted) return job
    job.finish(undefined)
  }
  return undefined
}
