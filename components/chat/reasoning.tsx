'use client'

import { ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import type { ChatSession } from '@/client/chat/chat-session'
import { useReasoningText } from '@/client/chat/use-chat-session'
import { Markdown } from '@/components/markdown/markdown'
import { classNames } from '@/shared/ui/class-names'
import { Sign } from './sign'
import { useElapsedSeconds } from './use-elapsed-seconds'

type ReasoningProps = {
  session: ChatSession
  messageId: string
  thinking: boolean
  startedAt: number | undefined
  tookMs: number | undefined
}

/** What the model thought before it answered: folded away, its length in seconds on the outside. */
export function Reasoning({ session, messageId, thinking, startedAt, tookMs }: ReasoningProps) {
  const [open, setOpen] = useState(false)
  const contentId = useId()
  return (
    <div className="mb-3">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={contentId}
        onClick={() => setOpen(!open)}
        className="-mx-1.5 flex h-8 items-center gap-1 rounded-inside px-1.5 text-sm text-soft transition-colors hover-able:bg-wash hover-able:text-ink pointer-coarse:h-11"
      >
        <ChevronRight
          aria-hidden
          className={classNames('size-4 transition-transform', open && 'rotate-90 rtl:-rotate-90')}
        />
        <span className="tabular">
          {thinking ? <ThinkingFor startedAt={startedAt} /> : <ThoughtFor tookMs={tookMs} />}
        </span>
        {thinking ? (
          <span className="ms-1.5">
            <Sign />
          </span>
        ) : null}
      </button>
      <div
        id={contentId}
        hidden={!open}
        className="reasoning mt-1 ms-0.5 border-s border-hairline ps-4"
      >
        {open ? <Thoughts session={session} messageId={messageId} thinking={thinking} /> : null}
      </div>
    </div>
  )
}

type ThoughtsProps = Pick<ReasoningProps, 'session' | 'messageId' | 'thinking'>

function Thoughts({ session, messageId, thinking }: ThoughtsProps) {
  return <Markdown text={useReasoningText(session, messageId)} streaming={thinking} />
}

function ThinkingFor({ startedAt }: { startedAt: number | undefined }) {
  const t = useTranslations('chat')
  const seconds = useElapsedSeconds(startedAt)
  return seconds > 0 ? t('thinkingFor', { seconds }) : t('thinking')
}

function ThoughtFor({ tookMs }: { tookMs: number | undefined }) {
  const t = useTranslations('chat')
  return tookMs === undefined
    ? t('thought')
    : t('thoughtFor', { seconds: Math.max(1, Math.round(tookMs / 1_000)) })
}
