'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import { characterNames } from '@/shared/markdown/inline/character-names'
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
  const names = useCharacterNames()
  return <TreeView tree={treeOf({ text, streaming, names })} />
}

/** Rare names of characters are loaded when this or another text has had one. */
function useCharacterNames(): 'common' | 'all' {
  const { subscribe, known, loadIfWanted } = characterNames
  // What can't be loaded stays as it was written, and is tried again.
  useEffect(() => void loadIfWanted().catch(() => undefined))
  return useSyncExternalStore(subscribe, known, known)
}
