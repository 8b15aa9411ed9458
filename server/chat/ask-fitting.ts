import 'server-only'
import type { ChatMessage } from '@/shared/chat/message'
import {
  fitHistory,
  historyTokens,
  instructionsTokens,
  promptTokensMax,
} from '@/shared/context/fit-history'
import { UpstreamError } from './receive-answer'

type Branch = readonly ChatMessage[]

/** Each try sends half of the one before: an estimate that is off by more is none. */
const triesMax = 4

type Room = {
  contextTokens?: number | undefined
  instructions?: string | undefined
  maxOutputTokens?: number | undefined
}

/**
 * As much of a branch, from its end, as a model can read behind the instructions and before an answer; all of it where
 * nobody knows how much it can read.
 */
export function fittingHistory(
  history: Branch,
  { contextTokens, instructions, maxOutputTokens }: Room,
): Branch {
  if (contextTokens === undefined) return history
  const promptMax = promptTokensMax(contextTokens, maxOutputTokens)
  return fitHistory(history, promptMax - instructionsTokens(instructions))
}

/** Asks a model. A provider that finds the branch too long is asked again with half of it, as long as turns can go. */
export async function askFitting<Answer>(
  history: Branch,
  ask: (history: Branch) => Promise<Answer>,
): Promise<Answer> {
  let sent = history
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask(sent)
    } catch (error) {
      const shorter = fitHistory(sent, historyTokens(sent) / 2)
      if (!isTooLong(error) || shorter.length === sent.length || attempt === triesMax) throw error
      sent = shorter
    }
  }
}

/** Said before the answer began: what comes in the middle of one is its end. */
function isTooLong(error: unknown): boolean {
  return (
    error instanceof UpstreamError &&
    error.runError.code === 'context-too-long' &&
    !error.hasStarted
  )
}
