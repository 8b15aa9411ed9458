import * as z from 'zod/mini'
import type { Drawing } from './drawing'

const svgLengthMax = 2_000_000
const sideMax = 50_000

const side = z.number().check(z.positive(), z.maximum(sideMax))

/** All that the frame may say. What it says comes from a page that has read a hostile text, and is not to be believed. */
const frameMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({
    type: z.literal('drawing'),
    id: z.int(),
    svg: z.string().check(z.startsWith('<svg'), z.maxLength(svgLengthMax)),
    width: side,
    height: side,
  }),
  z.object({ type: z.literal('failure'), id: z.int() }),
])

export type FrameMessage =
  | { type: 'ready' }
  | { type: 'drawing'; id: number; drawing: Drawing }
  | { type: 'failure'; id: number }

export function readFrameMessage(value: unknown): FrameMessage | undefined {
  const parsed = frameMessageSchema.safeParse(value)
  if (!parsed.success) return undefined
  const message = parsed.data
  if (message.type !== 'drawing') return message
  const { id, svg, width, height } = message
  return { type: 'drawing', id, drawing: { url: imageUrl(svg), width, height } }
}

/** An address without an origin: opened on its own, a `blob:` would run what is in it as ours. */
function imageUrl(svg: string): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
}
