import 'server-only'

/** Where the engines differ in what a column is called. */
export type ColumnTypes = {
  json: 'text' | 'jsonb'
  /** A number that rows are found by. In SQLite only this very name makes it the one that full-text search knows. */
  rowKey: 'integer' | 'bigint'
  /** How words are found: in a table of their own, or in a column. */
  textSearch: 'fts5' | 'tsvector'
}

export const sqliteColumnTypes: ColumnTypes = {
  json: 'text',
  rowKey: 'integer',
  textSearch: 'fts5',
}
export const postgresColumnTypes: ColumnTypes = {
  json: 'jsonb',
  rowKey: 'bigint',
  textSearch: 'tsvector',
}
