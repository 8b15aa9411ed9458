'use client'

import { useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { Suspense, useEffect, useState } from 'react'
import { openChatSession } from '@/client/chat/chat-sessions'
import { newChatId } from '@/client/chat/new-chat-id'
import { shownList } from '@/client/chats/shown-list'
import { useListedChat } from '@/client/chats/use-chat-list'
import { Header } from '@/components/shell/header'
import { useOpenChatId } from '@/components/shell/use-open-chat-id'
import { lazyPart } from '@/components/ui/lazy-part'
import type { ChatDetail } from '@/shared/chat/chat-summary'
import { isTemporaryChat, temporaryChatId } from '@/shared/chat/temporary-chat'
import type { Preset } from '@/shared/presets/preset'
import { ChatView } from './chat-view'

const TemporarySign = lazyPart(() => import('./temporary/temporary-sign'))

type ChatStageProps = {
  seed?: ChatDetail | undefined
  /** What a new chat is to begin with. */
  preset?: Preset | undefined
  lengthMax: number
}

/**
 * Shows the chat that the pathname names, or a new one under an id made here. Its session holds all there is to show;
 * what the server rendered only seeds it. So a new chat gets its address without being drawn again, and going from
 * chat to chat cuts no stream.
 */
export function ChatStage({ seed: pageSeed, preset, lengthMax }: ChatStageProps) {
  const openId = useOpenChatId()
  const wantsTemporary = useSearchParams().has('temporary')
  const [draft, setDraft] = useState(() => ({ id: newChatId(), opened: false }))
  const chatId = openId ?? (wantsTemporary ? temporaryChatId(draft.id) : draft.id)
  const isNew = chatId.endsWith(draft.id)
  if (openId !== undefined && isNew && !draft.opened) setDraft({ ...draft, opened: true })
  if (openId === undefined && draft.opened) setDraft({ id: newChatId(), opened: false })

  const seed = pageSeed?.id === chatId ? pageSeed : undefined
  const session = openChatSession(chatId, seed)
  const title = useTitle(openId, seed)
  return (
    <main data-chat-stage className="flex min-h-0 flex-1 flex-col">
      {isTemporaryChat(chatId) ? (
        <Header>
          <Suspense>
            <TemporarySign key={chatId} session={session} />
          </Suspense>
        </Header>
      ) : (
        <Header title={title} />
      )}
      <ChatView
        key={isNew ? draft.id : chatId}
        session={session}
        isNew={isNew}
        preset={preset}
        hasAddress={openId !== undefined}
        lengthMax={lengthMax}
      />
    </main>
  )
}

/** The open chat’s title, and the window’s: the list knows it best, for it hears of changes. */
function useTitle(openId: string | undefined, seed: ChatDetail | undefined): string | undefined {
  const app = useTranslations('app')
  const listed = useListedChat(openId)
  const title = openId === undefined ? undefined : (listed?.title ?? seed?.title ?? '')
  useEffect(() => {
    if (seed && !isTemporaryChat(seed.id)) shownList.learn(seed)
  }, [seed])
  const windowTitle = title ? `${title} — ${app('name')}` : app('name')
  useEffect(() => {
    document.title = windowTitle
  }, [windowTitle])
  return title
}
