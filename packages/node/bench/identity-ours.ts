import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hash } from '@node-rs/argon2'
import { createServer } from '@tillwright/node'
import { median } from './round.ts'

/** What `identity.ts` reads, as JSON on the last line. */
export interface IdentityTimes {
  /** Medians in ms. */
  readonly unknown: number
  readonly wrong: number
  readonly locked: number
  /** A second of the process's CPU. */
  readonly signIns: number
  readonly bareHashes: number
  readonly refreshes: number
  readonly refreshesAlone: number
}

const PASSWORD = 'a quiet harbour at dusk'
const TRIES = 200
const SIGN_INS = 200
const REFRESHES = 3_000
const REFRESHES_ALONE = 500
const AT_A_TIME = 4
/** People whose sessions go on at once: what comes together is committed together. */
const PEOPLE_AT_A_TIME = 16

const dataDir = await mkdtemp(join(tmpdir(), 'tillwright-bench-'))
const server = createServer({ dataDir, database: join(dataDir, 'shop.db'), docs: false })
await server.migrate()
const tenant = await server.tools.createTenant({ name: 'Bench' })
const { key } = await server.tools.createKey(tenant, { kind: 'publishable' })

let calls = 0
async function post(path: string, body: object): Promise<{ status: number; body: Record<string, string> }> {
  calls++
  const request = new Request(`http://localhost${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  // Another address each time: what is measured is signing in, not its limits.
  const remoteAddress = `10.${(calls >> 16) & 255}.${(calls >> 8) & 255}.${calls & 255}`
  const response = await server.fetch(request, { remoteAddress })
  const text = await response.text()
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, string>) }
}

const register = (email: string) => post('/auth/register', { email, password: PASSWORD })
const login = (email: string, password = PASSWORD) => post('/auth/login', { email, password })

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** Calls a second of CPU, that of the threads that hash among it; `lanes` at a time. */
async function rate(count: number, lanes: number, work: (lane: number) => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  const share = Math.ceil(count / lanes)
  const one = async (_: unknown, lane: number) => {
    for (let done = 0; done < share; done++) await work(lane)
  }
  await Promise.all(Array.from({ length: lanes }, one))
  const { user, system } = process.cpuUsage(before)
  return ((share * lanes) / (user + system)) * 1e6
}

const people = Array.from({ length: TRIES / 4 }, (_, index) => `person${index}@example.com`)
for (const email of [...people, 'locked@example.com', 'ann@example.com']) await register(email)
for (let count = 0; count < 6; count++) await login('locked@example.com', 'nine kites above the mill')

// In turns, so that what else the machine does falls on all of them.
const times = { unknown: [] as number[], wrong: [] as number[], locked: [] as number[] }
for (let index = 0; index < TRIES; index++) {
  const wrong = 'nine kites above the mill'
  times.unknown.push(await timed(() => login(`nobody${index >> 2}@example.com`, wrong)))
  times.wrong.push(await timed(() => login(people[index >> 2]!, wrong)))
  times.locked.push(await timed(() => login('locked@example.com')))
}

const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const bareHashes = await rate(SIGN_INS, AT_A_TIME, () => hash(PASSWORD, parameters))
const signIns = await rate(SIGN_INS, AT_A_TIME, () => login('ann@example.com'))

const refreshTokens: string[] = []
for (let lane = 0; lane < PEOPLE_AT_A_TIME; lane++)
  refreshTokens.push((await login('ann@example.com')).body.refreshToken!)
async function refresh(lane: number): Promise<void> {
  const { status, body } = await post('/auth/refresh', { refreshToken: refreshTokens[lane] })
  if (status !== 200) throw new Error(`A refresh gave ${status}: ${JSON.stringify(body)}`)
  refreshTokens[lane] = body.refreshToken!
}
await rate(REFRESHES_ALONE, PEOPLE_AT_A_TIME, refresh)
const refreshes = await rate(REFRESHES, PEOPLE_AT_A_TIME, refresh)
const refreshesAlone = await rate(REFRESHES_ALONE, 1, refresh)

const result: IdentityTimes = {
  unknown: median(times.unknown),
  wrong: median(times.wrong),
  locked: median(times.locked),
  signIns,
  bareHashes,
  refreshes,
  refreshesAlone,
}
await server.close()
await rm(dataDir, { recursive: true, force: true })
console.log(JSON.stringify(result))
