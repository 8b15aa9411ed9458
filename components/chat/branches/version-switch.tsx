'use client'

import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { flushSync } from 'react-dom'
import { branchMoves } from '@/client/chat/branch-moves'
import type { ChatSession } from '@/client/chat/chat-session'
import { IconButton } from '@/components/ui/icon-button'
import { showErrorToast } from '@/components/ui/toast'
import { useConversation } from '../history/conversation-context'
import { useProblemText } from '../use-problem-text'

type Way = 'previous' | 'next'
type VersionSwitchProps = {
  session: ChatSession
  messageId: string
  /** All of the message’s versions, oldest first. */
  versions: readonly string[]
}

/** `‹ 2/3 ›`: the version that comes stands where this one stood, and the button that was used keeps the focus. */
export default function VersionSwitch({ session, messageId, versions }: VersionSwitchProps) {
  const t = useTranslations('branches')
  const problemText = useProblemText()
  const conversation = useConversation()
  const positionId = useId()
  const at = versions.indexOf(messageId)

  async function go(way: Way) {
    const to = versions[at + (way === 'next' ? 1 : -1)]
    if (to === undefined) return
    const below = conversation.belowEdge(messageId)
    const problem = await branchMoves.select(session, to)
    if (problem) showErrorToast(problemText(problem))
    // The version is drawn by then, and the frame is not painted yet.
    else requestAnimationFrame(() => arriveAt(to, way, below))
  }

  function arriveAt(to: string, way: Way, below: number | undefined) {
    // Far from the end it stands as its text, without a button, until it is gone to.
    flushSync(() => conversation.goTo(to, below))
    const message = document.querySelector(`[data-message-id="${CSS.escape(to)}"]`)
    message?.querySelector<HTMLElement>(`[data-way="${way}"]`)?.focus({ preventScroll: true })
  }

  function button(way: Way) {
    const isLast = way === 'next' ? at === versions.length - 1 : at === 0
    return (
      <IconButton
        label={t(way)}
        data-way={way}
        aria-describedby={positionId}
        aria-disabled={isLast}
        onClick={() => void go(way)}
        className="size-6 pointer-coarse:size-11 aria-disabled:text-faint aria-disabled:opacity-50 [&_svg]:size-4"
      >
        {way === 'next' ? <ChevronRight aria-hidden /> : <ChevronLeft aria-hidden />}
      </IconButton>
    )
  }

  return (
    <span role="group" aria-label={t('versions')} className="flex items-center">
      {button('previous')}
      <span id={positionId} className="tabular min-w-7 text-center text-xs text-soft">
        <span aria-hidden>{`${at + 1}/${versions.length}`}</span>
        <span className="sr-only">{t('position', { at: at + 1, count: versions.length })}</span>
      </span>
      {button('next')}
    </span>
  )
}
