'use client'

import { useState } from 'react'
import { createTreeSource } from './tree-source'
import { TreeView } from './tree-view'

type MarkdownProps = {
  text: string
  /** Whether more text is coming: half-open syntax at the end is then closed for display, or held back. */
  streaming?: boolean
}

/**
 * Shows Markdown, while it streams and after, by the same views. Raw HTML is text, nothing is fetched from anywhere, and
 * links lead only to the web and to mail.
 */
export function Markdown({ text, streaming = false }: MarkdownProps) {
  const [treeOf] = useState(createTreeSource)
  return <TreeView tree={treeOf(text, streaming)} />
}
