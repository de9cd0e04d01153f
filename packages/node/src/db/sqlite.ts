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
import { retryWhileBusy, sleep } from './busy.ts'
import { createTurns } from './turns.ts'

/** Compiled statements kept for reuse: compiling one costs as much as running it. */
const CACHED_STATEMENTS = 500
/** Patience of SQLite's own, during which the process does nothing else: for opening only. */
const OPEN_TIMEOUT_MS = 5_000
const PRAGMAS = [
  'journal_mode = wal',
  // A commit is on disk before it returns: what was acknowledged survives a power cut.
  'synchronous = full',
  'foreign_keys = on',
  'cache_size = -16384',
  // A statement that inserts many rows keeps what it would take to undo it; in memory that costs a fifth less.
  'temp_store = memory',
  // Pages that an import changes again and again are copied into the file a quarter as often; the log grows to 16 MiB.
  'wal_autocheckpoint = 4000',
  // What is deleted is gone from the file as well: people are erased, links that let somebody in are used up.
  'secure_delete = on',
  'busy_timeout = 0',
]

/**
 * Node's own SQLite as a Kysely dialect: write-ahead log, a commit is on disk before it returns, and a transaction takes
 * the write lock at its start, so that it can never fail halfway for want of it. Who must wait for another process lets go
 * of the connection meanwhile: reads go on.
 */
export function nodeSqliteDialect(file: string): KyselyDialect {
  const config = { database: async () => openSqlite(file) }
  const dialect = new SqliteDialect(config)
  return {
    createAdapter: () => new Adapter(),
    createDriver: () => new PatientDriver(config),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  }
}

/** One connection, of which its users take turns. */
class PatientDriver extends SqliteDriver {
  readonly #turns = createTurns()
  #connection: DatabaseConnection | undefined
  #isInTransaction = false

  override async acquireConnection(): Promise<DatabaseConnection> {
    await this.#turns.begin()
    this.#connection ??= this.#patient(await super.acquireConnection())
    return this.#connection
  }

  override async releaseConnection(): Promise<void> {
    this.#turns.end()
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
    this.#isInTransaction = true
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await super.commitTransaction(connection)
    this.#isInTransaction = false
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    this.#isInTransaction = false
    await super.rollbackTransaction(connection)
  }

  /** Tries a statement again while another process writes; only where nothing of a transaction can get lost. */
  #patient(connection: DatabaseConnection): DatabaseConnection {
    const waitAside = async (delayMs: number) => {
      this.#turns.end()
      await sleep(delayMs)
      await this.#turns.begin()
    }
    return {
      executeQuery: (query) => {
        const run = () => connection.executeQuery(query)
        return this.#isInTransaction ? run() : retryWhileBusy(run, waitAside)
      },
      streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
    } as DatabaseConnection
  }
}

class Adapter extends SqliteAdapter {
  /** SQLite can roll back DDL: a migration happens whole or not at all, and one process at a time. */
  override get supportsTransactionalDdl(): boolean {
    return true
  }

  /** The driver sees to it by itself that its one connection has one user at a time. */
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

function openSqlite(file: string): SqliteDatabase {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true })
  const database = new DatabaseSync(file, { timeout: OPEN_TIMEOUT_MS })
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
