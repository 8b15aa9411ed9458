/**
 * Puts TeX into the clipboard where the selection has typeset formulas, of which a browser would copy each sign twice.
 * A formula that is selected in part is copied whole.
 */
export function copyFormulasAsTex(event: ClipboardEvent): void {
  const selection = document.getSelection()
  if (!selection || selection.isCollapsed || !event.clipboardData) return
  const range = wholeFormulas(selection.getRangeAt(0))
  const formulas = formulasIn(range)
  if (formulas.length === 0) return
  event.clipboardData.setData('text/plain', readText({ selection, range, formulas }))
  event.clipboardData.setData('text/html', readHtml(range))
  event.preventDefault()
}

/** What is selected, as it is copied. */
export function selectionWithTex(selection: Selection): string {
  const range = wholeFormulas(selection.getRangeAt(0))
  const formulas = formulasIn(range)
  return formulas.length === 0 ? selection.toString() : readText({ selection, range, formulas })
}

const formulaSelector = '.math-typeset'

function wholeFormulas(selected: Range): Range {
  const range = selected.cloneRange()
  const [first, last] = [formulaAround(range.startContainer), formulaAround(range.endContainer)]
  if (first) range.setStartBefore(first)
  if (last) range.setEndAfter(last)
  return range
}

function formulaAround(node: Node): Element | null {
  return (node instanceof Element ? node : node.parentElement)?.closest(formulaSelector) ?? null
}

function formulasIn(range: Range): Element[] {
  const root = range.commonAncestorContainer
  if (!(root instanceof Element)) return []
  return [...root.querySelectorAll(formulaSelector)].filter((formula) =>
    range.intersectsNode(formula),
  )
}

/** The browser itself says how blocks become lines of text; for this moment the formulas are their sources. */
function readText(options: { selection: Selection; range: Range; formulas: Element[] }): string {
  const { selection, range, formulas } = options
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection
  const sources = formulas.map((formula) => {
    const source = document.createTextNode(sourceOf(formula))
    formula.append(source)
    formula.classList.add('math-copied')
    return source
  })
  selection.removeAllRanges()
  selection.addRange(range)
  const text = selection.toString()
  for (const source of sources) source.remove()
  for (const formula of formulas) formula.classList.remove('math-copied')
  if (anchorNode && focusNode)
    selection.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset)
  return text
}

function readHtml(range: Range): string {
  const fragment = range.cloneContents()
  for (const formula of fragment.querySelectorAll(formulaSelector))
    formula.replaceWith(sourceOf(formula))
  return new XMLSerializer().serializeToString(fragment)
}

function sourceOf(formula: Element): string {
  const tex = formula.querySelector('annotation')?.textContent.trim() ?? ''
  return formula.querySelector('.katex-display') ? `$$${tex}$$` : `$${tex}$`
}
