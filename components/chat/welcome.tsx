'use client'

import { Hourglass, RefreshCw } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { openSettings } from '@/client/settings/settings-address'
import { useEndpointProblem } from '@/components/models/use-endpoint-status'
import { modelName } from '@/components/models/model-name'
import { temporaryChatAddress } from '@/components/palette/open-address'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import type { EndpointInfo, ModelCatalog, ModelRef } from '@/shared/models/model-catalog'
import { Suggestions } from './suggestions'

type WelcomeProps = {
  catalog: ModelCatalog | undefined
  model: ModelRef | undefined
  ask: (text: string) => void
  rescan: () => void
  scanning: boolean
}

/** An empty chat: a greeting, a few ways to begin, and which model is at hand. */
export default function Welcome({ catalog, model, ask, rescan, scanning }: WelcomeProps) {
  const t = useTranslations('welcome')
  const isTemporary = useSearchParams().has('temporary')
  const endpoint = catalog?.endpoints.find(({ id }) => id === model?.provider)
  const demo = endpoint?.kind === 'demo'
  const prompts = demo
    ? [t('demoPrompt1'), t('demoPrompt2'), t('demoPrompt3'), t('demoPrompt4')]
    : [t('prompt1'), t('prompt2'), t('prompt3'), t('prompt4')]
  return (
    <div className="flex flex-1 flex-col justify-center pt-4 pb-[8vh]">
      <h1 className="text-[1.75rem] leading-tight font-medium tracking-[-0.022em] text-balance [&:lang(zh)]:tracking-normal">
        {isTemporary ? t('temporaryGreeting') : t('greeting')}
      </h1>
      {isTemporary ? (
        <p className="mt-2.5 text-[0.9375rem] leading-relaxed text-pretty text-soft">
          {t('temporaryNote')}
        </p>
      ) : null}
      {endpoint && !demo ? (
        <p className="mt-2.5 text-[0.9375rem] text-soft">
          {t('ready', { model: modelName(catalog, model) ?? '', endpoint: endpoint.name })}
        </p>
      ) : null}
      <Problems endpoints={catalog?.endpoints ?? []} />
      <Suggestions label={t('prompts')} prompts={prompts} ask={ask} />
      <TemporarySwitch isTemporary={isTemporary} />
      {demo ? (
        <DemoWaysOut takesOwn={catalog?.takesOwn === true} rescan={rescan} scanning={scanning} />
      ) : null}
    </div>
  )
}

/** Between a chat that is kept and one that is not. What is written already goes along. */
function TemporarySwitch({ isTemporary }: { isTemporary: boolean }) {
  const t = useTranslations('welcome')

  function change() {
    window.history.replaceState(null, '', isTemporary ? '/' : temporaryChatAddress)
  }

  return (
    <Button shape="quiet" onClick={change} className="mt-4 -ms-3 self-start text-soft">
      <Hourglass aria-hidden className="size-3.5" />
      {isTemporary ? t('keepChat') : t('temporary')}
    </Button>
  )
}

function Problems({ endpoints }: { endpoints: EndpointInfo[] }) {
  const troubled = endpoints.filter(({ status }) => status !== 'ready')
  if (troubled.length === 0) return null
  return (
    <ul className="mt-4 grid gap-1.5 text-sm">
      {troubled.map((endpoint) => (
        <Problem key={endpoint.id} endpoint={endpoint} />
      ))}
    </ul>
  )
}

function Problem({ endpoint }: { endpoint: EndpointInfo }) {
  const text = useEndpointProblem(endpoint)
  return <li className="border-s-2 border-amber ps-3 wrap-anywhere text-soft">{text}</li>
}

type DemoWaysOutProps = Pick<WelcomeProps, 'rescan' | 'scanning'> & { takesOwn: boolean }

function DemoWaysOut({ takesOwn, rescan, scanning }: DemoWaysOutProps) {
  const t = useTranslations('welcome')
  return (
    <section className="mt-8 rounded-outside border border-hairline bg-sunk p-4 text-sm sm:p-5">
      <h2 className="font-medium">{t('demo')}</h2>
      <p className="mt-1 leading-relaxed text-soft">{t('demoNote')}</p>
      <div className="mt-4 grid gap-x-8 gap-y-4 sm:grid-cols-2">
        <WayOut title={t('keyTitle')} text={t('keyText')} line="OPENAI_API_KEY=sk-…" />
        <WayOut title={t('localTitle')} text={t('localText')} line="ollama run qwen3" />
      </div>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button onClick={rescan} disabled={scanning}>
          <RefreshCw aria-hidden className="size-3.5" />
          {scanning ? t('looking') : t('lookAgain')}
        </Button>
        {takesOwn ? <Button onClick={() => openSettings('models')}>{t('addOwn')}</Button> : null}
      </div>
    </section>
  )
}

function WayOut({ title, text, line }: { title: string; text: string; line: string }) {
  const t = useTranslations('chat')
  return (
    <div className="flex min-w-0 flex-col">
      <h3 className="font-medium">{title}</h3>
      <p className="mt-0.5 mb-2 leading-relaxed text-soft">{text}</p>
      <div className="mt-auto flex items-center justify-between rounded-inside border border-hairline bg-raised py-0.5 ps-3 pe-0.5">
        <code className="overflow-x-auto font-mono text-[0.8125rem] whitespace-nowrap">{line}</code>
        <CopyButton label={t('copy')} text={() => line.replace('…', '')} />
      </div>
    </div>
  )
}
