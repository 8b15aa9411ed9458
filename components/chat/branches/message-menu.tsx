'use client'

import { Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { branchMoves } from '@/client/chat/branch-moves'
import type { ChatSession } from '@/client/chat/chat-session'
import { useModels } from '@/client/models/use-models'
import { useUserSettings } from '@/client/settings/use-user-settings'
import { useShownCatalog } from '@/components/models/use-shown-catalog'
import { MenuContent, MenuItem } from '@/components/ui/menu'
import { showErrorToast, showToast } from '@/components/ui/toast'
import { messageText } from '@/shared/chat/message-text'
import { choicesOf, chosenModels } from '@/shared/models/model-lists'
import { useProblemText } from '../use-problem-text'
import { useMessageMoves } from './moves-context'
import { TextItems } from './text-items'

type MessageMenuProps = { session: ChatSession; messageId: string }

export default function MessageMenu({ session, messageId }: MessageMenuProps) {
  const t = useTranslations('branches')
  const remove = useRemove(session, messageId)
  const message = session.store.message(messageId)
  const isOnly = message?.metadata?.parentId === null && !session.forks.of(messageId)
  return (
    <MenuContent
      align="start"
      onCloseAutoFocus={stayInComposer}
      className="max-h-[min(24rem,var(--radix-dropdown-menu-content-available-height))] max-w-72 overflow-y-auto"
    >
      {message && messageText(message) !== '' ? <TextItems message={message} /> : null}
      {message?.role === 'assistant' ? <AnswerWith messageId={messageId} /> : null}
      <MenuItem
        disabled={isOnly}
        onSelect={() => void remove()}
        className="text-danger data-disabled:text-faint [&_svg]:text-current"
      >
        <Trash2 aria-hidden />
        {isOnly ? t('deleteChatInstead') : t('delete')}
      </MenuItem>
    </MenuContent>
  )
}

/** What was quoted is written on at once. */
function stayInComposer(event: Event): void {
  if (document.activeElement?.id === 'composer') event.preventDefault()
}

/** The same question to any model at hand. */
function AnswerWith({ messageId }: { messageId: string }) {
  const t = useTranslations('branches')
  const { regenerate } = useMessageMoves()
  const catalog = useShownCatalog(useModels().catalog)
  const { favouriteModels, hiddenModels } = useUserSettings()
  const chosen = chosenModels(catalog?.endpoints ?? [], {
    favourites: favouriteModels,
    hidden: hiddenModels,
  })
  const choices = [...chosen.favourites, ...chosen.endpoints.flatMap(choicesOf)]
  const isOfSeveral = new Set(choices.map(({ provider }) => provider)).size > 1
  if (choices.length === 0) return null
  return (
    <div role="group" aria-label={t('answerWith')} className="mb-1 border-b border-hairline pb-1">
      <div aria-hidden className="px-2 py-1.5 text-xs text-faint">
        {t('answerWith')}
      </div>
      {choices.map(({ provider, id, name, endpoint }) => (
        <MenuItem
          key={`${provider} ${id}`}
          onSelect={() => regenerate(messageId, { provider, id })}
          className="h-auto min-h-8 py-1 wrap-anywhere pointer-coarse:min-h-11"
        >
          {name}
          {isOfSeveral ? <span className="text-xs text-faint">{endpoint}</span> : null}
        </MenuItem>
      ))}
    </div>
  )
}

/** Takes a message away with all that follows it, and offers to bring it back. */
function useRemove(session: ChatSession, messageId: string): () => Promise<void> {
  const t = useTranslations('branches')
  const problemText = useProblemText()

  async function restore() {
    const problem = await branchMoves.restore(session, messageId)
    if (problem) showErrorToast(problemText(problem))
  }

  return async () => {
    const problem = await branchMoves.remove(session, messageId)
    if (problem?.code === 'chat-busy') return showErrorToast(t('stopFirst'))
    if (problem) return showErrorToast(problemText(problem))
    document.getElementById('conversation')?.focus({ preventScroll: true })
    showToast(t('deleted'), { action: { label: t('undo'), onClick: () => void restore() } })
  }
}
