import { browserTimers } from '@/client/stream/timers'
import { createRecentCache } from '../recent-cache'
import { readDiagramTheme } from './diagram-theme'
import type { Drawing } from './drawing'
import { openDrawingFrame } from './drawing-frame'
import { createDrawingQueue } from './drawing-queue'

type Subject = { source: string; dark: boolean }

const drawingsMax = 60

const queue = createDrawingQueue({ openFrame: openDrawingFrame, timers: browserTimers })
const drawings = createRecentCache<Drawing>({ sizeMax: drawingsMax })

/** The diagram in the colours of the page as they are now. A diagram is drawn once for each theme. */
export async function drawDiagram(
  subject: Subject,
  signal: AbortSignal,
): Promise<Drawing | undefined> {
  const kept = drawings.get(keyOf(subject))
  if (kept) return kept
  const theme = readDiagramTheme(subject)
  const drawing = await queue.draw({ source: subject.source, theme }, signal)
  if (drawing) drawings.set(keyOf(subject), drawing)
  return drawing
}

/** What was drawn before: a diagram that comes back stands there at once. */
export function drawnBefore(subject: Subject): Drawing | undefined {
  return drawings.get(keyOf(subject))
}

function keyOf({ source, dark }: Subject): string {
  return `${dark ? 'dark' : 'light'} ${source}`
}
