import { diagramFrame } from '@/server/diagram/diagram-frame'

/** The page in which the browser draws diagrams. */
export function GET(): Response {
  return diagramFrame()
}

export const dynamic = 'force-dynamic'
