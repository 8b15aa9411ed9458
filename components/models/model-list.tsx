'use client'

import { Check } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useId, useState } from 'react'
import { useUserSettings } from '@/client/settings/use-user-settings'
import type { EndpointInfo, ModelCatalog, ModelRef } from '@/shared/models/model-catalog'
import { choicesOf, chosenModels, isListed, type ModelChoice } from '@/shared/models/model-lists'
import { sameModel } from '@/shared/models/model-ref'
import { classNames } from '@/shared/ui/class-names'
import { useEndpointStatus } from './use-endpoint-status'

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
  const [inUse] = useState(selected)
  const chosen = chosenModels(catalog?.endpoints ?? [], { favourites, hidden, inUse })
  const groups: { label: string; endpoint?: EndpointInfo; choices: ModelChoice[] }[] = [
    { label: t('favourites'), choices: chosen.favourites },
    ...chosen.endpoints.map((endpoint) => ({
      endpoint,
      label: endpoint.name,
      choices: choicesOf(endpoint),
    })),
  ].map((group) => ({ ...group, choices: group.choices.filter(matching(query)) }))
  const choices = groups.flatMap((group) => group.choices)
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
        {groups.map((group) =>
          group.choices.length === 0 && (query !== '' || !group.endpoint) ? null : (
            <Group
              key={group.endpoint?.id ?? ''}
              {...group}
              listId={listId}
              selected={selected}
              current={current}
              choose={choose}
            />
          ),
        )}
      </div>
      {choices.length === 0 && query !== '' ? (
        <p role="status" className="px-3.5 pb-3 text-sm text-soft">
          {t('noMatch')}
        </p>
      ) : null}
    </>
  )
}

type GroupProps = {
  label: string
  /** None for what stands there from several. */
  endpoint?: EndpointInfo
  choices: ModelChoice[]
  listId: string
  selected: readonly ModelRef[]
  current: ModelChoice | undefined
  choose: (model: ModelRef) => void
}

function Group({ label, endpoint, choices, listId, selected, current, choose }: GroupProps) {
  const labelId = useId()
  const isSelected = (choice: ModelChoice) => isListed(selected, choice)
  return (
    <div role="group" aria-labelledby={labelId} className="not-first:mt-1.5">
      <div id={labelId} role="presentation" className="px-2 py-1.5 text-xs leading-snug text-faint">
        <span className="font-medium text-soft">{label}</span>
        {endpoint ? <EndpointNote endpoint={endpoint} /> : null}
      </div>
      {choices.map((choice) => (
        <button
          key={`${choice.provider} ${choice.id}`}
          type="button"
          tabIndex={-1}
          id={optionId(listId, choice)}
          role="option"
          aria-selected={isSelected(choice)}
          onClick={() => choose(refOf(choice))}
          className={classNames(
            'flex min-h-8 w-full items-center gap-2 text-start rounded-inside px-2 py-1 text-sm hover-able:bg-wash pointer-coarse:min-h-11',
            sameModel(choice, current) && 'bg-wash',
          )}
        >
          <span className="min-w-0 flex-1 wrap-anywhere">{choice.name}</span>
          {endpoint ? null : <span className="text-xs text-faint">{choice.endpoint}</span>}
          {isSelected(choice) ? <Check aria-hidden className="size-4 shrink-0 text-river" /> : null}
        </button>
      ))}
    </div>
  )
}

function EndpointNote({ endpoint }: { endpoint: EndpointInfo }) {
  const t = useTranslations('models')
  const status = useEndpointStatus(endpoint)
  return (
    <>
      {endpoint.kind === 'demo' ? ` — ${t('demoLabel')}` : null}
      {endpoint.kind === 'local' ? ` · ${t('local')}` : null}
      {status ? <span className="mt-0.5 block text-amber">{status}</span> : null}
    </>
  )
}

function matching(query: string): (choice: ModelChoice) => boolean {
  const wanted = query.trim().toLowerCase()
  return ({ id, name, endpoint }) => `${name} ${id} ${endpoint}`.toLowerCase().includes(wanted)
}

function refOf({ provider, id }: ModelChoice): ModelRef {
  return { provider, id }
}

function optionId(listId: string, choice: ModelRef | undefined): string {
  return `${listId}-${choice?.provider}-${choice?.id}`
}
