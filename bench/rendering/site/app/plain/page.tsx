'use client'

import { type RendererProps, Stage } from '../_stage/stage'

export default function Page() {
  return <Stage Renderer={PlainText} />
}

function PlainText({ text }: RendererProps) {
  return <div style={{ whiteSpace: 'pre-wrap' }}>{text}</div>
}
