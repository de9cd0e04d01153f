import { CompiledQuery, type CreateTableBuilder, type Kysely, sql } from 'kysely'

export type Engine = 'sqlite' | 'postgres'
export type ColumnType = 'text' | 'bigint' | 'blob'

/** How many rows are to be written; every value of a row in the order of `columns`. */
export interface BulkInsert {
  readonly table: string
  /** Columns besides `tenant_id`. */
  readonly columns: Readonly<Record<string, ColumnType>>
  /** What to do with a row whose key exists. Default: fail. */
  readonly onConflict?: 'ignore' | { readonly key: readonly string[]; readonly update: readonly string[] }
}

/** All that differs between the two databases. */
export interface Dialect {
  readonly engine: Engine
  readonly types: Readonly<Record<ColumnType, 'text' | 'integer' | 'bigint' | 'blob' | 'bytea'>>
  /** Stores the table in the order of its primary key, where the engine can. */
  clustered<T extends string, C extends string>(table: CreateTableBuilder<T, C>): CreateTableBuilder<T, C>
  /** A number that grows with each inserted row, as a column definition. */
  readonly serial: ReturnType<typeof sql>
  /** Follows the creation of a table with a `tenant_id`: the second wall between tenants. */
  isolate(db: Kysely<never>, table: string): Promise<void>
  /**
   * Makes a table one to which rows are only added: none is ever changed, and only those are deleted whose `number` is not
   * above what the tenant's row of `heads` says in `droppedThrough`. Holds for everybody who writes SQL, us included.
   */
  appendOnly(db: Kysely<never>, table: string, number: string, heads: string, droppedThrough: string): Promise<void>
  /** Creates a source of numbers for `reserve`. */
  createSequence(db: Kysely<never>, name: string): Promise<void>
  /** The number that a sequence gives next, and setting it; for backups. */
  nextOf(db: Kysely<never>, name: string): Promise<number>
  setNext(db: Kysely<never>, name: string, next: number): Promise<void>
  /** Makes a table's `serial` column go on after its largest value. */
  resumeSerial(db: Kysely<never>, table: string, column: string): Promise<void>
  /** Takes `count` numbers out of a sequence, for good. */
  reserve(db: Kysely<never>, name: string, count: number): Promise<number[]>
  /** Writes many rows of a tenant fast; `values` are theirs, row after row. Returns how many were written. */
  bulkInsert(db: Kysely<never>, spec: BulkInsert, tenantId: number, values: readonly unknown[]): Promise<number>
}

/** Rows in one statement: enough that the statement's own cost vanishes, few enough for SQLite's 32,766 parameters. */
const ROWS_PER_STATEMENT = 64

export const sqliteDialect: Dialect = {
  engine: 'sqlite',
  types: { text: 'text', bigint: 'integer', blob: 'blob' },
  clustered: (table) => table.modifyEnd(sql`without rowid`),
  serial: sql`integer primary key autoincrement`,
  async isolate() {
    // SQLite has no row-level security: the tenant plugin is the only wall.
  },
  async appendOnly(db, table, number, heads, droppedThrough) {
    const refuse = sql`select raise(abort, ${sql.lit(`${table} is only added to`)})`
    const kept = sql`old.${sql.id(number)} > (select ${sql.id(droppedThrough)} from ${sql.id(heads)} where tenant_id = old.tenant_id)`
    await sql`create trigger ${sql.id(`${table}_no_update`)} before update on ${sql.id(table)} begin ${refuse}; end`.execute(
      db,
    )
    await sql`create trigger ${sql.id(`${table}_no_delete`)} before delete on ${sql.id(table)} when ${kept} begin ${refuse}; end`.execute(
      db,
    )
  },
  async createSequence(db, name) {
    await sql`create table if not exists sequences (name text primary key, next integer not null) without rowid`.execute(
      db,
    )
    await sql`insert into sequences (name, next) values (${name}, 1)`.execute(db)
  },
  async nextOf(db, name) {
    const { rows } = await sql<{ next: number }>`select next from sequences where name = ${name}`.execute(db)
    return rows[0]!.next
  },
  async setNext(db, name, next) {
    await sql`update sequences set next = ${next} where name = ${name}`.execute(db)
  },
  async resumeSerial() {
    // `autoincrement` goes by the largest value there ever was.
  },
  async reserve(db, name, count) {
    const take = CompiledQuery.raw('update sequences set next = next + ? where name = ? returning next', [count, name])
    const { rows } = await db.getExecutor().executeQuery<{ next: number }>(take)
    return Array.from({ length: count }, (_, i) => rows[0]!.next - count + i)
  },
  async bulkInsert(db, spec, tenantId, values) {
    const executor = db.getExecutor()
    const width = Object.keys(spec.columns).length
    const fullStatement = ROWS_PER_STATEMENT * width
    let written = 0
    for (let at = 0; at < values.length; ) {
      const end = at + (values.length - at >= fullStatement ? fullStatement : width)
      const text = insertSql(spec, tenantId, (end - at) / width)
      const result = await executor.executeQuery(CompiledQuery.raw(text, values.slice(at, end)))
      written += Number(result.numAffectedRows ?? 0)
      at = end
    }
    return written
  },
}

