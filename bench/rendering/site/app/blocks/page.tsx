'use client'

import { marked } from 'marked'
import { memo } from 'react'
import ReactMarkdown from 'react-markdown'
import rehypeKatex from 'rehype-katex'
import remarkGfm from 'remark-gfm'
import remarkMath from 'remark-math'
import { type RendererProps, Stage } from '../_stage/stage'

const remarkPlugins = [remarkGfm, remarkMath]
const rehypePlugins = [rehypeKatex]

/** The advice that is given everywhere: split the text into blocks, and render again only those that changed. */
const Block = memo(function Block({ text }: { text: string }) {
  return (
    <ReactMarkdown remarkPlugins={remarkPlugins} rehypePlugins={rehypePlugins}>
      {text}
    </ReactMarkdown>
  )
})

export default function Page() {
  return <Stage Renderer={Blocks} />
}

function Blocks({ text }: RendererProps) {
  return marked.lexer(text).map(({ raw }, index) => <Block key={index} text={raw} />)
}
