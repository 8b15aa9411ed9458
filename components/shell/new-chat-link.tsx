import Link from 'next/link'
import { useTranslations } from 'next-intl'

export function NewChatLink() {
  const t = useTranslations('pages')
  return (
    <Link
      href="/"
      className="inline-flex h-8 items-center rounded-inside border border-hairline bg-raised px-3 text-sm font-medium transition-colors hover-able:bg-wash pointer-coarse:h-11"
    >
      {t('toNewChat')}
    </Link>
  )
}
