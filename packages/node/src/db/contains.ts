import { type RawBuilder, sql } from 'kysely'

/** Whether a column contains a text, whose own wildcards mean themselves; case does not count (on SQLite, that of ASCII). */
export function contains(column: string, text: string): RawBuilder<boolean> {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  return sql<boolean>`lower(${sql.ref(column)}) like lower(${pattern}) escape '\\'`
}
