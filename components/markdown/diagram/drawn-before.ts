import { createRecentCache } from '../recent-cache'
import type { Drawing } from './drawing'

export type DiagramSubject = { source: string; dark: boolean }

const drawingsMax = 60
const drawings = createRecentCache<Drawing>({ sizeMax: drawingsMax })

/** What was drawn before: a diagram that comes back stands there at once. */
export function drawnBefore(subject: DiagramSubject): Drawing | undefined {
  return drawings.get(keyOf(subject))
}

export function keepDrawing(subject: DiagramSubject, drawing: Drawing): void {
  drawings.set(keyOf(subject), drawing)
}

function keyOf({ source, dark }: DiagramSubject): string {
  return `${dark ? 'dark' : 'light'} ${source}`
}
