import type { SourceRow } from '../block/source-block'
import { parseInline } from '../inline/parse-inline'
import type { TableCell, TableRow } from '../tree'
import { findReferences, withNumbers, type Site } from './footnote-numbers'
import { share, shareItems } from './share'
import type { Place, Shared, Builder } from './builder'

type Cell = { readonly text: string; readonly open: boolean; readonly inlines: TableCell }

/** A table’s row; a cell is read again only when its own text has changed. */
export function createRowBuilder(
  { key }: SourceRow,
  { registry, numbers }: Shared,
  { markStale }: Place,
): Builder<SourceRow, TableRow> {
  let read: SourceRow | undefined
  let cells: readonly Cell[] = []
  let site: Site | undefined
  let node: TableRow | undefined
  let isStale = false
  const renumber = () => {
    isStale = true
    markStale()
  }
  const restart = () => {
    cells = []
    renumber()
  }
  const watcher = { onChange: restart }
  const references = registry.referencesFor(watcher)

  function readCell(text: string, open: boolean, index: number): Cell {
    const before = cells[index]
    if (before?.text === text && before.open === open) return before
    return { text, open, inlines: parseInline(text, { references, open }) }
  }

  function updateSite(): void {
    if (site) numbers.remove(site)
    const found = findReferences(cells.flatMap((cell) => cell.inlines))
    site =
      found.length === 0 ? undefined : { key, references: found, numbers: [], onChange: renumber }
    if (site) numbers.add(site)
  }

  return {
    accepts: (source) => source.key === key,
    update(source) {
      if (node && read === source && !isStale) return node
      const next = source.cells.map((text, index) =>
        readCell(text, index === source.openCell, index),
      )
      const isRead = next.some((cell, index) => cell !== cells[index])
      cells = next
      read = source
      if (isRead) updateSite()
      isStale = false
      const shown = numberedCells(cells, site)
      node = share(node, { key, cells: node ? shareItems(node.cells, shown) : shown })
      return node
    },
    dispose() {
      registry.forget(watcher)
      if (site) numbers.remove(site)
    },
  }
}

function numberedCells(cells: readonly Cell[], site: Site | undefined): readonly TableCell[] {
  if (!site) return cells.map((cell) => cell.inlines)
  const numbers = site.numbers.values()
  return cells.map((cell) => withNumbers(cell.inlines, numbers))
}
