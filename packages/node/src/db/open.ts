import { Kysely, type QueryResult, sql, type Transaction } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { LRUCache } from 'lru-cache'
import { sqliteFile } from './address.ts'
import { type BulkInsert, type Dialect, type Engine, postgresDialect, sqliteDialect } from './dialect.ts'
import { groupCommit, type RunTransaction } from './group-commit.ts'
import { type Migrations, migrationContext } from './migration.ts'
import { ALL_TENANTS, grantToApplication, postgresPool } from './postgres.ts'
import type { Schema } from './schema.ts'
import { nodeSqliteDialect } from './sqlite.ts'
import { type Bind, binder, type Statement, TENANT } from './statement.ts'
import { TenantPlugin } from './tenant-plugin.ts'

const CACHED_HANDLES = 1_000

/** One tenant's view of the database. It cannot express a query that reaches another tenant's rows. */
export interface TenantDb {
  readonly tenantId: number
  /** Queries, each narrowed to the tenant; inserts leave `tenant_id` out. */
  readonly query: Kysely<Schema>
  /** Runs a statement that was built before; for what is done at every sign-in or request. */
  run<Values extends object, Row>(statement: Statement<Values, Row>, values: Values): Promise<QueryResult<Row>>
  /** Runs `work` in one transaction: all of it happens, or nothing. */
  transaction<T>(work: (tx: TenantDb) => Promise<T>): Promise<T>
  /** Takes `count` numbers out of a sequence, for good. */
  reserve(sequence: string, count: number): Promise<number[]>
  /** Writes many rows fast; `values` are theirs, row after row. Returns how many were written. */
  insertMany(spec: BulkInsert, values: readonly unknown[]): Promise<number>
}

export interface Database {
  readonly engine: Engine
  /** Sees all tenants. For migrations, job runners, look-ups by key and backups; handlers get a `TenantDb`. */
  readonly system: Kysely<Schema>
  readonly dialect: Dialect
  tenant(tenantId: number): TenantDb
  /** Brings the schema up to date; returns the steps that were applied. Safe to call from several processes at once. */
  migrate(migrations: Migrations): Promise<string[]>
  /** Round trip of one trivial query, in ms. */
  ping(): Promise<number>
  close(): Promise<void>
}

/**
 * Opens `sqlite:<file>`, a bare file path, `:memory:`, or `postgres://…`. Nothing is read or created before the first
 * query. Throws where the address is of no kind that it knows.
 */
export function openDatabase(url: string): Database {
  const file = sqliteFile(url)
  return file === null ? openPostgres(url) : openSqlite(file)
}

function openSqlite(file: string): Database {
  const system = new Kysely<Schema>({ dialect: nodeSqliteDialect(file) })
  const together = groupCommit(system)
  const bind = binder(system.withPlugin(new TenantPlugin(TENANT)))
  const tenant = (tenantId: number): TenantDb => {
    const plugin = new TenantPlugin(tenantId)
    return tenantDb(tenantId, system.withPlugin(plugin), { dialect: sqliteDialect, bind }, (work) =>
      together((tx) => work(tx.withPlugin(plugin) as Transaction<Schema>)),
    )
  }
  return assemble(system, sqliteDialect, tenant, () => system.destroy())
}

function openPostgres(url: string): Database {
  const pool = postgresPool(url)
  const handle = (scope: string) => new Kysely<Schema>({ dialect: pool.dialect(scope) })
  const system = handle(ALL_TENANTS)
  const bind = binder(system.withPlugin(new TenantPlugin(TENANT)))
  const tenant = (tenantId: number): TenantDb => {
    const query = handle(String(tenantId)).withPlugin(new TenantPlugin(tenantId))
    return tenantDb(tenantId, query, { dialect: postgresDialect, bind }, (work) => query.transaction().execute(work))
  }
  return assemble(system, postgresDialect, tenant, pool.end)
}

function assemble(
  system: Kysely<Schema>,
  dialect: Dialect,
  open: (tenantId: number) => TenantDb,
  close: () => Promise<void>,
): Database {
  const handles = new LRUCache<number, TenantDb>({ max: CACHED_HANDLES })
  return {
    engine: dialect.engine,
    system,
    dialect,
    tenant(tenantId) {
      const known = handles.get(tenantId)
      if (known) return known
      const handle = open(tenantId)
      handles.set(tenantId, handle)
      return handle
    },
    migrate: (migrations) => migrate(system, dialect, migrations),
    async ping() {
      const start = performance.now()
      await sql`select 1`.execute(system)
      return performance.now() - start
    },
    close,
  }
}

interface EngineParts {
  readonly dialect: Dialect
  readonly bind: Bind
}

function tenantDb(tenantId: number, query: Kysely<Schema>, engine: EngineParts, run: RunTransaction): TenantDb {
  const { dialect, bind } = engine
  const raw = query as unknown as Kysely<never>
  return {
    tenantId,
    query,
    run: (statement, values) => query.executeQuery(bind(statement, tenantId, values)),
    // Within a transaction there is one already: what is done in it joins.
    transaction: (work) => run((tx) => work(tenantDb(tenantId, tx, engine, (inner) => inner(tx)))),
    reserve: (sequence, count) => dialect.reserve(raw, sequence, count),
    insertMany: (spec, values) => dialect.bulkInsert(raw, spec, tenantId, values),
  }
}

async function migrate(system: Kysely<Schema>, dialect: Dialect, migrations: Migrations): Promise<string[]> {
  const steps = Object.entries(migrations).map(([name, step]): [string, Migration] => [
    name,
    { up: (db) => step(migrationContext(db as unknown as Kysely<never>, dialect)) },
  ])
  const migrator = new Migrator({
    db: system,
    provider: { getMigrations: async () => Object.fromEntries(steps) },
    // A domain that is added later may carry an earlier date than one that was added before.
    allowUnorderedMigrations: true,
  })
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error) {
    const failed = results.find(({ status }) => status === 'Error')?.migrationName ?? 'reading the migrations'
    throw new Error(`The database could not be brought up to date (${failed})`, { cause: error })
  }
  if (dialect.engine === 'postgres') await grantToApplication(system as unknown as Kysely<never>)
  return results.filter(({ status }) => status === 'Success').map(({ migrationName }) => migrationName)
}
