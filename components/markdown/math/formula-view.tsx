'use client'

import { useLayoutEffect, useRef } from 'react'
import { type Formula, useTypesetter } from './use-typesetter'

/** A formula, typeset as soon as that is possible. Until then it is its source, and for ever if it cannot be. */
export function FormulaView({ tex, display }: Formula) {
  const typeset = useTypesetter()
  const node = typeset ? typeset({ tex, display }) : 'waiting'
  if (node === 'waiting') return <span className="math-source math-waiting">{tex}</span>
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
