'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useChatList } from '@/client/chats/use-chat-list'
import { Button } from '@/components/ui/button'
import { ChatGroups } from './chat-groups'

type ChatListProps = { openChatId: string | undefined; onPick: () => void }

export function ChatList({ openChatId, onPick }: ChatListProps) {
  const t = useTranslations('sidebar')
  const list = useChatList()
  return (
    <nav
      aria-label={t('label')}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 py-3"
    >
      {list.chats.length === 0 ? (
        <p className="px-2 text-sm text-faint">{t('empty')}</p>
      ) : (
        <ChatGroups chats={list.chats} openChatId={openChatId} onPick={onPick} />
      )}
      {list.hasMore ? <More /> : null}
    </nav>
  )
}

/** Loads on when it comes into sight, and by hand where scrolling is not how one reads. */
function More() {
  const t = useTranslations('sidebar')
  const list = useChatList()
  const [failed, setFailed] = useState(false)

  async function load() {
    try {
      await list.loadMore()
      setFailed(false)
    } catch {
      setFailed(true)
    }
  }

  function watch(button: HTMLButtonElement | null) {
    if (!button) return
    const sight = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting && !failed) void load()
      },
      { rootMargin: '200px' },
    )
    sight.observe(button)
    return () => sight.disconnect()
  }

  return (
    <>
      {failed ? (
        <p role="alert" className="mt-3 px-2 text-xs text-danger">
          {t('loadFailed')}
        </p>
      ) : null}
      <Button
        ref={watch}
        shape="quiet"
        className="mt-3 justify-start px-2 text-xs font-normal text-faint"
        aria-busy={list.loadingMore}
        onClick={() => void load()}
      >
        {list.loadingMore ? t('loading') : t('more')}
      </Button>
    </>
  )
}
