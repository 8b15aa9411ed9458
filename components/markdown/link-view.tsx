import { useTranslations } from 'next-intl'
import { type ReactNode, use } from 'react'
import { type SafeUrl, safeUrl } from '@/shared/markdown/safe-url'
import { InPageLink } from './in-page-link'
import { InsideLink } from './markdown-context'

type LinkViewProps = {
  url: string
  /** What its children show. */
  text: string
  children: ReactNode
}

/** A link that says where it leads: its host stands beside a text that does not name it. */
export function LinkView({ url, text, children }: LinkViewProps) {
  const isInside = use(InsideLink)
  const content = <InsideLink value>{children}</InsideLink>
  if (isInside) return content
  if (/^#./.test(url)) return <InPageLink target={decoded(url.slice(1))}>{content}</InPageLink>
  const safe = safeUrl(url)
  if (!safe) return <span>{children}</span>
  return (
    <OutwardLink url={safe} namesHost={namesHost(safe, text)}>
      {content}
    </OutwardLink>
  )
}

type OutwardLinkProps = { url: SafeUrl; namesHost: boolean; children: ReactNode }

function OutwardLink({ url, namesHost: isNamed, children }: OutwardLinkProps) {
  const t = useTranslations('markdown')
  return (
    <a href={url.href} target="_blank" rel="noopener noreferrer nofollow" title={url.href}>
      {children}
      {isNamed ? null : (
        <span className="link-host" aria-hidden>
          {url.host}
        </span>
      )}
      <span className="sr-only"> ({t('opensElsewhere', { host: url.host })})</span>
    </a>
  )
}

function namesHost(url: SafeUrl, text: string): boolean {
  return url.href.includes(text.trim().replace(/\/$/, '')) && text.includes(url.host)
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}
