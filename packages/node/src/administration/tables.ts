import { type Generated, sql } from 'kysely'
import type { Migrations } from '../db/migration.ts'

export interface AdministrationTables {
  /** What administrators did to people, so that it can be undone for a while. */
  user_changes: {
    tenant_id: Generated<number>
    id: string
    user_id: string
    kind: 'update' | 'remove'
    actor_id: string
    at: number
    /** JSON: what was changed, as it was before and after. */
    before: string
    after: string
    undone_at: number | null
  }
  /** Whom an import invited. */
  user_imports: {
    tenant_id: Generated<number>
    job_id: string
    user_id: string
  }
  /** Roles of a tenant's own. */
  tenant_roles: {
    tenant_id: Generated<number>
    name: string
    description: string
    /** JSON array. */
    permissions: string
    updated_at: number
  }
}

export const administrationMigrations: Migrations = {
  async '2026-11-22-05-administration'({ db, dialect, tenantTable }) {
    const bigint = sql.raw(dialect.types.bigint)
    await tenantTable('user_changes', (table) =>
      table
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('user_id', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('actor_id', 'text', (column) => column.notNull())
        .addColumn('at', bigint, (column) => column.notNull())
        .addColumn('before', 'text', (column) => column.notNull())
        .addColumn('after', 'text', (column) => column.notNull())
        .addColumn('undone_at', bigint),
    )
    await db.schema.createIndex('user_changes_by_user').on('user_changes').columns(['tenant_id', 'user_id']).execute()
    await tenantTable('user_imports', (table) =>
      table
        .addColumn('job_id', 'text', (column) => column.notNull())
        .addColumn('user_id', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('user_imports_pk', ['tenant_id', 'job_id', 'user_id'] as never),
    )
    await tenantTable('tenant_roles', (table) =>
      table
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('description', 'text', (column) => column.notNull())
        .addColumn('permissions', 'text', (column) => column.notNull())
        .addColumn('updated_at', bigint, (column) => column.notNull())
        .addPrimaryKeyConstraint('tenant_roles_pk', ['tenant_id', 'name'] as never),
    )
  },
}
