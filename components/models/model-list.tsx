'use client'

import { Check } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useId, useState } from 'react'
import { useUserSettings } from '@/client/settings/use-user-settings'
import type { EndpointInfo, ModelCatalog, ModelRef } from '@/shared/models/model-catalog'
import { chosenModels } from '@/shared/models/model-lists'
import { sameModel } from '@/shared/models/model-ref'
import { classNames } from '@/shared/ui/class-names'
import { useEndpointStatus } from './use-endpoint-status'

type Choice = ModelRef & { name: string }
type ModelListProps = {
  catalog: ModelCatalog | undefined
  selected: readonly ModelRef[]
  /** Whether several can be selected; `choose` is told which one was pressed. */
  isMultiple: boolean
  choose: (model: ModelRef) => void
}

/** A combobox: the search field keeps the focus, the arrows move through the list below it. */
export function ModelList({ catalog, selected, isMultiple, choose }: ModelListProps) {
  const [value] = selected
  const t = useTranslations('models')
  const listId = useId()
  const [query, setQuery] = useState('')
  const { favouriteModels: favourites, hiddenModels: hidden } = useUserSettings()
  const [inUse] = useState(value)
  const shown = chosenModels(catalog?.endpoints ?? [], { favourites, hidden, inUse })
  const endpoints = shown.map((endpoint) => matching(endpoint, query))
  const choices = endpoints.flatMap(choicesOf)
  const [active, setActive] = useState<ModelRef | undefined>(value)
  const current = choices.find((choice) => sameModel(choice, active)) ?? choices[0]

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter' && current && !event.nativeEvent.isComposing) choose(refOf(current))
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step === undefined || choices.length === 0) return
    event.preventDefault()
    const index = choices.findIndex((choice) => sameModel(choice, current))
    const next = choices[(index + step + choices.length) % choices.length]
    setActive(next)
    document.getElementById(optionId(listId, next))?.scrollIntoView({ block: 'nearest' })
  }

  return (
    <>
      <input
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={current ? optionId(listId, current) : undefined}
        aria-label={t('search')}
        placeholder={t('search')}
        autoComplete="off"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={onKeyDown}
        className="h-11 shrink-0 rounded-t-outside border-b border-hairline bg-transparent px-3.5 text-sm outline-none focus:border-river pointer-coarse:text-base"
      />
      <div
        id={listId}
        role="listbox"
        aria-multiselectable={isMultiple}
        aria-label={t('label')}
        className="min-h-0 overflow-y-auto overscroll-contain p-1.5"
      >
        {endpoints.map((endpoint) => (
          <EndpointGroup
            key={endpoint.id}
            endpoint={endpoint}
            listId={listId}
            selected={selected}
            current={current}
            choose={choose}
            searching={query !== ''}
          />
        ))}
      </div>
      {choices.length === 0 && query !== '' ? (
        <p role="status" className="px-3.5 pb-3 text-sm text-soft">
          {t('noMatch')}
        </p>
      ) : null}
    </>
  )
}

type EndpointGroupProps = {
  endpoint: EndpointInfo
  listId: string
  selected: readonly ModelRef[]
  current: Choice | undefined
  choose: (model: ModelRef) => void
  searching: boolean
}

function EndpointGroup({
  endpoint,
  listId,
  selected,
  current,
  choose,
  searching,
}: EndpointGroupProps) {
  const t = useTranslations('models')
  const status = useEndpointStatus(endpoint.status)
  const labelId = useId()
  const isSelected = (choice: Choice) => selected.some((model) => sameModel(model, choice))
  if (searching && endpoint.models.length === 0) return null
  return (
    <div role="group" aria-labelledby={labelId} className="not-first:mt-1.5">
      <div id={labelId} role="presentation" className="px-2 py-1.5 text-xs leading-snug text-faint">
        <span className="font-medium text-soft">{endpoint.name}</span>
        {endpoint.kind === 'demo' ? ` — ${t('demoLabel')}` : null}
        {endpoint.kind === 'local' ? ` · ${t('local')}` : null}
        {status ? <span className="mt-0.5 block text-amber">{status}</span> : null}
      </div>
      {choicesOf(endpoint).map((choice) => (
        <button
          key={choice.id}
          type="button"
          tabIndex={-1}
          id={optionId(listId, choice)}
          role="option"
          aria-selected={isSelected(choice)}
          onClick={() => choose(refOf(choice))}
          className={classNames(
            'flex min-h-8 w-full items-center gap-2 text-left rounded-inside px-2 py-1 text-sm hover-able:bg-wash pointer-coarse:min-h-11',
            sameModel(choice, current) && 'bg-wash',
          )}
        >
          <span className="min-w-0 flex-1 wrap-anywhere">{choice.name}</span>
          {isSelected(choice) ? <Check aria-hidden className="size-4 shrink-0 text-river" /> : null}
        </button>
      ))}
    </div>
  )
}

function matching(endpoint: EndpointInfo, query: string): EndpointInfo {
  const wanted = query.trim().toLowerCase()
  return {
    ...endpoint,
    models: endpoint.models.filter(({ id, name }) =>
      `${name} ${id} ${endpoint.name}`.toLowerCase().includes(wanted),
    ),
  }
}

function choicesOf(endpoint: EndpointInfo): Choice[] {
  return endpoint.models.map(({ id, name }) => ({ provider: endpoint.id, id, name }))
}

function refOf({ provider, id }: Choice): ModelRef {
  return { provider, id }
}

function optionId(listId: string, choice: ModelRef | undefined): string {
  return `${listId}-${choice?.provider}-${choice?.id}`
}
