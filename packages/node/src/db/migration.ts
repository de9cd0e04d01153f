import type { CreateTableBuilder, Kysely } from 'kysely'
import { sql } from 'kysely'
import type { Dialect } from './dialect.ts'

/** What a migration works with: the same code for both databases. */
export interface MigrationContext {
  readonly db: Kysely<never>
  readonly dialect: Dialect
  /** Creates a table whose rows belong to tenants: adds `tenant_id`, and row-level security where there is such a thing. */
  tenantTable(
    name: string,
    // biome-ignore lint/suspicious/noExplicitAny: a table under construction has columns of no fixed type.
    build: (table: CreateTableBuilder<any, any>) => CreateTableBuilder<any, any>,
  ): Promise<void>
}

/** Steps by name. Names sort in the order in which the steps happen: `2026-11-21-orders`. A released step never changes. */
export type Migrations = Readonly<Record<string, (context: MigrationContext) => Promise<void>>>

export function migrationContext(db: Kysely<never>, dialect: Dialect): MigrationContext {
  return {
    db,
    dialect,
    async tenantTable(name, build) {
      const table = db.schema
        .createTable(name)
        .addColumn('tenant_id', sql.raw(dialect.types.bigint), (column) => column.notNull())
      await build(table).execute()
      await dialect.isolate(db, name)
    },
  }
}
