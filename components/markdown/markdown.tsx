'use client'

import { createMathPlugin } from '@streamdown/math'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { type Components, defaultRemarkPlugins, Streamdown, type StreamdownProps } from 'streamdown'
import { firstHeadingLevel } from '@/shared/markdown/first-heading-level'
import { normalizeMathDelimiters } from '@/shared/markdown/math-delimiters'
import { CodeBlock, InlineCode } from './code-block'
import { ImageLink } from './image-link'
import { MarkdownLink } from './markdown-link'
import { MarkdownTable } from './markdown-table'
import { TaskMark } from './task-mark'

type MarkdownProps = {
  text: string
  /** Whether more text is coming: half-open syntax at the end is then closed for display. */
  streaming?: boolean
}

const headings = ['h3', 'h4', 'h5', 'h6'] as const

const elements: Components = {
  a: MarkdownLink,
  blockquote: 'blockquote',
  code: CodeBlock,
  hr: 'hr',
  img: ImageLink,
  inlineCode: InlineCode,
  input: TaskMark,
  li: 'li',
  ol: 'ol',
  section: 'section',
  strong: 'strong',
  sub: 'sub',
  sup: 'sup',
  table: MarkdownTable,
  tbody: 'tbody',
  td: 'td',
  th: 'th',
  thead: 'thead',
  tr: 'tr',
  ul: 'ul',
}

/**
 * Headings in an answer stand below those of the page and of the message, which are of the first two levels: whatever
 * level an answer begins with is the third here.
 */
const componentsByFirstLevel = [1, 2, 3, 4, 5, 6].map((first): Components => {
  const below = (level: number) => headings[Math.min(3, Math.max(0, level - first))] ?? 'h6'
  return {
    ...elements,
    h1: below(1),
    h2: below(2),
    h3: below(3),
    h4: below(4),
    h5: below(5),
    h6: below(6),
  }
})

const plugins = { math: { ...createMathPlugin(), rehypePlugin: () => undefined } }
const remarkPlugins: StreamdownProps['remarkPlugins'] = Object.entries(defaultRemarkPlugins).map(
  ([name, plugin]) =>
    name === 'gfm' && Array.isArray(plugin) ? [plugin[0], { singleTilde: false }] : plugin,
)
// Its own would read raw HTML.
const rehypePlugins: StreamdownProps['rehypePlugins'] = []

/** Only what is undone by the text that follows: a finished answer looks as its last streaming frame. */
const closing = { htmlTags: false, comparisonOperators: false, singleTilde: false } as const

/**
 * Shows Markdown, while it streams and after, by the same renderer. Raw HTML is text, nothing is fetched from
 * anywhere, and links lead only to the web and to mail.
 */
export function Markdown({ text, streaming = false }: MarkdownProps) {
  const t = useTranslations('markdown')
  const id = useId()
  return (
    <Streamdown
      className="prose"
      components={componentsByFirstLevel[(firstHeadingLevel(text) ?? 1) - 1]}
      isAnimating={streaming}
      parseIncompleteMarkdown={streaming}
      plugins={plugins}
      rehypePlugins={rehypePlugins}
      remarkPlugins={remarkPlugins}
      remarkRehypeOptions={
        text.includes('[^')
          ? {
              clobberPrefix: `${id}-`,
              footnoteLabel: t('footnotes'),
              footnoteBackLabel: t('backToText'),
            }
          : undefined
      }
      remend={closing}
    >
      {normalizeMathDelimiters(text)}
    </Streamdown>
  )
}
