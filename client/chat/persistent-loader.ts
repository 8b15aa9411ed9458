import type { ChatDetail } from '@/shared/chat/chat-summary'
import type { ChatApi } from '../api/chat-api'
import { ProblemError } from '../api/http'
import { createBackOff } from '../stream/back-off'

export type PersistentLoader = {
  /** Loads the chat, however long it takes. Rejects when `signal` fires, or when trying again is of no use. */
  load: (signal: AbortSignal) => Promise<ChatDetail>
  /** Things went well in between: the next load starts at once again. */
  reset: () => void
}

/**
 * Finds out how a chat stands after its stream was lost. Also one load after another waits longer each time, so that an
 * answer that is lost again and again does not ask the server without pause.
 */
export function createPersistentLoader(options: {
  chatId: string
  environment: Parameters<typeof createBackOff>[0] & { api: Pick<ChatApi, 'loadChat'> }
}): PersistentLoader {
  const { chatId, environment } = options
  const backOff = createBackOff(environment)
  let loads = 0

  return {
    async load(signal) {
      if (loads++ > 0) await backOff.wait({ signal })
      while (true) {
        try {
          return await environment.api.loadChat(chatId, signal)
        } catch (error) {
          if (signal.aborted || !isPassing(error)) throw error
          await backOff.wait({ signal, atLeastMs: error.retryAfterMs })
        }
      }
    },
    reset() {
      loads = 0
      backOff.reset()
    },
  }
}

/** Worth another try: nobody answered, or the server could not just now. */
function isPassing(error: unknown): error is ProblemError {
  if (!(error instanceof ProblemError)) return false
  const { status } = error.problem
  return status === 0 || status === 429 || status >= 500
}
