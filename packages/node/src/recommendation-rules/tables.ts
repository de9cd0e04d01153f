import { type Generated, sql } from 'kysely'
import type { Migrations } from '../db/migration.ts'

export interface RecommendationRulesTables {
  recommendation_rules: {
    tenant_id: Generated<number>
    id: string
    /** What the rule says, JSON. */
    data: string
    updated_at: number
  }
  /** One row a tenant, once anything was set. */
  recommendation_settings: {
    tenant_id: Generated<number>
    /** JSON. */
    data: string
    /** Grows with each change of settings or rules. */
    revision: number
  }
}

export const recommendationRulesMigrations: Migrations = {
  async '2026-11-24-04-recommendation-rules'({ dialect, tenantTable }) {
    const bigint = sql.raw(dialect.types.bigint)
    await tenantTable('recommendation_rules', (table) =>
      dialect
        .clustered(table)
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('data', 'text', (column) => column.notNull())
        .addColumn('updated_at', bigint, (column) => column.notNull())
        .addPrimaryKeyConstraint('recommendation_rules_pk', ['tenant_id', 'id'] as never),
    )
    await tenantTable('recommendation_settings', (table) =>
      dialect
        .clustered(table)
        .addColumn('data', 'text', (column) => column.notNull())
        .addColumn('revision', bigint, (column) => column.notNull())
        .addPrimaryKeyConstraint('recommendation_settings_pk', ['tenant_id'] as never),
    )
  },
}
