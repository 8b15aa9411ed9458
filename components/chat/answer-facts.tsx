import { useFormatter, useTranslations } from 'next-intl'
import type { MessageMetadata } from '@/shared/chat/message'

type AnswerFactsProps = { metadata: MessageMetadata | undefined; modelName: string | undefined }

/** Who answered, how much, how long: small, in figures of one width. */
export function AnswerFacts({ metadata, modelName }: AnswerFactsProps) {
  const t = useTranslations('chat')
  const format = useFormatter()
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
    <p className="tabular flex min-w-0 items-center text-xs text-faint" title={usageText()}>
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
  )

  function usageText(): string | undefined {
    const input = metadata?.usage?.inputTokens
    if (input === undefined || output === undefined) return undefined
    return t('usage', { input: format.number(input), output: format.number(output) })
  }
}
