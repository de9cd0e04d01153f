import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import type { Tenant } from '../context.ts'
import type { Engine } from '../db/dialect.ts'
import { migrations } from '../db/migrations.ts'
import { type Database, openDatabase, type TenantDb } from '../db/open.ts'
import { createTenant } from '../tenants/service.ts'
import { createPostgresDatabase, dropPostgresDatabase, postgresUrl } from './postgres.ts'
import { makeFolder } from './temporary-folder.ts'

/** Where an empty database is, and how to be rid of it. */
export interface DatabasePlace {
  readonly url: string
  remove(): Promise<void>
}

export async function makeDatabase(engine: Engine): Promise<DatabasePlace> {
  if (engine === 'postgres') {
    const name = await createPostgresDatabase()
    return { url: postgresUrl(name), remove: () => dropPostgresDatabase(name) }
  }
  const folder = await makeFolder()
  return { url: join(folder, 'test.db'), remove: () => rm(folder, { recursive: true, force: true }) }
}

/** An empty database that goes when the test ends; nothing in it, not even tables. */
export async function emptyDatabase(engine: Engine): Promise<{ url: string; database: Database }> {
  const { url, remove } = await makeDatabase(engine)
  const database = openDatabase(url)
  onTestFinished(async () => {
    await database.close()
    await remove()
  })
  return { url, database }
}

/** A database with every table, shared by the tests of a `describe`. Tests keep apart by having tenants of their own. */
export interface TestDatabase {
  readonly url: string
  readonly database: Database
  newTenant(settings?: Partial<Pick<Tenant, 'name' | 'currency' | 'timeZone'>>): Promise<Tenant>
  /** The handle of a new tenant. */
  newTenantDb(): Promise<TenantDb>
}

/** Makes a database before the tests of the `describe` around it and removes it after them. */
export function useDatabase(engine: Engine): TestDatabase {
  let place: DatabasePlace
  let database: Database
  beforeAll(async () => {
    place = await makeDatabase(engine)
    database = openDatabase(place.url)
    await database.migrate(migrations)
  })
  afterAll(async () => {
    await database?.close()
    await place?.remove()
  })
  const newTenant: TestDatabase['newTenant'] = (settings) =>
    createTenant(
      { database, clock: Date.now, random: Math.random },
      { name: 'Shop', currency: 'EUR', timeZone: 'UTC', ...settings },
    )
  return {
    get url() {
      return place.url
    },
    get database() {
      return database
    },
    newTenant,
    newTenantDb: async () => database.tenant((await newTenant()).id),
  }
}
