import { render } from 'katex'
import 'katex/contrib/mhchem'
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

/** Ready when the common fonts are there, or cannot be had. */
export async function openTypesetter(): Promise<Typeset> {
  await Promise.allSettled(commonFonts.map(loadFont))
  document.addEventListener('copy', copyFormulasAsTex)
  return typeset
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
