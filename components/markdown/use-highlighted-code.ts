'use client'

import { useEffect, useState } from 'react'
import { loadHighlighter } from './highlighter'

export type CodeToken = { text: string; className: string | undefined }
type Highlighted = { code: string; language: string | undefined; tokens: CodeToken[] }
type Options = { code: string; language: string | undefined; incomplete: boolean }

const none: Highlighted = { code: '', language: undefined, tokens: [] }

/**
 * The coloured beginning of the code, and what is not coloured yet. The highlighter loads when first needed and works
 * beside React, so that text never waits for its colours.
 */
export function useHighlightedCode({ code, language, incomplete }: Options): {
  tokens: CodeToken[]
  rest: string
} {
  const [highlighted, setHighlighted] = useState(none)

  useEffect(() => {
    if (!language) return
    const abort = new AbortController()
    void loadHighlighter().then((highlight) =>
      highlight({ code, language, incomplete }, (tokens) => {
        if (!abort.signal.aborted) setHighlighted({ code, language, tokens })
      }),
    )
    return () => abort.abort()
  }, [code, language, incomplete])

  if (highlighted.language !== language || !code.startsWith(highlighted.code))
    return { tokens: [], rest: code }
  return { tokens: highlighted.tokens, rest: code.slice(highlighted.code.length) }
}
