import { useTranslations } from 'next-intl'

const shape =
  'fixed top-2 inset-s-2 z-50 -translate-y-20 rounded-inside bg-ink px-3 py-2 text-sm text-paper focus:translate-y-0'

export function SkipLinks() {
  const t = useTranslations('app')
  return (
    <nav aria-label={t('skip')}>
      <a href="#conversation" className={shape}>
        {t('skipToConversation')}
      </a>
      <a href="#composer" className={shape}>
        {t('skipToComposer')}
      </a>
    </nav>
  )
}
