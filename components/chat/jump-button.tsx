import { ArrowDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState, useSyncExternalStore } from 'react'
import type { ChatSession } from '@/client/chat/chat-session'
import { useMessageIds, useSessionPhase } from '@/client/chat/use-chat-session'
import { IconButton } from '@/components/ui/icon-button'
import type { FollowLatest } from './scroll/follow-latest'

type JumpButtonProps = { follow: FollowLatest; session: ChatSession }

/** Leads to the end while that is out of sight, and has a dot when something has come there since. */
export function JumpButton({ follow, session }: JumpButtonProps) {
  const t = useTranslations('chat')
  const isBelow = useSyncExternalStore(follow.subscribe, follow.isBelow, () => false)
  const hasNew = useHasNew(isBelow, session)
  if (!isBelow) return null
  return (
    <div className="pointer-events-none absolute inset-x-0 -top-12 flex justify-center">
      <IconButton
        label={hasNew ? t('jumpToNew') : t('jumpToLatest')}
        tooltipSide="top"
        onClick={follow.jump}
        className="appear pointer-events-auto relative rounded-full border border-hairline bg-raised shadow-lift"
      >
        <ArrowDown aria-hidden />
        {hasNew ? (
          <span className="absolute top-0 inset-e-0 size-2 rounded-full bg-river" aria-hidden />
        ) : null}
      </IconButton>
    </div>
  )
}

/** Whether anything was added, or written on, since the end went out of sight. */
function useHasNew(isBelow: boolean, session: ChatSession): boolean {
  const lastId = useMessageIds(session).at(-1)
  const isWriting = useSessionPhase(session) !== 'idle'
  const [seen, setSeen] = useState({ lastId, hasNew: false })
  const hasNew = isBelow && (seen.hasNew || isWriting || lastId !== seen.lastId)
  if (!isBelow && (seen.hasNew || lastId !== seen.lastId)) setSeen({ lastId, hasNew: false })
  if (hasNew && !seen.hasNew) setSeen({ ...seen, hasNew: true })
  return hasNew
}
