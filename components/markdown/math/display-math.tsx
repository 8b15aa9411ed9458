'use client'

import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { estimateHeightEm } from './estimate-height'
import { FormulaView } from './formula-view'
import { useOverflowing } from '../use-overflowing'

type DisplayMathProps = {
  tex: string
  /** Whether more of it may come. */
  open?: boolean
}

/** A formula on lines of its own. It keeps the height that it will have, and scrolls inside when it is too wide. */
export function DisplayMath({ tex, open = false }: DisplayMathProps) {
  const t = useTranslations('markdown')
  const box = useRef<HTMLSpanElement>(null)
  const overflowing = useOverflowing(box)
  return (
    <span
      ref={box}
      className="math-display"
      role="group"
      aria-label={t('formula')}
      tabIndex={overflowing ? 0 : undefined}
      style={{ minHeight: `${estimateHeightEm(tex)}em` }}
    >
      <span className="math-content">
        {open ? <span className="math-source">{tex}</span> : <FormulaView tex={tex} display />}
      </span>
    </span>
  )
}
