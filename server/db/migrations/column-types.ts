import 'server-only'

/** Where the engines differ in what a column is called. */
export type ColumnTypes = { json: 'text' | 'jsonb' }

export const sqliteColumnTypes: ColumnTypes = { json: 'text' }
export const postgresColumnTypes: ColumnTypes = { json: 'jsonb' }
