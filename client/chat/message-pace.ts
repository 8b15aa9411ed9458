import type { ChatMessage, MessagePart } from '@/shared/chat/message'
import { createTextPace, type TextPace } from '../stream/text-pace'

/** Paces the texts of a message while it is written; docs/architecture.md. */
export type MessagePace = {
  /** The parts as they are shown at this frame, and whether there is more of them to show. */
  show: (message: ChatMessage, now: number) => { parts: MessagePart[]; isBehind: boolean }
  /** What comes in the moments from the next frame on is shown as it comes: it is a replay, or somebody came back. */
  rest: () => void
  /** Something else has shown the texts whole. */
  forget: () => void
}

/** A replay comes right behind the response's headers. */
const restMs = 250

export function createMessagePace(): MessagePace {
  let messageId: string | undefined
  let paces = new Map<number, TextPace>()
  let rest: 'asked' | { until: number } | undefined

  function isResting(now: number): boolean {
    if (rest === 'asked') rest = { until: now + restMs }
    if (rest && now > rest.until) rest = undefined
    return rest !== undefined
  }

  function shownLength(text: string, index: number, now: number): number {
    const pace = paces.get(index) ?? createTextPace()
    paces.set(index, pace)
    return pace.next(text, now)
  }

  function show(message: ChatMessage, now: number) {
    if (message.id !== messageId || isResting(now)) paces = new Map()
    messageId = message.id
    let isBehind = false
    const parts = message.parts.map((part, index) => {
      // A part that has ended is whole: what draws it would take what it gets for the end.
      if (!('text' in part) || part.state !== 'streaming') return part
      const length = shownLength(part.text, index, now)
      if (length === part.text.length) return part
      isBehind = true
      return { ...part, text: part.text.slice(0, length) }
    })
    return { parts, isBehind }
  }

  return {
    show,
    rest: () => {
      rest = 'asked'
    },
    forget: () => {
      paces = new Map()
    },
  }
}
