'use client'

import { ArrowLeft, Search } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import { isComposing } from '@/components/chat/is-composing'
import { useLiveSearch } from '@/components/search/use-live-search'
import { IconButton } from '@/components/ui/icon-button'
import { queryLengthMax } from '@/shared/search/search-query'
import { PaletteOption } from './palette-option'
import { usePaletteGroups } from './use-palette-groups'

const messagesShown = 8

type PaletteSearchProps = { close: () => void; toggleSidebar: () => void }

/** A combobox: the focus stays in the field, the arrows move through what it offers. */
export function PaletteSearch({ close, toggleSidebar }: PaletteSearchProps) {
  const t = useTranslations('palette')
  const search = useTranslations('search')
  const shortcuts = useTranslations('shortcuts')
  const listId = useId()
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  const { live, found } = useLiveSearch(messagesShown)
  const groups = usePaletteGroups({ query: query.trim(), found, close, toggleSidebar })
  const options = groups.flatMap((group) => group.options)
  const at = Math.min(active, options.length - 1)
  const activeId = options[at] && `${listId}-${options[at].id}`

  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' })
  }, [activeId])

  function type(text: string) {
    setQuery(text)
    setActive(0)
    live.wish({ q: text })
  }

  function onKeyDown(event: KeyboardEvent) {
    if (isComposing(event)) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      setActive((at + step + options.length) % Math.max(1, options.length))
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      options[at]?.run()
    }
  }

  return (
    <>
      <div className="flex shrink-0 items-center gap-2 border-b border-hairline px-3">
        <IconButton label={shortcuts('close')} onClick={close} className="-ms-1 sm:hidden">
          <ArrowLeft aria-hidden />
        </IconButton>
        <Search aria-hidden className="size-4 shrink-0 text-faint max-sm:hidden" />
        <input
          role="combobox"
          aria-label={t('label')}
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={activeId}
          aria-autocomplete="list"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="go"
          maxLength={queryLengthMax}
          placeholder={t('placeholder')}
          value={query}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none sm:text-[0.9375rem]"
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-2">
        <div role="listbox" id={listId} aria-label={t('label')}>
          {groups.map((group) => (
            <div key={group.name} role="group" aria-label={group.name} className="not-first:mt-3">
              <p aria-hidden className="px-2 pb-1 text-xs text-faint">
                {group.name}
              </p>
              {group.options.map((option) => {
                const id = `${listId}-${option.id}`
                return (
                  <PaletteOption
                    key={option.id}
                    id={id}
                    option={option}
                    active={id === activeId}
                    point={() => setActive(options.indexOf(option))}
                  />
                )
              })}
            </div>
          ))}
        </div>
        <State query={query.trim()} found={found} />
      </div>
      <p className="hidden shrink-0 border-t border-hairline px-4 py-2 text-xs text-faint sm:block">
        {t('hint')}
      </p>
      <p role="status" className="sr-only">
        {found.results ? search('count', { count: countOf(found) }) : ''}
      </p>
    </>
  )
}

type Found = ReturnType<typeof useLiveSearch>['found']

function State({ query, found }: { query: string; found: Found }) {
  const t = useTranslations('search')
  const text = stateText()
  return text ? <p className="px-2 py-3 text-sm text-soft">{text}</p> : null

  function stateText(): string | undefined {
    if (query === '') return undefined
    if (found.status === 'failed') return t('failed')
    if (found.status === 'waiting' && !found.results) return t('searching')
    if (found.status !== 'done' || countOf(found) > 0) return undefined
    return `${t('nothing', { query })} ${found.results?.isIndexing ? t('indexing') : t('nothingHint')}`
  }
}

function countOf({ results }: Found): number {
  return (results?.chats.length ?? 0) + (results?.messages.length ?? 0)
}
