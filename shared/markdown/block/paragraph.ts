import type { BlockDraft } from './block-draft'
import type { OpenParagraph } from './block-state'
import { startDefinition, takeDefinitionLine, type DefinitionStep } from './link-definition'
import { sequenceLength } from './sequence'

/** Takes a line, without the white space it begins with, into the open paragraph or a new one. */
export function addText(draft: BlockDraft, text: string, key: number): void {
  if (draft.leaf?.type !== 'paragraph') draft.begin(emptyParagraph(key))
  if (draft.leaf?.type !== 'paragraph') return
  draft.leaf = withText(draft, draft.leaf, { text, key })
  takeTask(draft)
}

function emptyParagraph(key: number): OpenParagraph {
  return { type: 'paragraph', key, text: '', lastLine: { start: 0, key }, definition: undefined }
}

type TextLine = { readonly text: string; readonly key: number }

function withText(draft: BlockDraft, paragraph: OpenParagraph, line: TextLine): OpenParagraph {
  const { text, definition } = paragraph
  if (text !== '') {
    const lastLine = { start: text.length + 1, key: line.key }
    return { ...paragraph, text: `${text}\n${line.text}`, lastLine }
  }
  const scan = definition ?? (line.text.startsWith('[') ? startDefinition(line.key) : undefined)
  if (!scan) return { ...emptyParagraph(line.key), text: line.text }
  const step = takeDefinitionLine(scan, line.text, line.key)
  if (step.definition) draft.define(step.definition)
  return step.again ? withText(draft, emptyParagraph(line.key), line) : afterStep(step, line.key)
}

function afterStep({ scan, text: rest }: DefinitionStep, key: number): OpenParagraph {
  if (!rest) return { ...emptyParagraph(key), definition: scan }
  const lastLine = { start: rest.text.lastIndexOf('\n') + 1, key }
  return { ...emptyParagraph(rest.key), text: rest.text, lastLine }
}

/** How far into a paragraph a task’s box may reach, whose white space may go over a line’s end. */
const taskMax = 64

/** An item that begins with `[ ]` or `[x]` and goes on behind it is a task. */
function takeTask(draft: BlockDraft): void {
  const { leaf, top } = draft
  if (leaf?.type !== 'paragraph' || leaf.lastLine.start > taskMax) return
  if (top.type !== 'item' || top.checked !== undefined || sequenceLength(top.blocks) > 0) return
  const match = /^\[([ \txX])\][ \t\n]+(?=[^ \t\n])/.exec(leaf.text)
  if (!match) return
  draft.setTop({ ...top, checked: match[1]?.toLowerCase() === 'x' })
  const start = Math.max(0, leaf.lastLine.start - match[0].length)
  const text = leaf.text.slice(match[0].length)
  draft.leaf = { ...leaf, text, lastLine: { ...leaf.lastLine, start } }
}
