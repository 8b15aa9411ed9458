import { useTranslations } from 'next-intl'
import { memo, use } from 'react'
import type { Footnote } from '@/shared/markdown/tree'
import { Blocks } from './block-view'
import { FootnoteBackLink, footnoteId } from './footnote-link'
import { IdPrefix } from './markdown-context'

/** A footnote that is referred to more often has no more ways back than these. */
const backLinksMax = 20

export const Footnotes = memo(function Footnotes({ notes }: { notes: readonly Footnote[] }) {
  const t = useTranslations('markdown')
  if (notes.length === 0) return null
  return (
    <section className="footnotes" aria-label={t('footnotes')}>
      <ol>
        {notes.map((note) => (
          <FootnoteView key={note.key} note={note} />
        ))}
      </ol>
    </section>
  )
})

const FootnoteView = memo(function FootnoteView({ note }: { note: Footnote }) {
  const prefix = use(IdPrefix)
  const occurrences = Array.from(
    { length: Math.min(note.references, backLinksMax) },
    (_, index) => index + 1,
  )
  return (
    <li id={footnoteId(prefix, note.number)} value={note.number} tabIndex={-1}>
      <Blocks blocks={note.blocks} />
      <span className="footnote-backs">
        {occurrences.map((occurrence) => (
          <FootnoteBackLink key={occurrence} number={note.number} occurrence={occurrence} />
        ))}
      </span>
    </li>
  )
})
