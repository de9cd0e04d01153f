import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect as KyselyDialect,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely'

/** Compiled statements kept for reuse: compiling one costs as much as running it. */
const CACHED_STATEMENTS = 500
const BUSY_TIMEOUT_MS = 5_000
const PRAGMAS = [
  'journal_mode = wal',
  // A commit is on disk before it returns: what was acknowledged survives a power cut.
  'synchronous = full',
  'foreign_keys = on',
  'cache_size = -16384',
  // A statement that inserts many rows keeps what it would take to undo it; in memory that costs a fifth less.
  'temp_store = memory',
]

/**
 * Node's own SQLite as a Kysely dialect: write-ahead log, a commit is on disk before it returns, and a transaction takes
 * the write lock at its start, so that it can never fail halfway for want of it.
 */
export function nodeSqliteDialect(file: string): KyselyDialect {
  const config = { database: async () => openSqlite(file) }
  const dialect = new SqliteDialect(config)
  return {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () => new ImmediateDriver(config),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  }
}

class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
}

/** SQLite can roll back DDL: a migration happens whole or not at all, and one process at a time. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

function openSqlite(file: string): SqliteDatabase {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true })
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS })
  for (const pragma of PRAGMAS) database.exec(`pragma ${pragma}`)
  const statements = new Map<string, SqliteStatement>()
  return {
    close: () => database.close(),
    prepare(text) {
      let statement = statements.get(text)
      if (!statement) {
        if (statements.size >= CACHED_STATEMENTS) statements.delete(statements.keys().next().value!)
        statement = shim(database.prepare(text))
        statements.set(text, statement)
      }
      return statement
    },
  }
}

/** What Kysely's SQLite driver expects of a statement, over Node's. */
function shim(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...(parameters as SQLInputValue[])),
    run: (parameters) => statement.run(...(parameters as SQLInputValue[])),
    iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])) as IterableIterator<unknown>,
  }
}
