import { createHash, createHmac } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, vi } from 'vitest'
import type { Engine } from '../../db/dialect.ts'
import type { MailMessage, MailTransport } from '../../mail/index.ts'
import type { IdentityProviderSetup } from '../../people/identity-provider.ts'
import { createServer, type Server, type ServerOptions } from '../../server.ts'
import { describeOnDatabases } from '../../testing/describe-on-databases.ts'
import { ORIGIN, openSite, SHOP_ORIGIN, type Shop, type TestSite } from '../../testing/test-site.ts'
import { fromBase32, RFC4648 } from '../base32.ts'
import { type PasswordHasher, passwordHasher } from '../passwords.ts'
import { type SecretBox, secretBox } from '../secret-box.ts'

export const PASSWORD = 'a quiet harbour at dusk'
export const OTHER_PASSWORD = 'seven lanterns over water'
export const WRONG_PASSWORD = 'nine kites above the mill'

/** How mailed links reach the page. */
export const PUBLIC_URL = 'https://brain.example'

/** Fields of answers that tests look at; which of them are there depends on the route. */
export interface AnswerBody {
  readonly status?: string | number
  readonly code?: string
  readonly detail?: string
  readonly message?: string
  readonly requestId?: string
  readonly errors?: readonly { readonly path: string; readonly message: string }[]
  readonly accessToken?: string
  readonly refreshToken?: string
  readonly deviceToken?: string
  readonly pendingToken?: string
  readonly url?: string
  readonly returnTo?: string
  readonly provider?: string
  readonly email?: string
  readonly accessExpiresAt?: string
  readonly session?: { readonly id: string; readonly expiresAt: string; readonly idleExpiresAt: string }
  readonly user?: { readonly id: string; readonly email: string; readonly role: string; readonly twoFactor: boolean }
  readonly permissions?: readonly string[]
  readonly items?: readonly { readonly id: string; readonly current: boolean }[]
  readonly recoveryCodes?: readonly string[]
  readonly secret?: string
  readonly keys?: readonly Readonly<Record<string, string>>[]
}

export interface BarAnswer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: AnswerBody
  /** As they were set: name, value and attributes. */
  readonly setCookies: readonly string[]
}

export interface Call {
  readonly body?: unknown
  /** Access token or key. Default: the shop's publishable key, unless there are cookies; `null` for none. */
  readonly bearer?: string | null
  /** `name=value; …` */
  readonly cookies?: string
  readonly origin?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Of the peer. Default: another for each call, so that limits by address are out of the way. */
  readonly address?: string
}

/** Somebody who is signed in. */
export interface Someone {
  readonly email: string
  readonly password: string
  readonly id: string
  readonly accessToken: string
  readonly refreshToken: string
  readonly deviceToken: string
  readonly sessionId: string
}

export interface Authenticator {
  readonly secret: string
  readonly recoveryCodes: readonly string[]
  /** The code of this moment; each is good once, so time goes on by a step first. */
  nextCode(): Promise<string>
}

/** A hasher that notes what it was asked. */
export interface CountingHasher extends PasswordHasher {
  /** What each verification compared with; `null` where it only cost the time of one. */
  readonly verified: (string | null)[]
  hashed: number
}

/** A server with time, mail and hashing in the hands of the test. */
export interface Bar {
  readonly site: TestSite
  readonly shop: Shop
  readonly hasher: CountingHasher
  readonly box: SecretBox
  readonly now: number
  /** Lets time go by, also for what is remembered for a second. */
  advance(ms: number): Promise<void>
  send(method: string, path: string, call?: Call): Promise<BarAnswer>
  post(path: string, body?: unknown, call?: Call): Promise<BarAnswer>
  get(path: string, call?: Call): Promise<BarAnswer>
  /** What has been mailed to an address so far, oldest first. */
  mailsTo(email: string): Promise<MailMessage[]>
  /** The token of the last link for a purpose that was mailed to an address. */
  linkTo(email: string, purpose: string): Promise<string>
  newEmail(): string
  register(options?: { email?: string; password?: string; isVerified?: boolean }): Promise<{ email: string }>
  login(
    who: { email: string; password?: string; deviceToken?: string },
    extra?: object,
    call?: Call,
  ): Promise<BarAnswer>
  /** Registers, confirms the address and signs in. */
  newPerson(options?: { email?: string; isVerified?: boolean; role?: string }): Promise<Someone>
  withTwoFactor(person: Someone): Promise<Authenticator>
  /** Status of `/auth/validate` for an access token. */
  validate(accessToken: string): Promise<number>
  /** Kinds of audit entries about a person, oldest first. */
  auditOf(userId: string): Promise<string[]>
  setUser(userId: string, change: Readonly<Record<string, string | number | null>>): Promise<void>
  /** Everything that is stored, as text. */
  wholeDatabase(): Promise<string>
  /** Another process over the same database. */
  otherServer(): Server
}

