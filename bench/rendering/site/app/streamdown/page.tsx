'use client'

import { code } from '@streamdown/code'
import { createMathPlugin } from '@streamdown/math'
import { Streamdown } from 'streamdown'
import { type RendererProps, Stage } from '../_stage/stage'

/** As its documentation has it; formulas in single dollars too, for the other renderers show them. */
const plugins = { code, math: createMathPlugin({ singleDollarTextMath: true }) }

export default function Page() {
  return <Stage Renderer={Documented} />
}

function Documented({ text, streaming }: RendererProps) {
  return (
    <Streamdown plugins={plugins} isAnimating={streaming}>
      {text}
    </Streamdown>
  )
}
