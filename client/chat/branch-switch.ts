import type { ChatDetail } from '@/shared/chat/chat-summary'
import type { Problem } from '@/shared/errors/problem'
import { problemOf } from '../api/http'
import type { Turn } from './turn'

export type BranchSwitch = {
  /** Whether another branch is on its way. */
  readonly isUnderWay: boolean
  /** Shows what `load` brings; of two switches the later one counts. Answers what stood in the way. */
  to: (load: (signal: AbortSignal) => Promise<ChatDetail>) => Promise<Problem | undefined>
}

/** Leads to another branch of a chat, one at a time. */
export function createBranchSwitch(options: {
  turn: () => Turn | undefined
  show: (detail: ChatDetail) => Promise<void>
  /** A turn was begun meanwhile: it is on the branch that the server has selected by now. */
  onOvertaken: () => void
}): BranchSwitch {
  const { turn, show, onOvertaken } = options
  let current: AbortController | undefined

  async function go(load: Parameters<BranchSwitch['to']>[0], signal: AbortSignal): Promise<void> {
    const before = turn()
    const detail = await load(signal)
    if (signal.aborted) return
    current = undefined
    const now = turn()
    if (now && now !== before) onOvertaken()
    else await show(detail)
  }

  return {
    get isUnderWay() {
      return current !== undefined
    },
    async to(load) {
      current?.abort()
      const { signal } = (current = new AbortController())
      try {
        await go(load, signal)
        return undefined
      } catch (error) {
        if (signal.aborted) return undefined
        current = undefined
        return problemOf(error)
      }
    },
  }
}
