import { useTranslations } from 'next-intl'
import type { ComponentProps } from 'react'
import type { ExtraProps } from 'streamdown'
import { safeUrl } from '@/shared/markdown/safe-url'
import { plainText } from './plain-text'

/** A link that says where it leads: its host stands beside a text that does not name it. */
export function MarkdownLink({ href, children, id, className }: ComponentProps<'a'> & ExtraProps) {
  const t = useTranslations('markdown')
  if (href?.startsWith('#')) {
    return (
      <a href={href} id={id} className={className}>
        {children}
      </a>
    )
  }
  const url = safeUrl(href)
  if (!url) return <span>{children}</span>
  const namesHost =
    url.href.includes(plainText(children).trim().replace(/\/$/, '')) &&
    plainText(children).includes(url.host)
  return (
    <a href={url.href} target="_blank" rel="noopener noreferrer nofollow" title={url.href}>
      {children}
      {namesHost ? null : (
        <span className="link-host" aria-hidden>
          {url.host}
        </span>
      )}
      <span className="sr-only"> ({t('opensElsewhere', { host: url.host })})</span>
    </a>
  )
}
