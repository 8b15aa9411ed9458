import type { ChatMessage } from '@/shared/chat/message'
import { messageText } from '@/shared/chat/message-text'

/** How high messages are when they are rendered, in pixels: measured once they were, guessed from their text before. */
export type MessageHeights = {
  of: (message: ChatMessage) => number
  /** Notes a height that was measured. All heights are asked for at this width from then on. */
  note: (messageId: string, size: { width: number; height: number }) => void
}

/** The column on a wide screen; what the server draws with. */
const columnWidth = 688
const characterWidth = 7.6
const lineHeight = 27
const aroundAnswer = 56
const aroundQuestion = 84

export function createMessageHeights(): MessageHeights {
  const measured = new Map<string, { width: number; height: number }>()
  const guessed = new WeakMap<ChatMessage, number>()
  let width = columnWidth

  function guess(message: ChatMessage): number {
    const known = guessed.get(message)
    if (known !== undefined) return known
    const height = guessHeight(message, width)
    guessed.set(message, height)
    return height
  }

  return {
    of(message) {
      const known = measured.get(message.id)
      if (!known) return guess(message)
      // Text runs longer in a narrower column.
      return known.width === width ? known.height : (known.height * known.width) / width
    },
    note(messageId, size) {
      width = size.width
      measured.set(messageId, size)
    },
  }
}

function guessHeight(message: ChatMessage, width: number): number {
  const isAnswer = message.role === 'assistant'
  const perLine = Math.max(10, (isAnswer ? width : width * 0.8) / characterWidth)
  const lines = messageText(message).split('\n')
  const count = lines.reduce((sum, line) => sum + linesOf(line, perLine), 0)
  return Math.round(count * lineHeight + (isAnswer ? aroundAnswer : aroundQuestion))
}

/** Between paragraphs there is half a line; Chinese characters are twice as wide as Latin ones. */
function linesOf(line: string, perLine: number): number {
  if (line === '') return 0.5
  const wide = line.match(/[\u2E80-\uFFFF]/g)?.length ?? 0
  return Math.max(1, Math.ceil((line.length + wide) / perLine))
}
