'use client'

import { createContext, use } from 'react'
import type { ModelRef } from '@/shared/models/model-catalog'

/** What can be done with any message of the conversation. */
export type MessageMoves = {
  /** Asks for another answer, by the model in the composer or by another. */
  regenerate: (messageId: string, model?: ModelRef) => void
  /** Sends another version of a message; `false` where it was refused, and the conversation is as it was. */
  edit: (messageId: string, text: string) => Promise<boolean>
}

const Context = createContext<MessageMoves | undefined>(undefined)

export const MessageMovesContext = Context.Provider

export function useMessageMoves(): MessageMoves {
  const moves = use(Context)
  if (!moves) throw new Error('There is no conversation around this.')
  return moves
}
