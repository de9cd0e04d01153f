import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createServer } from '@tillwright/node'
import { asAdministrator, createPostgresDatabase, dropPostgresDatabase, postgresUrl } from '../src/testing/postgres.ts'
import { median } from './round.ts'

/** What `identity.ts` reads, as JSON on the last line: the median import of a thousand people, in ms. */
export interface PeopleImportTimes {
  readonly cpu: number
  readonly wall: number
}

const PEOPLE = 1_000
const ROUNDS = 5
const PASSWORD = 'a quiet harbour at dusk'

/** Argument: `sqlite` or `postgres`. */
const dataDir = await mkdtemp(join(tmpdir(), 'tillwright-bench-'))
const name = process.argv[2] === 'postgres' ? await createPostgresDatabase() : null
const database = name === null ? join(dataDir, 'shop.db') : postgresUrl(name)
/** Called when the first of the mails goes out: the import is done, and all that it caused is queued. It never arrives. */
let onMail = () => {}
const mail = {
  name: 'bench',
  send: () => {
    onMail()
    return new Promise<void>(() => {})
  },
}
const server = createServer({ dataDir, database, docs: false, mail })
await server.migrate()
const tenant = await server.tools.createTenant({ name: 'Bench' })
const { key } = await server.tools.createKey(tenant, { kind: 'publishable' })
const owner = { email: 'owner@example.com', password: PASSWORD }
const { token } = (await server.tools.createPerson(tenant, { email: owner.email, role: 'owner' }))!

async function send(path: string, bearer: string, body?: string, type = 'application/json') {
  const headers = { authorization: `Bearer ${bearer}`, 'content-type': type }
  const init = body === undefined ? { headers } : { method: 'POST', headers, body }
  const response = await server.fetch(new Request(`http://localhost${path}`, init), { remoteAddress: '10.0.0.1' })
  if (!response.ok) throw new Error(`${path} gave ${response.status}: ${await response.text()}`)
  return (await response.json()) as Record<string, unknown>
}

await send('/auth/reset-password', key, JSON.stringify({ token, password: PASSWORD }))
const { accessToken } = (await send('/auth/login', key, JSON.stringify(owner))) as { accessToken: string }

async function forgetMails(): Promise<void> {
  const text = "delete from jobs where queue = 'outbox'"
  if (name !== null) await asAdministrator(text, name)
  else new DatabaseSync(database).exec(text)
}

/** From the upload to the end of its job. */
async function importPeople(round: number): Promise<PeopleImportTimes> {
  await forgetMails()
  const lines = Array.from({ length: PEOPLE }, (_, i) => `person${round}-${i}@example.com,Person ${i},en`)
  const csv = `email,name,language\n${lines.join('\n')}\n`
  const before = process.cpuUsage()
  const start = performance.now()
  const queued = new Promise<PeopleImportTimes>((resolve) => {
    onMail = () => {
      const { user, system } = process.cpuUsage(before)
      resolve({ cpu: (user + system) / 1000, wall: performance.now() - start })
    }
  })
  const { id } = await send('/admin/import-csv', accessToken, csv, 'text/csv')
  void server.jobs.runDue()
  const times = await queued
  const { result } = (await send(`/admin/jobs/${id}`, accessToken)) as { result: { imported: number } | null }
  if (result?.imported !== PEOPLE) throw new Error(`Expected ${PEOPLE} invitations: ${JSON.stringify(result)}`)
  return times
}

const times: PeopleImportTimes[] = []
for (let round = 0; round < ROUNDS; round++) times.push(await importPeople(round))
const result: PeopleImportTimes = {
  cpu: median(times.map(({ cpu }) => cpu)),
  wall: median(times.map(({ wall }) => wall)),
}
if (name !== null) await dropPostgresDatabase(name)
await rm(dataDir, { recursive: true, force: true })
console.log(JSON.stringify(result))
// Mails are still under way, for ever.
process.exit()
