'use client'

import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import type { SearchWish } from '@/client/search/search-api'
import { Header } from '@/components/shell/header'
import { queryLengthMax } from '@/shared/search/search-query'
import { SearchFilters } from './search-filters'
import { SearchFindings } from './search-findings'
import { useLiveSearch } from './use-live-search'
import { useWishInAddress } from './use-wish-in-address'

/** All that was found, narrowed down as one likes. The address has the search in it, so it can be kept and sent. */
export function SearchPage() {
  const t = useTranslations('search')
  const [wish, setWish] = useWishInAddress()
  const { live, found } = useLiveSearch()
  useEffect(() => live.wish(wish), [live, wish])

  function change(part: Partial<SearchWish>) {
    setWish({ ...wish, ...part })
  }

  return (
    <main className="flex min-h-0 flex-1 flex-col">
      <Header title={t('title')} />
      <div id="conversation" tabIndex={-1} className="min-h-0 flex-1 overflow-y-auto outline-none">
        <div className="mx-auto flex w-full max-w-column flex-col gap-4 px-4 pt-1 pb-16 sm:px-6">
          <input
            ref={focusOnDesktops}
            type="search"
            id="composer"
            aria-label={t('label')}
            placeholder={t('placeholder')}
            autoComplete="off"
            enterKeyHint="search"
            maxLength={queryLengthMax}
            value={wish.q}
            onChange={(event) => change({ q: event.currentTarget.value })}
            className="h-12 w-full rounded-outside border border-hairline bg-raised px-4 text-base shadow-lift outline-offset-0"
          />
          <SearchFilters wish={wish} change={change} />
          <SearchFindings
            wish={wish}
            found={found}
            more={live.more}
            again={() => live.wish(wish)}
          />
        </div>
      </div>
    </main>
  )
}

function focusOnDesktops(field: HTMLInputElement | null): void {
  if (field && window.matchMedia('(pointer: fine)').matches) field.focus({ preventScroll: true })
}
