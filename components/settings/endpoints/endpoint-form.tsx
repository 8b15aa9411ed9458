'use client'

import { useTranslations } from 'next-intl'
import { type SyntheticEvent, useLayoutEffect, useRef } from 'react'
import { ownEndpoints } from '@/client/settings/own-endpoints'
import { type EndpointFields, unsaved } from '@/client/settings/unsaved'
import type { Edit } from '@/client/settings/unsaved-edits'
import { RetryIn } from '@/components/chat/retry-in'
import { Button } from '@/components/ui/button'
import { endpointNameLengthMax, exampleUrl, openAiUrl } from '@/shared/models/endpoint-defaults'
import type { OwnEndpoint, OwnEndpoints } from '@/shared/models/own-endpoint'
import { Choice, Switch } from '../fields'
import { focusInForm } from '../focus-in-form'
import { InputField } from './input-field'
import { useEndpointProblemText } from './use-endpoint-problem-text'

/** Under which what is not saved of a new one is kept. */
export const newId = 'new'

type EndpointFormProps = {
  edited: Edit<EndpointFields, unknown>
  /** The one to change; a new one without. */
  endpoint?: OwnEndpoint
  saved: (next: OwnEndpoints, name: string) => void
  cancel: () => void
}

/** An endpoint being added or changed. It is tried out before it is saved; what went wrong stands at its field. */
export function EndpointForm({ edited, endpoint, saved, cancel }: EndpointFormProps) {
  const t = useTranslations('endpoints')
  const problemText = useEndpointProblemText()
  const form = useRef<HTMLFormElement>(null)
  const id = endpoint?.id ?? newId
  const { kind, name, baseUrl, apiKey, withoutKey } = edited.written
  const problem = edited.failure === undefined ? undefined : problemText(edited.failure)
  const change = (part: Partial<EndpointFields>) => unsaved.models.write(id, part)
  // The button that opened it is gone, and the focus with it.
  useLayoutEffect(() => focusField(form.current, 'address'), [])
  const stored = endpoint && endpoint.key.status !== 'none' ? endpoint.key : undefined

  async function save(event: SyntheticEvent) {
    event.preventDefault()
    const title = name.trim() || nameOf({ kind, baseUrl })
    await unsaved.models.save(id, async () => {
      try {
        saved(await send(title), title)
        return undefined
      } catch (error) {
        focusField(form.current, problemText(error).field ?? 'name')
        return error
      }
    })
  }

  function send(title: string): Promise<OwnEndpoints> {
    const given = { name: title, kind, baseUrl }
    const key = apiKey.trim()
    if (!endpoint) return ownEndpoints.add({ ...given, ...(key && { apiKey: key }) })
    return ownEndpoints.change(endpoint.id, {
      name: title,
      ...(kind !== endpoint.kind && { kind }),
      ...(baseUrl !== endpoint.baseUrl && { baseUrl }),
      ...(key && { apiKey: key }),
      ...(withoutKey && { apiKey: null }),
    })
  }

  function chooseKind(next: OwnEndpoint['kind']) {
    change({ kind: next })
    if (next === 'openai' && baseUrl === '') change({ baseUrl: openAiUrl })
    if (next === 'compatible' && baseUrl === openAiUrl) change({ baseUrl: '' })
  }

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => void save(event)}
      aria-label={endpoint ? t('edit', { name: endpoint.name }) : t('add')}
      className="mt-2 rounded-inside border border-hairline px-3.5 pb-3.5"
    >
      <Choice
        label={t('kind')}
        value={kind}
        choices={[
          { value: 'compatible', label: t('compatible') },
          { value: 'openai', label: t('openai') },
        ]}
        choose={chooseKind}
      />
      <InputField
        name="address"
        label={t('address')}
        hint={kind === 'openai' ? t('addressHintOpenAi') : t('addressHint')}
        value={baseUrl}
        write={(text) => change({ baseUrl: text })}
        type="url"
        placeholder={exampleUrl}
        required
        problem={problem?.field === 'address' ? problem.text : undefined}
      />
      {withoutKey ? null : (
        <InputField
          name="key"
          label={t('key')}
          hint={keyHint()}
          value={apiKey}
          write={(text) => change({ apiKey: text })}
          type="password"
          required={kind === 'openai' && !stored}
          problem={problem?.field === 'key' ? problem.text : undefined}
        />
      )}
      {stored ? (
        <Switch label={t('withoutKey')} on={withoutKey} set={(on) => change({ withoutKey: on })} />
      ) : null}
      <InputField
        name="name"
        label={t('name')}
        hint={t('nameHint')}
        value={name}
        write={(text) => change({ name: text })}
        maxLength={endpointNameLengthMax}
      />
      <div role="alert">
        {problem && !problem.field ? (
          <p className="mt-3 text-sm text-danger">{problem.text}</p>
        ) : null}
      </div>
      {problem?.retryAfterSeconds ? (
        <div className="text-sm">
          <RetryIn seconds={problem.retryAfterSeconds} />
        </div>
      ) : null}
      <div className="mt-3 flex justify-end gap-2">
        <Button shape="quiet" onClick={cancel}>
          {t('cancel')}
        </Button>
        <Button type="submit" shape="primary" aria-disabled={edited.isSaving}>
          {edited.isSaving ? t('testing') : t('save')}
        </Button>
      </div>
    </form>
  )

  function keyHint(): string {
    if (!stored) return kind === 'openai' ? t('keyHintOpenAi') : t('keyHint')
    if (stored.status === 'unreadable') return t('fault.key-unreadable')
    if (originOf(baseUrl) !== originOf(endpoint?.baseUrl ?? '')) return t('keyAgain')
    return stored.end ? t('keyKept', { end: stored.end }) : t('keyKeptShort')
  }
}

function focusField(form: HTMLFormElement | null, name: string): void {
  focusInForm(form?.querySelector<HTMLElement>(`[name="${name}"]`))
}

/** What it is called as long as nobody says. */
function nameOf({ kind, baseUrl }: Pick<OwnEndpoint, 'kind' | 'baseUrl'>): string {
  if (kind === 'openai') return 'OpenAI'
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl.trim()
  return host.slice(0, endpointNameLengthMax) || '?'
}

/** By which the server tells one server from another. */
function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : address
}
