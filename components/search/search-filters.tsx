'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useId } from 'react'
import type { SearchWish } from '@/client/search/search-api'
import { useFolders } from '@/client/chats/use-chat-list'
import { useModels } from '@/client/models/use-models'
import { Button } from '@/components/ui/button'

type SearchFiltersProps = { wish: SearchWish; change: (part: Partial<SearchWish>) => void }

const noFilters = {
  from: undefined,
  to: undefined,
  role: undefined,
  model: undefined,
  folder: undefined,
}
const fieldShape =
  'h-8 min-w-0 rounded-inside border border-hairline bg-raised px-2 text-sm text-ink pointer-coarse:h-11 pointer-coarse:text-base'

export function hasFilters({ from, to, role, model, folder }: SearchWish): boolean {
  return Boolean(from ?? to ?? role ?? model ?? folder)
}

export function SearchFilters({ wish, change }: SearchFiltersProps) {
  const t = useTranslations('search')
  const models = useListedModels(wish.model)
  const folders = useListedFolders(wish.folder)
  return (
    <div className="grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
      <DayField label={t('from')} value={wish.from} choose={(from) => change({ from })} />
      <DayField label={t('to')} value={wish.to} choose={(to) => change({ to })} />
      <Choice
        label={t('role')}
        value={wish.role}
        choose={(role) => change({ role })}
        all={t('anyone')}
        options={[
          { value: 'user', name: t('byYou') },
          { value: 'assistant', name: t('byModel') },
        ]}
      />
      <Choice
        label={t('model')}
        value={wish.model}
        choose={(model) => change({ model })}
        all={t('anyModel')}
        options={models}
      />
      {folders.length > 0 ? (
        <Choice
          label={t('folder')}
          value={wish.folder}
          choose={(folder) => change({ folder })}
          all={t('anyFolder')}
          options={folders}
        />
      ) : null}
      {hasFilters(wish) ? (
        <Button shape="quiet" onClick={() => change(noFilters)}>
          {t('clear')}
        </Button>
      ) : null}
    </div>
  )
}

/** What is no longer listed can still be looked for. */
function useListedModels(chosen: string | undefined): { value: string; name: string }[] {
  const { catalog } = useModels()
  const listed = (catalog?.endpoints ?? []).flatMap((endpoint) =>
    endpoint.models.map(({ id, name }) => ({ value: `${endpoint.id}/${id}`, name })),
  )
  const isListed = !chosen || listed.some(({ value }) => value === chosen)
  return isListed ? listed : [...listed, { value: chosen, name: chosen }]
}

/** The address may name one that has been deleted since. */
function useListedFolders(chosen: string | undefined): { value: string; name: string }[] {
  const t = useTranslations('search')
  const listed = useFolders().map(({ id, name }) => ({ value: id, name }))
  const isListed = !chosen || listed.some(({ value }) => value === chosen)
  return isListed ? listed : [...listed, { value: chosen, name: t('folderGone') }]
}

type DayFieldProps = {
  label: string
  value: string | undefined
  choose: (day: string | undefined) => void
}

function DayField({ label, value, choose }: DayFieldProps) {
  return (
    <Labelled label={label}>
      {(id) => (
        <input
          id={id}
          type="date"
          value={value ?? ''}
          onChange={(event) => choose(event.currentTarget.value || undefined)}
          className={fieldShape}
        />
      )}
    </Labelled>
  )
}

type ChoiceProps = {
  label: string
  value: string | undefined
  choose: (value: string | undefined) => void
  all: string
  options: readonly { value: string; name: string }[]
}

function Choice({ label, value, choose, all, options }: ChoiceProps) {
  return (
    <Labelled label={label}>
      {(id) => (
        <select
          id={id}
          value={value ?? ''}
          onChange={(event) => choose(event.currentTarget.value || undefined)}
          className={fieldShape}
        >
          <option value="">{all}</option>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.name}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}

function Labelled({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-xs text-faint">
        {label}
      </label>
      {children(id)}
    </div>
  )
}
