import type { SourceRow, SourceTable } from '../block/source-block'
import type { Table } from '../tree'
import { createRowBuilder } from './row-builder'
import { createSequenceBuilder } from './sequence-builder'
import { share } from './share'
import type { Place, Shared, Builder } from './builder'

export function createTableBuilder(
  { key, alignments, header }: SourceTable,
  shared: Shared,
  place: Place,
): Builder<SourceTable, Table> {
  let read: SourceTable | undefined
  let node: Table | undefined
  let isStale = false
  const markStale = () => {
    isStale = true
    place.markStale()
  }
  const headerBuilder = createRowBuilder(header, shared, { markStale })
  const createRow = (row: SourceRow, child: Place) => createRowBuilder(row, shared, child)
  const rows = createSequenceBuilder(createRow, { markStale })

  return {
    accepts: (source) => source.key === key && source.alignments === alignments,
    update(source) {
      if (node && read === source && !isStale) return node
      isStale = false
      read = source
      const head = headerBuilder.update(source.header)
      const body = rows.update(source.rows)
      const next: Table = { type: 'table', key, alignments, header: head, rows: body }
      node = share(node, next)
      return node
    },
    dispose() {
      rows.dispose()
      headerBuilder.dispose()
    },
  }
}
