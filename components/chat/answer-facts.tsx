'use client'

import { Info } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { Suspense, useRef, useState } from 'react'
import { IconButton } from '@/components/ui/icon-button'
import { lazyPart } from '@/components/ui/lazy-part'
import type { MessageMetadata } from '@/shared/chat/message'

const AnswerDetails = lazyPart(() => import('./answer-details'))

type AnswerFactsProps = { metadata: MessageMetadata | undefined; modelName: string | undefined }

/** Who answered, how much, how long: small, in figures of one width. The rest of it on demand. */
export function AnswerFacts({ metadata, modelName }: AnswerFactsProps) {
  const t = useTranslations('chat')
  const format = useFormatter()
  const button = useRef<HTMLButtonElement>(null)
  const [details, setDetails] = useState<'unused' | 'open' | 'closed'>('unused')
  const open = details === 'open'
  const output = metadata?.usage?.outputTokens
  const duration = metadata?.timing?.durationMs
  const facts = [
    modelName,
    output === undefined ? undefined : t('tokens', { count: output }),
    duration === undefined
      ? undefined
      : t('seconds', {
          seconds: format.number(duration / 1_000, {
            maximumFractionDigits: 1,
            minimumFractionDigits: 1,
          }),
        }),
  ].filter((fact) => fact !== undefined)
  return (
    <div className="flex min-w-0 items-center gap-1">
      <p className="tabular flex min-w-0 items-center text-xs text-faint">
        {facts.map((fact, index) => (
          <span
            key={index}
            className={
              index === 0 ? 'truncate' : "whitespace-nowrap before:mx-1.5 before:content-['·']"
            }
          >
            {fact}
          </span>
        ))}
      </p>
      {metadata?.runId ? (
        <IconButton
          ref={button}
          label={t('facts')}
          aria-haspopup="dialog"
          aria-expanded={open}
          onClick={() => setDetails(open ? 'closed' : 'open')}
          className="[&_svg]:size-3.5"
        >
          <Info aria-hidden />
        </IconButton>
      ) : null}
      {metadata && details !== 'unused' ? (
        <Suspense>
          <AnswerDetails
            metadata={metadata}
            button={button}
            open={open}
            setOpen={(next) => setDetails(next ? 'open' : 'closed')}
          />
        </Suspense>
      ) : null}
    </div>
  )
}
