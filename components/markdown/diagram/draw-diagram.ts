import { browserTimers } from '@/client/stream/timers'
import { readDiagramTheme } from './diagram-theme'
import type { Drawing } from './drawing'
import { openDrawingFrame } from './drawing-frame'
import { createDrawingQueue } from './drawing-queue'
import { type DiagramSubject, drawnBefore, keepDrawing } from './drawn-before'

const queue = createDrawingQueue({ openFrame: openDrawingFrame, timers: browserTimers })

/** The diagram in the colours of the page as they are now. A diagram is drawn once for each theme. */
export async function drawDiagram(
  subject: DiagramSubject,
  signal: AbortSignal,
): Promise<Drawing | undefined> {
  const kept = drawnBefore(subject)
  if (kept) return kept
  const theme = readDiagramTheme(subject)
  const drawing = await queue.draw({ source: subject.source, theme }, signal)
  if (drawing) keepDrawing(subject, drawing)
  return drawing
}
