import type { CodeBlock } from '@/shared/markdown/tree'
import { browserHighlighter } from './browser-highlighter'
import { createCodeDocument, type CodeDocument } from './code-document'

const documents = new WeakMap<CodeBlock, CodeDocument>()

/** The document that shows this very block, so that a message that comes back has its colours at once; else a new one. */
export function documentOf(block: CodeBlock): CodeDocument {
  return documents.get(block) ?? createCodeDocument(browserHighlighter)
}

/** Tells the document what its block says now. */
export function updateDocument(document: CodeDocument, block: CodeBlock): void {
  document.update(block)
  documents.set(block, document)
}
