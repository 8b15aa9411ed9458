import { useTranslations } from 'next-intl'
import { MessagePage } from './message-page'

type SetupNeededProps = {
  missing: readonly ('DATABASE_URL' | 'SESSION_SECRET' | 'REDIS_URL')[]
  mistakes: readonly string[]
}

/** Says which settings a deployment needs before it can keep what people write. */
export function SetupNeeded({ missing, mistakes }: SetupNeededProps) {
  const t = useTranslations('setup')
  return (
    <MessagePage
      title={t('title')}
      text={mistakes.length > 0 ? t('mistakesText') : t('missingText')}
    >
      <dl className="grid w-full gap-4 border-t border-hairline pt-4 text-sm">
        {missing.map((name) => (
          <div key={name}>
            <dt className="font-mono text-[0.8125rem]">{name}</dt>
            <dd className="mt-0.5 text-soft">{t(name)}</dd>
          </div>
        ))}
        {mistakes.map((mistake) => (
          <div key={mistake}>
            <dd className="font-mono text-[0.8125rem] wrap-anywhere">{mistake}</dd>
          </div>
        ))}
      </dl>
    </MessagePage>
  )
}
