import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** Where tests find PostgreSQL: a login that may create databases. */
const SERVER_URL = process.env.TILLWRIGHT_TEST_POSTGRES ?? 'postgres://root@127.0.0.1:5432/postgres'
const PATIENCE_MS = 3_000

/** Runs one statement as the administrator, on the server's own database or on another. */
export async function asAdministrator(statement: string, database?: string): Promise<pg.QueryResult> {
  const client = new pg.Client({
    connectionString: database === undefined ? SERVER_URL : postgresUrl(database),
    connectionTimeoutMillis: PATIENCE_MS,
  })
  await client.connect()
  try {
    return await client.query(statement)
  } finally {
    await client.end()
  }
}

export function postgresUrl(database: string): string {
  const url = new URL(SERVER_URL)
  url.pathname = `/${database}`
  return url.href
}

/** Makes an empty database and returns its name. */
export async function createPostgresDatabase(): Promise<string> {
  const name = `tillwright_test_${process.pid}_${randomBytes(4).toString('hex')}`
  await asAdministrator(`create database ${name}`)
  return name
}

export async function dropPostgresDatabase(name: string): Promise<void> {
  await asAdministrator(`drop database if exists ${name} with (force)`)
}

/** Why PostgreSQL cannot be used here; `null` where it can. */
export const postgresProblem: string | null = await asAdministrator('select 1').then(
  () => null,
  (error: Error) => error.message || String((error as NodeJS.ErrnoException).code),
)