export const postgresDialect: Dialect = {
  engine: 'postgres',
  types: { text: 'text', bigint: 'bigint', blob: 'bytea' },
  clustered: (table) => table,
  serial: sql`bigint generated by default as identity primary key`,
  async isolate(db, table) {
    const name = sql.id(table)
    await sql`alter table ${name} enable row level security`.execute(db)
    await sql`alter table ${name} force row level security`.execute(db)
    await sql`create policy tenant_isolation on ${name} using (
      current_setting('tillwright.tenant', true) in ('*', tenant_id::text)
    )`.execute(db)
  },
  async appendOnly(db, table, number, heads, droppedThrough) {
    const name = sql.id(`${table}_only_added_to`)
    await sql`create function ${name}() returns trigger language plpgsql as ${sql.lit(
      `begin
        if tg_op = 'DELETE' and old.${number} <= (select ${droppedThrough} from ${heads} where tenant_id = old.tenant_id) then
          return old;
        end if;
        raise exception '${table} is only added to';
      end`,
    )}`.execute(db)
    await sql`create trigger ${name} before update or delete on ${sql.id(table)} for each row execute function ${name}()`.execute(
      db,
    )
  },
  async createSequence(db, name) {
    await sql`create sequence ${sql.id(name)}`.execute(db)
  },
  async nextOf(db, name) {
    const { rows } = await sql<{ next: number }>`
      select case when is_called then last_value + 1 else last_value end as next from ${sql.id(name)}`.execute(db)
    return rows[0]!.next
  },
  async setNext(db, name, next) {
    await sql`select setval(${name}, ${next}, false)`.execute(db)
  },
  async resumeSerial(db, table, column) {
    await sql`select setval(pg_get_serial_sequence(${table}, ${column}),
      coalesce((select max(${sql.id(column)}) from ${sql.id(table)}), 0) + 1, false)`.execute(db)
  },
  async reserve(db, name, count) {
    const take = CompiledQuery.raw('select nextval($1) as key from generate_series(1, $2)', [name, count])
    const { rows } = await db.getExecutor().executeQuery<{ key: number }>(take)
    return rows.map(({ key }) => key)
  },
  async bulkInsert(db, spec, tenantId, values) {
    if (values.length === 0) return 0
    const columns = Object.entries(spec.columns)
    const arrays = columns.map((_, column) => everyNth(values, columns.length, column))
    const unnest = columns.map(([, type], i) => `$${i + 2}::${this.types[type]}[]`).join(', ')
    // Rows that may exist are taken in the order of their ids: two writers of the same rows wait for each other, and never
    // each for the other.
    const order = spec.onConflict ? ' order by 2' : ''
    const statement = `insert into ${target(spec)} select $1::bigint, * from unnest(${unnest})${order}${conflictSql(spec)}`
    const result = await db.getExecutor().executeQuery(CompiledQuery.raw(statement, [tenantId, ...arrays]))
    return Number(result.numAffectedRows ?? 0)
  },
}

function everyNth(values: readonly unknown[], step: number, from: number): unknown[] {
  const picked: unknown[] = []
  for (let at = from; at < values.length; at += step) picked.push(values[at])
  return picked
}

/** Statements by what they insert, tenant and number of rows: one of 64 rows is too long to write anew each time. */
const statements = new WeakMap<BulkInsert, Map<string, string>>()

/** The tenant's number is part of the text: one value less to bind for each row. */
function insertSql(spec: BulkInsert, tenantId: number, rowCount: number): string {
  let known = statements.get(spec)
  if (!known) statements.set(spec, (known = new Map()))
  const key = `${tenantId}:${rowCount}`
  let statement = known.get(key)
  if (!statement) {
    const row = `(${[Math.trunc(tenantId), ...Object.keys(spec.columns).map(() => '?')].join(', ')})`
    statement = `insert into ${target(spec)} values ${Array(rowCount).fill(row).join(', ')}${conflictSql(spec)}`
    if (known.size >= CACHED_STATEMENTS) known.clear()
    known.set(key, statement)
  }
  return statement
}

const CACHED_STATEMENTS = 100

function target({ table, columns }: BulkInsert): string {
  return `${quote(table)} (${['tenant_id', ...Object.keys(columns)].map(quote).join(', ')})`
}

function conflictSql({ table, onConflict }: BulkInsert): string {
  if (onConflict === undefined) return ''
  if (onConflict === 'ignore') return ' on conflict do nothing'
  const update = onConflict.update.map((column) => `${quote(column)} = excluded.${quote(column)}`).join(', ')
  // A key without tenant_id may be that of another tenant's row, which stays as it is.
  const own = `${quote(table)}."tenant_id" = excluded."tenant_id"`
  return ` on conflict (${onConflict.key.map(quote).join(', ')}) do update set ${update} where ${own}`
}

function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`
}
