'use client'

import { Markdown } from '@/components/markdown/markdown'
import { Stage } from '../_stage/stage'

export default function Page() {
  return <Stage Renderer={Markdown} />
}
