'use client'

import { useFormatter, useTranslations } from 'next-intl'
import type { ReactNode, RefObject } from 'react'
import { useUsage } from '@/client/settings/use-usage'
import { useOpenChatId } from '@/components/shell/use-open-chat-id'
import { PopoverAbove } from '@/components/ui/popover-above'
import { useCostText } from '@/components/usage/use-cost-text'
import type { MessageMetadata } from '@/shared/chat/message'
import { tokensPerSecond } from '@/shared/usage/tokens-per-second'
import type { UsageReport } from '@/shared/usage/usage-report'

type AnswerDetailsProps = {
  metadata: MessageMetadata
  /** Above which it stands, and which gets the focus back. */
  button: RefObject<HTMLButtonElement | null>
  open: boolean
  setOpen: (open: boolean) => void
}

/** What an answer used, how long it took and what it cost; and its whole chat. */
export default function AnswerDetails({ metadata, button, open, setOpen }: AnswerDetailsProps) {
  const t = useTranslations('usage')
  return (
    <PopoverAbove
      button={button}
      open={open}
      setOpen={setOpen}
      label={t('ofAnswer')}
      distance={6}
      className="appear z-40 w-[min(18rem,calc(100vw-1.5rem))] rounded-outside border border-hairline bg-raised px-4 py-3 text-sm shadow-float outline-none"
    >
      <Figures metadata={metadata} />
    </PopoverAbove>
  )
}

const tenths = { minimumFractionDigits: 1, maximumFractionDigits: 1 }

function Figures({ metadata: { usage, timing, runId = '' } }: { metadata: MessageMetadata }) {
  const t = useTranslations('usage')
  const format = useFormatter()
  const chatId = useOpenChatId() ?? ''
  const ofRun = useUsage({ run: runId })
  const ofChat = useUsage({ chat: chatId })
  const count = (tokens: number | undefined) =>
    tokens === undefined ? undefined : format.number(tokens)
  const seconds = (ms: number | undefined) =>
    ms === undefined ? undefined : t('seconds', { seconds: format.number(ms / 1_000, tenths) })
  const speed = tokensPerSecond(usage, timing)
  return (
    <dl className="tabular">
      <Figure name={t('input')}>{count(usage?.inputTokens)}</Figure>
      <Figure name={t('cached')}>{count(usage?.cachedInputTokens)}</Figure>
      <Figure name={t('output')}>{count(usage?.outputTokens)}</Figure>
      <Figure name={t('reasoning')}>{count(usage?.reasoningTokens)}</Figure>
      <Figure name={t('firstToken')}>{seconds(timing?.firstTokenMs)}</Figure>
      <Figure name={t('duration')}>{seconds(timing?.durationMs)}</Figure>
      <Figure name={t('speed')}>
        {speed && t('tokensPerSecond', { speed: format.number(speed, tenths) })}
      </Figure>
      <CostFigure name={t('cost')} report={ofRun} />
      <CostFigure name={t('chatCost')} report={ofChat} />
    </dl>
  )
}

/** An answer from before costs were counted has none to show. */
function CostFigure({
  name,
  report,
}: {
  name: string
  report: UsageReport | 'failed' | undefined
}) {
  const costText = useCostText()
  if (typeof report !== 'object' || report.total.answers === 0) return null
  return <Figure name={name}>{costText(report.total.cost)}</Figure>
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  if (children === undefined) return null
  return (
    <div className="flex items-baseline justify-between gap-4 py-1">
      <dt className="text-soft">{name}</dt>
      <dd className="text-end">{children}</dd>
    </div>
  )
}