const SECRET_KEY = createHash('sha256').update('the key of these tests').digest()
const STEP_MS = 30_000

/** One statement of the security bar on both databases. The title begins with its number. */
export function describeStatement(title: string, suite: (bar: Bar) => void, options: BarOptions = {}): void {
  describeOnDatabases(title, (engine) => suite(useBar(engine, options)))
}

interface BarOptions extends Pick<ServerOptions, 'outgoing' | 'webhooks'> {
  readonly requireVerifiedEmail?: boolean
  readonly identityProviders?: readonly IdentityProviderSetup[]
}

function useBar(engine: Engine, options: BarOptions): Bar {
  let site: TestSite
  let shop: Shop
  let now = Date.UTC(2026, 10, 22, 9)
  let elapsedMs = 0
  let calls = 0
  let people = 0
  const mails: MailMessage[] = []
  const others: Server[] = []
  const hasher = countingHasher()
  const mail: MailTransport = {
    name: 'recording',
    async send(message) {
      mails.push(message)
    },
  }
  const serverOptions = {
    clock: () => now,
    mail,
    hasher,
    publicUrl: PUBLIC_URL,
    secretKey: SECRET_KEY.toString('base64'),
    ...options,
  }

  beforeAll(async () => {
    const realNow = performance.now.bind(performance)
    vi.spyOn(performance, 'now').mockImplementation(() => realNow() + elapsedMs)
    site = await openSite(engine, serverOptions)
    shop = await site.newShop({ name: 'Kestrel Teahouse' })
  })
  afterAll(async () => {
    for (const server of others) await server.close()
    await site?.close()
    vi.restoreAllMocks()
  })

  const bar: Bar = {
    get site() {
      return site
    },
    get shop() {
      return shop
    },
    hasher,
    box: secretBox({
      current: { id: createHash('sha256').update(SECRET_KEY).digest('hex').slice(0, 16), key: SECRET_KEY },
    }),
    get now() {
      return now
    },
    async advance(ms) {
      now += ms
      elapsedMs += ms
      // lru-cache reads the time once a millisecond.
      await delay(3)
    },
    async send(method, path, { body, bearer, cookies, origin, headers = {}, address } = {}) {
      const key = bearer === undefined && cookies === undefined ? shop.publishableKey : bearer
      calls++
      const request = new Request(ORIGIN + path, {
        method,
        headers: {
          ...(key ? { authorization: `Bearer ${key}` } : {}),
          ...(cookies === undefined ? {} : { cookie: cookies }),
          ...(origin === undefined ? {} : { origin }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      const remoteAddress = address ?? `10.${(calls >> 16) & 255}.${(calls >> 8) & 255}.${calls & 255}`
      const response = await site.server.fetch(request, { remoteAddress })
      const text = await response.text()
      if (response.status === 500) {
        const failure = site.log.withMessage('a request failed').at(-1)
        throw new Error(`${method} ${path} failed on the server`, { cause: failure?.err })
      }
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: /json/.test(response.headers.get('content-type') ?? '') ? (JSON.parse(text) as AnswerBody) : {},
        setCookies: response.headers.getSetCookie(),
      }
    },
    post: (path, body = {}, call = {}) => bar.send('POST', path, { ...call, body }),
    get: (path, call) => bar.send('GET', path, call),
    async mailsTo(email) {
      while ((await site.server.jobs.runDue()) > 0);
      return mails.filter(({ to }) => to === email)
    },
    async linkTo(email, purpose) {
      const tokens = (await bar.mailsTo(email)).flatMap(
        ({ text }) => new RegExp(`#${purpose}=([\\w-]+)`).exec(text)?.[1] ?? [],
      )
      const token = tokens.at(-1)
      if (token === undefined) throw new Error(`No mail with a ${purpose} link went to ${email}`)
      return token
    },
    newEmail: () => `visitor${++people}.${engine}@mail.example`,
    async register({ email = bar.newEmail(), password = PASSWORD, isVerified = true } = {}) {
      const { status, text } = await bar.post('/auth/register', { email, password })
      if (status !== 202) throw new Error(`Registering gave ${status}: ${text}`)
      const token = await bar.linkTo(email, 'verify-email')
      if (isVerified) await bar.post('/auth/verify-email', { token, password })
      return { email }
    },
    login: ({ email, password = PASSWORD, deviceToken }, extra = {}, call) =>
      bar.post('/auth/login', { email, password, ...(deviceToken ? { deviceToken } : {}), ...extra }, call),
    async newPerson({ role, ...options } = {}) {
      const { email } = await bar.register(options)
      if (role) {
        await shop.db.query.updateTable('users').set({ role }).where('email', '=', email).execute()
      }
      const { status, text, body } = await bar.login({ email })
      if (status !== 200) throw new Error(`Signing in gave ${status}: ${text}`)
      const { user, session, accessToken, refreshToken, deviceToken } = body as Required<AnswerBody>
      return {
        email,
        password: PASSWORD,
        id: user.id,
        sessionId: session.id,
        accessToken,
        refreshToken,
        deviceToken,
      }
    },
    async withTwoFactor({ accessToken }) {
      const { secret } = (await bar.post('/auth/account/two-factor', {}, { bearer: accessToken })).body
      const code = totp(secret!, now)
      const confirmed = await bar.post('/auth/account/two-factor/confirm', { code }, { bearer: accessToken })
      if (confirmed.status !== 200) throw new Error(`Confirming gave ${confirmed.status}: ${confirmed.text}`)
      return {
        secret: secret!,
        recoveryCodes: confirmed.body.recoveryCodes!,
        async nextCode() {
          await bar.advance(STEP_MS)
          return totp(secret!, now)
        },
      }
    },
    validate: async (accessToken) => (await bar.get('/auth/validate', { bearer: accessToken })).status,
    async auditOf(userId) {
      const rows = await shop.db.query
        .selectFrom('audit_log')
        .where((is) => is.or([is('subject_id', '=', userId), is('actor_id', '=', userId)]))
        .orderBy('number')
        .select('kind')
        .execute()
      return rows.map(({ kind }) => kind)
    },
    async setUser(userId, change) {
      await shop.db.query.updateTable('users').set(change).where('id', '=', userId).execute()
    },
    async wholeDatabase() {
      const tables = await site.server.database.system.introspection.getTables()
      const rows = []
      for (const { name } of tables) {
        rows.push(
          await site.server.database.system
            .selectFrom(name as 'users')
            .selectAll()
            .execute(),
        )
      }
      return JSON.stringify(rows)
    },
    otherServer() {
      const server = createServer({
        database: site.url,
        dataDir: site.dataDir,
        widgets: site.dataDir,
        ...serverOptions,
      })
      others.push(server)
      return server
    },
  }
  return bar
}

function countingHasher(): CountingHasher {
  const real = passwordHasher()
  const verified: (string | null)[] = []
  return {
    verified,
    hashed: 0,
    hash(password) {
      this.hashed++
      return real.hash(password)
    },
    verify(phc, password) {
      verified.push(phc)
      return real.verify(phc, password)
    },
    isWeak: (phc) => real.isWeak(phc),
  }
}

/** RFC 6238: SHA-1, six digits, steps of 30 seconds. */
export function totp(secret: string, now: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(now / STEP_MS)))
  const mac = createHmac('sha1', fromBase32(secret, RFC4648)!).update(counter).digest()
  const offset = mac.at(-1)! & 15
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** `name=value` of cookies that were set, as a browser sends them back. */
export function cookiesOf({ setCookies }: BarAnswer): string {
  return setCookies.map((cookie) => cookie.split(';', 1)[0]!).join('; ')
}

/** Signs somebody in as the shop's own pages do. */
export function browserLogin(bar: Bar, who: { email: string; password?: string }, extra: object = {}) {
  return bar.login(who, { delivery: 'cookie', ...extra }, { origin: SHOP_ORIGIN })
}

export { ORIGIN, SHOP_ORIGIN }
