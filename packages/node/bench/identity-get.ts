import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from '@tillwright/node'
import { Hono } from 'hono'
import { generateKeyPair, jwtVerify, SignJWT } from 'jose'
import { median } from './round.ts'

/** What `identity.ts` reads, as JSON on the last line: answers for a second of CPU, medians of rounds in turn. */
export interface GetRates {
  readonly ours: number
  readonly bare: number
}

const PASSWORD = 'a quiet harbour at dusk'
const ISSUER = 'http://localhost'
/** So many, each from an address of its own, that none reaches 100 a minute: limits are part of what is measured. */
const SESSIONS = 64
const ROUNDS = 40

const dataDir = await mkdtemp(join(tmpdir(), 'tillwright-bench-'))
const server = createServer({ dataDir, database: join(dataDir, 'shop.db'), docs: false })
await server.migrate()
const tenant = await server.tools.createTenant({ name: 'Bench' })
const { key } = await server.tools.createKey(tenant, { kind: 'publishable' })

let calls = 0
async function post(path: string, body: object): Promise<Record<string, string>> {
  const request = new Request(`http://localhost${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const response = await server.fetch(request, { remoteAddress: `10.1.${calls >> 8}.${calls++ & 255}` })
  if (!response.ok) throw new Error(`${path} gave ${response.status}: ${await response.text()}`)
  return (await response.json()) as Record<string, string>
}

await post('/auth/register', { email: 'ann@example.com', password: PASSWORD })
const tokens: string[] = []
for (let count = 0; count < SESSIONS; count++) {
  tokens.push((await post('/auth/login', { email: 'ann@example.com', password: PASSWORD })).accessToken!)
}

const get = (token: string) =>
  new Request('http://localhost/auth/validate', { headers: { authorization: `Bearer ${token}` } })
const answer = await (await server.fetch(get(tokens[0]!), { remoteAddress: '10.0.0.1' })).text()

// The yardstick: Hono, one check of an ES256 token, the same bytes.
const { privateKey, publicKey } = await generateKeyPair('ES256')
const bareToken = await new SignJWT({ sub: 'ann', sid: 'one', role: 'customer' })
  .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'one' })
  .setIssuer(ISSUER)
  .setAudience(ISSUER)
  .setIssuedAt()
  .setExpirationTime('15m')
  .sign(privateKey)
const bare = new Hono()
bare.get('/auth/validate', async (context) => {
  const [, token = ''] = (context.req.header('authorization') ?? '').split(' ')
  await jwtVerify(token, publicKey, { algorithms: ['ES256'], issuer: ISSUER, audience: ISSUER, typ: 'at+jwt' })
  return context.body(answer, 200, { 'content-type': 'application/json' })
})

async function rate(send: (index: number) => Promise<Response>): Promise<number> {
  const before = process.cpuUsage()
  for (let index = 0; index < SESSIONS; index++) {
    const response = await send(index)
    const text = await response.text()
    if (response.status !== 200) throw new Error(`GET gave ${response.status}: ${text}`)
  }
  const { user, system } = process.cpuUsage(before)
  return (SESSIONS / (user + system)) * 1e6
}

const rates = { ours: [] as number[], bare: [] as number[] }
for (let round = 0; round < ROUNDS; round++) {
  rates.ours.push(await rate(async (i) => server.fetch(get(tokens[i]!), { remoteAddress: `10.2.0.${i}` })))
  rates.bare.push(await rate(async () => bare.fetch(get(bareToken))))
}
const result: GetRates = { ours: median(rates.ours), bare: median(rates.bare) }
await server.close()
await rm(dataDir, { recursive: true, force: true })
console.log(JSON.stringify(result))
