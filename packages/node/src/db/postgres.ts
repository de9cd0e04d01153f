import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type Kysely,
  type Dialect as KyselyDialect,
  PostgresDialect,
  PostgresDriver,
  sql,
} from 'kysely'
import pg from 'pg'
import { retryOnConnectionLoss } from './reconnect.ts'

/** Sees every tenant's rows. For migrations, jobs and look-ups by key. */
export const ALL_TENANTS = '*'

/** Role without superuser rights, so that row-level security binds even where the login is a superuser. */
const APPLICATION_ROLE = 'tillwright_app'
const POOL_SIZE = 10

/** How values are read, for our own connections only: the application around us may use `pg` as well. */
const TYPES: pg.CustomTypesConfig = {
  // Counts, money and instants are 64-bit integers within what a double holds exactly.
  getTypeParser: (type, format) =>
    type === pg.types.builtins.INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(type, format as 'text'),
}

export interface PostgresPool {
  /** A dialect whose every connection sees the rows of one tenant, or of all. */
  dialect(tenant: string): KyselyDialect
  end(): Promise<void>
}

export function postgresPool(url: string): PostgresPool {
  const pool = new pg.Pool({ connectionString: url, max: POOL_SIZE, types: TYPES })
  // A connection that dies while idle is replaced; whoever needs one next notices nothing.
  pool.on('error', () => {})
  // One that dies in use rejects the query under way, or the next. Its event says the same again, and a process in which
  // nobody listens to it ends.
  pool.on('connect', (client) => client.on('error', () => {}))
  const driver = new PostgresDriver({ pool })
  const base = new PostgresDialect({ pool })
  const shared: SharedDriver = { driver, started: driver.init(), scopes: new WeakMap() }
  return {
    dialect: (tenant) => ({
      createAdapter: () => base.createAdapter(),
      createDriver: () => scopedDriver(shared, tenant),
      createIntrospector: (db) => base.createIntrospector(db),
      createQueryCompiler: () => base.createQueryCompiler(),
    }),
    end: () => driver.destroy(),
  }
}

interface SharedDriver {
  readonly driver: Driver
  readonly started: Promise<void>
  /** What each pooled connection was last told. */
  readonly scopes: WeakMap<DatabaseConnection, string>
  /** Role that tenants' queries run as; set once it is known. */
  role?: string
}

/** The shared driver, with each connection told its tenant before it is used. */
function scopedDriver(shared: SharedDriver, tenant: string): Driver {
  const { driver } = shared
  const acquire = async () => {
    const connection = await driver.acquireConnection()
    try {
      await enterScope(shared, connection, tenant)
      return connection
    } catch (error) {
      await driver.releaseConnection(connection)
      throw error
    }
  }
  return {
    init: () => shared.started,
    acquireConnection: () => retryOnConnectionLoss(acquire),
    beginTransaction: (connection, settings) => driver.beginTransaction(connection, settings),
    commitTransaction: (connection) => driver.commitTransaction(connection),
    rollbackTransaction: (connection) => driver.rollbackTransaction(connection),
    savepoint: (connection, name, compile) => driver.savepoint!(connection, name, compile),
    rollbackToSavepoint: (connection, name, compile) => driver.rollbackToSavepoint!(connection, name, compile),
    releaseSavepoint: (connection, name, compile) => driver.releaseSavepoint!(connection, name, compile),
    releaseConnection: (connection) => driver.releaseConnection(connection),
    async destroy() {
      // The pool outlives each handle; `end` closes it.
    },
  }
}

async function enterScope(shared: SharedDriver, connection: DatabaseConnection, tenant: string): Promise<void> {
  if (shared.scopes.get(connection) === tenant) return
  shared.scopes.delete(connection)
  if (tenant !== ALL_TENANTS) shared.role ??= await roleThatIsBound(connection)
  const role = tenant === ALL_TENANTS ? 'none' : shared.role
  await connection.executeQuery(
    CompiledQuery.raw("select set_config('tillwright.tenant', $1, false), set_config('role', $2, false)", [
      tenant,
      role,
    ]),
  )
  shared.scopes.set(connection, tenant)
}

/** Superusers pass through row-level security; their tenants' queries run as a role that does not. */
async function roleThatIsBound(connection: DatabaseConnection): Promise<string> {
  const { rows } = await connection.executeQuery<{ passes: boolean }>(CompiledQuery.raw(PASSES_SECURITY))
  return rows[0]?.passes ? APPLICATION_ROLE : 'none'
}

const PASSES_SECURITY = 'select rolsuper or rolbypassrls as passes from pg_roles where rolname = session_user'

/**
 * Follows each migration: the application role may use the tables of tenants, and no others. Needed, and possible, for
 * superusers only.
 */
export async function grantToApplication(db: Kysely<never>): Promise<void> {
  const { rows } = await sql<{ passes: boolean }>`${sql.raw(PASSES_SECURITY)}`.execute(db)
  if (!rows[0]?.passes) return
  const role = sql.id(APPLICATION_ROLE)
  await db.transaction().execute(async (tx) => {
    // Two processes that start together would trip over each other's changes of the same catalogue rows.
    await sql`select pg_advisory_xact_lock(hashtext('tillwright.grants'))`.execute(tx)
    const known = await sql`select 1 from pg_roles where rolname = ${APPLICATION_ROLE}`.execute(tx)
    if (known.rows.length === 0) {
      // Roles belong to the whole cluster: another database's migration may have been first.
      await sql`do $$ begin create role ${role} nologin; exception when duplicate_object or unique_violation then null; end $$`.execute(
        tx,
      )
    }
    await sql`grant usage on schema public to ${role}`.execute(tx)
    await sql`revoke all on all tables in schema public from ${role}`.execute(tx)
    const tables = await tenantTables(tx)
    if (tables.length > 0) await sql`grant select, insert, update, delete on ${sql.join(tables)} to ${role}`.execute(tx)
    await sql`grant usage on all sequences in schema public to ${role}`.execute(tx)
  })
}

async function tenantTables(db: Kysely<never>) {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'tenant_id'`.execute(db)
  return rows.map(({ name }) => sql.id(name))
}
