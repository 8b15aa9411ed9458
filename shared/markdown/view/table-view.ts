import type { SourceRow, SourceTable } from '../block/source-block'
import type { Table } from '../tree'
import { createRowView } from './row-view'
import { createSequenceView } from './sequence-view'
import { share } from './share'
import type { Place, Shared, View } from './view'

export function createTableView(
  { key, alignments, header }: SourceTable,
  shared: Shared,
  place: Place,
): View<SourceTable, Table> {
  let read: SourceTable | undefined
  let node: Table | undefined
  let isStale = false
  const markStale = () => {
    isStale = true
    place.markStale()
  }
  const headerView = createRowView(header, shared, { markStale })
  const createRow = (row: SourceRow, child: Place) => createRowView(row, shared, child)
  const rows = createSequenceView(createRow, { markStale })

  return {
    accepts: (source) => source.key === key && source.alignments === alignments,
    update(source) {
      if (node && read === source && !isStale) return node
      isStale = false
      read = source
      const head = headerView.update(source.header)
      const body = rows.update(source.rows)
      const next: Table = { type: 'table', key, alignments, header: head, rows: body }
      node = share(node, next)
      return node
    },
    dispose() {
      rows.dispose()
      headerView.dispose()
    },
  }
}
