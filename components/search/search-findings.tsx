'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type MouseEvent, type ReactNode } from 'react'
import type { SearchSnapshot } from '@/client/search/live-search'
import type { SearchWish } from '@/client/search/search-api'
import { messageAddress } from '@/components/palette/open-address'
import { Button } from '@/components/ui/button'
import { FoundChat, FoundMessage } from './found-line'
import { markWords } from './mark-words'
import { hasFilters } from './search-filters'

type SearchFindingsProps = {
  wish: SearchWish
  found: SearchSnapshot
  more: () => void
  again: () => void
}

export function SearchFindings({ wish, found, more, again }: SearchFindingsProps) {
  const t = useTranslations('search')
  const { status, results } = found
  if (wish.q.trim() === '') return <Note text={t('empty')} hint={t('emptyHint')} />
  if (status === 'failed' && !results)
    return (
      <div role="alert">
        <Note text={t('failed')} />
        <Button className="mt-3" onClick={again}>
          {t('tryAgain')}
        </Button>
      </div>
    )
  if (!results) return <Note text={t('searching')} />

  const count = results.chats.length + results.messages.length
  return (
    <div aria-busy={status === 'waiting'} className={status === 'waiting' ? 'opacity-60' : ''}>
      <p role="status" className="sr-only">
        {t('count', { count })}
      </p>
      {count === 0 ? (
        <Note
          text={t('nothing', { query: found.wish?.q ?? '' })}
          hint={hasFilters(wish) ? t('nothingFiltered') : t('nothingHint')}
        />
      ) : null}
      <Group name={t('chats')} isShown={results.chats.length > 0}>
        {results.chats.map((chat) => (
          <Row key={chat.chatId} address={`/c/${chat.chatId}`}>
            <FoundChat chat={chat} />
          </Row>
        ))}
      </Group>
      <Group name={t('messages')} isShown={results.messages.length > 0}>
        {results.messages.map((message) => (
          <Row
            key={`${message.chatId} ${message.messageId}`}
            address={messageAddress(message)}
            onOpen={() => markWords(message.messageId, found.wish?.q ?? '')}
          >
            <FoundMessage message={message} />
          </Row>
        ))}
      </Group>
      {results.nextCursor ? <More loading={found.loadingMore} more={more} /> : null}
      {results.isIndexing ? <p className="mt-4 text-xs text-faint">{t('indexing')}</p> : null}
    </div>
  )
}

function Note({ text, hint }: { text: string; hint?: string }) {
  return (
    <div className="py-4">
      <p className="text-soft">{text}</p>
      {hint ? <p className="mt-1 text-sm text-faint">{hint}</p> : null}
    </div>
  )
}

function Group({
  name,
  isShown,
  children,
}: {
  name: string
  isShown: boolean
  children: ReactNode
}) {
  if (!isShown) return null
  return (
    <section aria-label={name} className="not-first:mt-5">
      <h2 className="pb-1 text-xs text-faint">{name}</h2>
      <ul className="divide-y divide-hairline">{children}</ul>
    </section>
  )
}

type RowProps = { address: `/c/${string}`; onOpen?: () => void; children: ReactNode }

/** A link as any other, for other tabs; a plain click stays on the page. */
function Row({ address, onOpen, children }: RowProps) {
  const router = useRouter()

  function follow(event: MouseEvent) {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return
    event.preventDefault()
    router.push(address)
    onOpen?.()
  }

  return (
    <li>
      <a
        href={address}
        onClick={follow}
        className="-mx-2 block rounded-inside px-2 py-1.5 transition-colors hover-able:bg-wash"
      >
        {children}
      </a>
    </li>
  )
}

/** Loads on when it comes into sight, and by hand where scrolling is not how one reads. */
function More({ loading, more }: { loading: boolean; more: () => void }) {
  const t = useTranslations('search')

  function watch(button: HTMLButtonElement | null) {
    if (!button) return
    const sight = new IntersectionObserver(([entry]) => entry?.isIntersecting && more(), {
      rootMargin: '300px',
    })
    sight.observe(button)
    return () => sight.disconnect()
  }

  return (
    <Button ref={watch} shape="quiet" className="mt-3" aria-busy={loading} onClick={more}>
      {loading ? t('loading') : t('more')}
    </Button>
  )
}
