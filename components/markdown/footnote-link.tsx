import { useTranslations } from 'next-intl'
import { use } from 'react'
import { InPageLink } from './in-page-link'
import { IdPrefix, InsideLink } from './markdown-context'

type FootnoteLinkProps = { number: number; occurrence: number }

/** Leads from the text to its footnote. */
export function FootnoteLink({ number, occurrence }: FootnoteLinkProps) {
  const t = useTranslations('markdown')
  const prefix = use(IdPrefix)
  if (use(InsideLink)) return <sup>{number}</sup>
  return (
    <sup>
      <InPageLink
        id={referenceId(prefix, number, occurrence)}
        target={footnoteId(prefix, number)}
        aria-label={t('footnote', { number })}
      >
        {number}
      </InPageLink>
    </sup>
  )
}

/** Leads from a footnote back to where the text refers to it. */
export function FootnoteBackLink({ number, occurrence }: FootnoteLinkProps) {
  const t = useTranslations('markdown')
  const prefix = use(IdPrefix)
  return (
    <InPageLink
      className="footnote-back"
      target={referenceId(prefix, number, occurrence)}
      aria-label={t('backToText', { number, occurrence })}
    >
      ↩{occurrence > 1 ? <sup>{occurrence}</sup> : null}
    </InPageLink>
  )
}

export function footnoteId(prefix: string, number: number): string {
  return `${prefix}-footnote-${number}`
}

function referenceId(prefix: string, number: number, occurrence: number): string {
  return `${prefix}-reference-${number}-${occurrence}`
}
