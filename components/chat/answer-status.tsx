import { CloudOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { SessionPhase } from '@/client/chat/session-phase'
import type { AnswerState } from '@/shared/chat/answer-state'
import { Sign } from './sign'

type AnswerStatusProps = { state: AnswerState; phase: SessionPhase; modelName: string | undefined }

/** The line under an answer that is being written: what is going on. As high as the row of actions that follows it. */
export function AnswerStatus({ state, phase, modelName }: AnswerStatusProps) {
  const t = useTranslations('chat')
  return (
    <p
      className="mt-1 flex min-h-8 items-center gap-2.5 text-sm text-faint pointer-coarse:min-h-11"
      data-state={phase}
    >
      {phase === 'offline' ? (
        <CloudOff aria-hidden className="size-4 shrink-0 text-amber" />
      ) : (
        <Sign />
      )}
      <span>{text()}</span>
    </p>
  )

  function text(): string {
    if (phase === 'offline') return t('offline')
    if (phase === 'reconnecting') return t('reconnecting')
    if (state === 'thinking') return t('thinking')
    if (state === 'answering') return t('answering')
    return modelName ? t('waiting', { model: modelName }) : t('waitingAnyone')
  }
}
