'use client'

import { useLayoutEffect, useRef } from 'react'
import { type Formula, useTypesetter } from './use-typesetter'

/** A formula, typeset as soon as that is possible, and until then as its source. */
export function FormulaView({ tex, display }: Formula) {
  const node = useTypesetter()?.({ tex, display })
  return node ? <TypesetFormula node={node} /> : <span className="math-source">{tex}</span>
}

/** React knows nothing of what is inside, which does not change and would be two hundred elements to compare. */
function TypesetFormula({ node }: { node: Element }) {
  const place = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    place.current?.replaceChildren(node.cloneNode(true))
  }, [node])
  return <span ref={place} className="math-typeset" />
}
