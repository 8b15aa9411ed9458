'use client'

import { DisplayMath } from './display-math'
import { FormulaView } from './formula-view'
import type { Formula } from './use-typesetter'

/** A formula in a line of text, or between two of them. */
export function InlineMath({ tex, display }: Formula) {
  return display ? <DisplayMath tex={tex} /> : <FormulaView tex={tex} display={false} />
}
