'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import type { ChatSession } from '@/client/chat/chat-session'
import { useSessionPhase } from '@/client/chat/use-chat-session'
import { messageText } from '@/shared/chat/message-text'
import { estimateTokens } from '@/shared/context/estimate-tokens'

const everyMs = 1_000
/** Seconds that are looked back on: a burst is no speed. */
const samplesMax = 5

/** About how fast the answer is being written just now; the exact figure stands in its details when it is done. */
export function LiveSpeed({ session }: { session: ChatSession }) {
  const isStreaming = useSessionPhase(session) === 'streaming'
  return isStreaming ? <Speed session={session} /> : null
}

function Speed({ session }: { session: ChatSession }) {
  const t = useTranslations('context')
  const format = useFormatter()
  const [samples, setSamples] = useState<readonly number[]>([])

  useEffect(() => {
    const timer = setInterval(
      () => setSamples((earlier) => [...earlier, tokensOf(session)].slice(-samplesMax - 1)),
      everyMs,
    )
    return () => clearInterval(timer)
  }, [session])

  const [first = 0] = samples
  const seconds = ((samples.length - 1) * everyMs) / 1_000
  if (seconds < 1) return null
  const speed = ((samples.at(-1) ?? 0) - first) / seconds
  return (
    <p className="tabular mt-2 text-soft">
      {t('speed', { speed: format.number(Math.max(0, speed), { maximumFractionDigits: 0 }) })}
    </p>
  )
}

function tokensOf({ store }: ChatSession): number {
  const message = store.message(store.messageIds.at(-1) ?? '')
  return message?.role === 'assistant' ? estimateTokens(messageText(message)) : 0
}
