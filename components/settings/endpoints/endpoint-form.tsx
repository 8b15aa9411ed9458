'use client'

import { useTranslations } from 'next-intl'
import { type SyntheticEvent, useLayoutEffect, useRef, useState } from 'react'
import { ownEndpoints } from '@/client/settings/own-endpoints'
import { RetryIn } from '@/components/chat/retry-in'
import { Button } from '@/components/ui/button'
import { endpointNameLengthMax, exampleUrl, openAiUrl } from '@/shared/models/endpoint-defaults'
import type { OwnEndpoint, OwnEndpoints } from '@/shared/models/own-endpoint'
import { Choice, Switch } from '../fields'
import { InputField } from './input-field'
import { useEndpointProblemText } from './use-endpoint-problem-text'

type EndpointFormProps = {
  /** The one to change; a new one without. */
  endpoint?: OwnEndpoint
  saved: (next: OwnEndpoints, name: string) => void
  cancel: () => void
}

/** An endpoint being added or changed. It is tried out before it is saved; what went wrong stands at its field. */
export function EndpointForm({ endpoint, saved, cancel }: EndpointFormProps) {
  const t = useTranslations('endpoints')
  const problemText = useEndpointProblemText()
  const form = useRef<HTMLFormElement>(null)
  const [kind, setKind] = useState(endpoint?.kind ?? 'compatible')
  const [name, setName] = useState(endpoint?.name ?? '')
  const [baseUrl, setBaseUrl] = useState(endpoint?.baseUrl ?? '')
  const [apiKey, setApiKey] = useState('')
  const [withoutKey, setWithoutKey] = useState(false)
  const [testing, setTesting] = useState(false)
  const [problem, setProblem] = useState<ReturnType<typeof problemText>>()
  // The button that opened it is gone, and the focus with it.
  useLayoutEffect(() => focusField(form.current, 'address'), [])
  const stored = endpoint && endpoint.key.status !== 'none' ? endpoint.key : undefined

  async function save(event: SyntheticEvent) {
    event.preventDefault()
    if (testing) return
    setTesting(true)
    setProblem(undefined)
    try {
      const title = name.trim() || nameOf({ kind, baseUrl })
      saved(await send(title), title)
    } catch (error) {
      const found = problemText(error)
      setTesting(false)
      setProblem(found)
      focusField(form.current, found.field ?? 'name')
    }
  }

  function send(title: string): Promise<OwnEndpoints> {
    const given = { name: title, kind, baseUrl }
    const key = apiKey.trim()
    if (!endpoint) return ownEndpoints.add({ ...given, ...(key && { apiKey: key }) })
    const change = {
      name: title,
      ...(kind !== endpoint.kind && { kind }),
      ...(baseUrl !== endpoint.baseUrl && { baseUrl }),
      ...(key && { apiKey: key }),
      ...(withoutKey && { apiKey: null }),
    }
    return ownEndpoints.change(endpoint.id, change)
  }

  function chooseKind(next: OwnEndpoint['kind']) {
    setKind(next)
    if (next === 'openai' && baseUrl === '') setBaseUrl(openAiUrl)
    if (next === 'compatible' && baseUrl === openAiUrl) setBaseUrl('')
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
        write={setBaseUrl}
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
          write={setApiKey}
          type="password"
          required={kind === 'openai' && !stored}
          problem={problem?.field === 'key' ? problem.text : undefined}
        />
      )}
      {stored ? <Switch label={t('withoutKey')} on={withoutKey} set={setWithoutKey} /> : null}
      <InputField
        name="name"
        label={t('name')}
        hint={t('nameHint')}
        value={name}
        write={setName}
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
        <Button type="submit" shape="primary" aria-disabled={testing}>
          {testing ? t('testing') : t('save')}
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
  form?.querySelector<HTMLElement>(`[name="${name}"]`)?.focus()
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
