import { useTranslations } from 'next-intl'
import { memo, Suspense } from 'react'
import { lazyPart } from '@/components/ui/lazy-part'
import type { Alignment, Table, TableRow } from '@/shared/markdown/tree'
import { Inlines } from './inline-view'

const TableActions = lazyPart(() => import('./table-actions'))

/** A table wider than the column scrolls in its own box, by keyboard too. */
export function TableView({ table }: { table: Table }) {
  const t = useTranslations('markdown')
  return (
    <div className="table-box">
      <Suspense fallback={<div className="table-head" />}>
        <TableActions table={table} />
      </Suspense>
      <div className="table-scroller" role="group" aria-label={t('table')} tabIndex={0}>
        <table>
          <thead>
            <HeaderView header={table.header} alignments={table.alignments} />
          </thead>
          <tbody>
            {table.rows.map((group, index) => (
              <RowGroup key={index} group={group} alignments={table.alignments} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

type HeaderProps = { header: TableRow; alignments: readonly Alignment[] }

const HeaderView = memo(function HeaderView({ header, alignments }: HeaderProps) {
  return (
    <tr>
      {header.cells.map((cell, index) => (
        <th key={index} scope="col" data-align={alignments[index]}>
          <Inlines nodes={cell} />
        </th>
      ))}
    </tr>
  )
})

type RowGroupProps = { group: readonly TableRow[]; alignments: readonly Alignment[] }

const RowGroup = memo(function RowGroup({ group, alignments }: RowGroupProps) {
  return group.map((row) => <RowView key={row.key} row={row} alignments={alignments} />)
})

type RowProps = { row: TableRow; alignments: readonly Alignment[] }

/**
 * Cells that a row leaves out at its end are one: else a header of many columns and rows of a letter each would make of a
 * short text a page that nobody can open.
 */
const RowView = memo(function RowView({ row, alignments }: RowProps) {
  const filled = row.cells.findLastIndex((cell) => cell.length > 0) + 1
  const missing = alignments.length - filled
  return (
    <tr>
      {row.cells.slice(0, filled).map((cell, index) => (
        <td key={index} data-align={alignments[index]}>
          <Inlines nodes={cell} />
        </td>
      ))}
      {missing > 0 ? <td colSpan={missing}>{null}</td> : null}
    </tr>
  )
})
