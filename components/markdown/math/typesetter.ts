import { render } from 'katex'
import 'katex/dist/katex-swap.min.css'
import { createRecentCache } from '../recent-cache'
import { copyFormulasAsTex } from './copy-formulas'
import { expansionsOf } from './formula-bounds'
import type { Formula, Typeset } from './use-typesetter'

const formulasMax = 500
const sizeMaxEm = 30

/** With these nearly every formula stands as it stays; the other fonts come when a formula needs them. */
const commonFonts = ['KaTeX_Main', 'KaTeX_Math', 'KaTeX_Size1', 'KaTeX_Size2']

const results = createRecentCache<{ element: Element | undefined }>({
  sizeMax: formulasMax,
})

const chemistry = /\\(?:ce|pu)(?![a-zA-Z])/
let addingChemistry: Promise<void> | undefined

/**
 * Tells how to typeset when the common fonts are there, or cannot be had; and once more when the first formula of
 * chemistry has brought what those take.
 */
export async function openTypesetter(tell: (typeset: Typeset) => void): Promise<void> {
  await Promise.allSettled(commonFonts.map(loadFont))
  document.addEventListener('copy', copyFormulasAsTex)
  tell((formula) => {
    if (!chemistry.test(formula.tex)) return typeset(formula)
    addingChemistry ??= addChemistry(tell)
    return 'waiting'
  })
}

async function addChemistry(tell: (typeset: Typeset) => void): Promise<void> {
  try {
    await import('katex/contrib/mhchem')
    tell(typeset)
  } catch {
    // The network is away: the sources stay, and the next formula tries again.
    addingChemistry = undefined
  }
}

function loadFont(family: string) {
  return document.fonts.load(`${family === 'KaTeX_Math' ? 'italic ' : ''}1em ${family}`)
}

function typeset(formula: Formula): Element | undefined {
  const key = `${formula.display ? 'display' : 'inline'} ${formula.tex}`
  const result = results.get(key) ?? { element: build(formula) }
  results.set(key, result)
  return result.element
}

/** Elements and text that KaTeX builds. Whatever it throws, a full stack included, leaves the formula as its source. */
function build({ tex, display }: Formula): Element | undefined {
  const maxExpand = expansionsOf(tex)
  if (maxExpand === undefined) return undefined
  const parent = document.createElement('span')
  try {
    render(tex, parent, {
      displayMode: display,
      errorColor: 'currentColor',
      maxExpand,
      maxSize: sizeMaxEm,
      strict: 'ignore',
      throwOnError: true,
      trust: false,
    })
  } catch {
    return undefined
  }
  return parent.firstElementChild ?? undefined
}
