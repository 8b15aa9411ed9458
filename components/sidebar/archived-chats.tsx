'use client'

import { ArrowLeft } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { tabList } from '@/client/chats/tab-list'
import { useShelf } from '@/client/chats/use-chat-list'
import { shelves } from '@/shared/chat/shelf'
import MoreButton from './more-button'
import { ShelfRows } from './shelf-rows'

type ArchivedChatsProps = { openChatId: string | undefined; onPick: () => void; close: () => void }

/** In place of the list: what was put away. Writing on in one of them brings it back. */
export default function ArchivedChats({ close, ...props }: ArchivedChatsProps) {
  const t = useTranslations('organise')
  const archive = useShelf(shelves.archived)

  useEffect(() => {
    // What fails can be tried again at the button below.
    void tabList.loadMore(shelves.archived).catch(() => undefined)
  }, [])

  return (
    <section>
      <div className="flex items-center gap-1 pb-1">
        <button type="button" aria-label={t('backToChats')} onClick={close} className="icon-button">
          <ArrowLeft aria-hidden />
        </button>
        <h2 className="text-sm text-ink">{t('archivedChats')}</h2>
      </div>
      {archive.chats.length === 0 && !archive.hasMore ? (
        <p className="px-2 text-sm text-faint">{t('nothingArchived')}</p>
      ) : null}
      <ShelfRows chats={archive.chats} {...props} />
      {archive.hasMore ? (
        <MoreButton shelf={shelves.archived} loading={archive.loadingMore} />
      ) : null}
    </section>
  )
}
