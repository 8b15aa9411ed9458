'use client'

import { useTranslations } from 'next-intl'
import type { ComponentProps } from 'react'
import { type ExtraProps, useIsCodeFenceIncomplete } from 'streamdown'
import { CopyButton } from '@/components/ui/copy-button'
import { Diagram } from './diagram/diagram'
import { InlineMath } from './math/inline-math'
import { MathBlockView } from './math/math-block'
import { plainText } from './plain-text'
import { useHighlightedCode } from './use-highlighted-code'

/** Code of a fence: its language and a way to copy it above, long lines scrolling inside. */
export function CodeBlock({ className, children }: ComponentProps<'code'> & ExtraProps) {
  const t = useTranslations('markdown')
  const incomplete = useIsCodeFenceIncomplete()
  const code = plainText(children).replace(/\n+$/, '')
  const language = /language-(\S+)/.exec(className ?? '')?.[1]
  if (className?.includes('math-display'))
    return <MathBlockView block={{ type: 'math', key: 0, tex: code, open: incomplete }} />
  if (language === 'mermaid' && !incomplete) return <Diagram source={code} />
  return (
    <div
      className="code-box"
      role="group"
      aria-label={language ? t('codeIn', { language }) : t('code')}
    >
      <div className="code-head">
        <span>{language ?? ''}</span>
        <CopyButton label={t('copyCode')} text={() => code} className="size-7 [&_svg]:size-4" />
      </div>
      <pre tabIndex={0}>
        <code>
          <HighlightedCode code={code} language={language} incomplete={incomplete} />
        </code>
      </pre>
    </div>
  )
}

export function InlineCode({ node, children }: ComponentProps<'code'> & ExtraProps) {
  if (String(node?.properties['className']).includes('math-inline'))
    return <InlineMath tex={plainText(children)} display={false} />
  return <code className="inline-code">{children}</code>
}

type HighlightedCodeProps = { code: string; language: string | undefined; incomplete: boolean }

function HighlightedCode(props: HighlightedCodeProps) {
  const { tokens, rest } = useHighlightedCode(props)
  return (
    <>
      {tokens.map(({ text, className }, index) =>
        className ? (
          <span key={index} className={className}>
            {text}
          </span>
        ) : (
          text
        ),
      )}
      {rest}
    </>
  )
}
