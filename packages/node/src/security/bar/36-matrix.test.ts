import { BUILT_IN_ROLES, type BuiltInRole, ROLE_PERMISSIONS, type Route } from '@tillwright/core/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createKey } from '../../keys/service.ts'
import { ROUTES } from '../../testing/contract-routes.ts'
import { describeOnDatabases } from '../../testing/describe-on-databases.ts'
import {
  fillShop,
  type Ids,
  isOfInstallation,
  reachesAllTenants,
  requestAbout,
} from '../../testing/shop-with-everything.ts'
import { type SignedInPerson, signInAs } from '../../testing/sign-in-as.ts'
import { openSite, type Shop, type TestSite } from '../../testing/test-site.ts'

const MINUTE_MS = 60_000

/** What a caller without a person behind it brings. */
const OTHERS = ['nothing', 'a publishable key', 'a secret key', 'an unknown key', 'a revoked key'] as const
type Other = (typeof OTHERS)[number]

/** What is the matter with the session of a person. */
const STATES = ['own', 'stale', 'expired', 'ended'] as const
type State = (typeof STATES)[number]

/** `in`: the handler answers, whatever it says. */
type Expected = 'in' | string

/** Codes by which the gate refuses, before any handler. */
const GATE_CODES = [
  'missing_key',
  'invalid_key',
  'sign_in_needed',
  'invalid_token',
  'wrong_key_kind',
  'reauthentication_required',
  'origin_not_allowed',
]

/** Routes that end the session they are called with: each caller gets one to lose. */
const ENDS_SESSION = ['auth.logout', 'account.remove']

function expectedOfPerson({ access }: Route, role: BuiltInRole, state: State): Expected {
  if (access.kind === 'public') return 'in'
  if (state === 'expired' || state === 'ended') return access.kind === 'visitor' ? 'missing_key' : 'invalid_token'
  if (access.kind === 'visitor') return 'in'
  const { permission } = access
  if (access.kind === 'key' && permission === undefined) {
    return access.allow.includes('publishable') ? 'in' : 'wrong_key_kind'
  }
  if (access.kind === 'key' && access.own) return 'in'
  if (permission !== undefined && !ROLE_PERMISSIONS[role].includes(permission)) return 'forbidden'
  return access.kind === 'person' && access.fresh && state === 'stale' ? 'reauthentication_required' : 'in'
}

function expectedOfOther({ access }: Route, other: Other): Expected {
  if (access.kind === 'public') return 'in'
  if (access.kind === 'person') return other === 'nothing' ? 'sign_in_needed' : 'invalid_token'
  if (other === 'nothing') return 'missing_key'
  if (other === 'an unknown key' || other === 'a revoked key') return 'invalid_key'
  if (access.kind === 'visitor') return 'in'
  return access.allow.includes(other === 'a secret key' ? 'secret' : 'publishable') ? 'in' : 'wrong_key_kind'
}

describeOnDatabases('36 who may call what', (engine) => {
  let site: TestSite
  let shop: Shop
  let stranger: Shop
  let ids: Ids
  let now = Date.now()
  const own = new Map<BuiltInRole, SignedInPerson>()
  /** Signed in at the same time, and only ever asks when that is long ago. */
  const late = new Map<BuiltInRole, SignedInPerson>()
  const ended = new Map<BuiltInRole, SignedInPerson>()
  const foreign = new Map<BuiltInRole, SignedInPerson>()
  const bearers = new Map<Other, string>()

  beforeAll(async () => {
    site = await openSite(engine, { clock: () => now })
    shop = await site.newShop()
    stranger = await site.newShop()
    ids = { ...(await fillShop(site, shop, 'matrix')), tenantId: (await site.newShop()).tenant.publicId }
    for (const role of BUILT_IN_ROLES) {
      own.set(role, await signInAs(site, shop, role))
      late.set(role, await signInAs(site, shop, role))
      foreign.set(role, await signInAs(site, stranger, role))
      const person = await signInAs(site, shop, role)
      await person.send('/auth/logout', json({ refreshToken: person.refreshToken }))
      ended.set(role, person)
    }
    bearers.set('a publishable key', shop.publishableKey)
    bearers.set('a secret key', shop.secretKey)
    bearers.set('an unknown key', `sk_${'a'.repeat(32)}`)
    const ports = {
      clock: () => now,
      random: Math.random,
      secretBytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)),
    }
    const revoked = await createKey(ports, shop.db, { kind: 'secret', label: '', origins: [] })
    await shop.db.query.updateTable('api_keys').set({ revoked_at: now }).where('id', '=', revoked.id).execute()
    bearers.set('a revoked key', revoked.key)
  })
  afterAll(() => site?.close())

  async function outcomeOf(route: Route, bearer: string | undefined): Promise<{ outcome: Expected; code: string }> {
    const { path, method, headers, body } = requestAbout(route, ids)
    const response = await site.send(path, {
      method,
      headers: { ...headers, ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }) },
      ...(body === undefined ? {} : { body }),
    })
    if (!response.headers.get('content-type')?.startsWith('application/problem+json')) {
      await response.body?.cancel()
      return { outcome: 'in', code: '' }
    }
    const { code, detail = '' } = (await response.json()) as { code: string; detail?: string }
    expect(response.status, `${method} ${path}: ${detail}`).toBeLessThan(500)
    const isGate = GATE_CODES.includes(code) || (code === 'forbidden' && detail.startsWith('The permission '))
    return { outcome: isGate ? code : 'in', code }
  }

  it.each(ROUTES)('$id, by role and session', async ({ id, route }) => {
    const startedAt = now
    const expected: Record<string, Expected> = {}
    const actual: Record<string, Expected> = {}
    for (const role of BUILT_IN_ROLES) {
      for (const state of STATES) {
        const name = `${role}, ${state}`
        const rule = expectedOfPerson(route, role, state)
        // What a session of a while ago may still do, a fresh one has just done.
        if (state === 'stale' && rule === 'in') continue
        expected[name] = rule
        now = startedAt + { own: 0, stale: 6, expired: 16, ended: 0 }[state] * MINUTE_MS
        const holder = { own, stale: late, expired: late, ended }[state].get(role)!
        const person = state === 'own' && ENDS_SESSION.includes(id) ? await signInAs(site, shop, role) : holder
        actual[name] = (await outcomeOf(route, person.accessToken)).outcome
        now = startedAt
      }
    }
    expect(actual).toEqual(expected)
  })

  it.each(ROUTES)('$id, by key', async ({ route }) => {
    const expected = OTHERS.map((other) => [other, expectedOfOther(route, other)])
    const actual = []
    for (const other of OTHERS) actual.push([other, (await outcomeOf(route, bearers.get(other))).outcome])
    expect(actual).toEqual(expected)
  })

  const aboutSomething = ROUTES.filter(
    // Who puts a role makes one of their own, whatever others call theirs.
    ({ id, route }) => route.params && id !== 'roles.put' && !isOfInstallation(route),
  )
  it.each(aboutSomething)('$id finds nothing of another tenant, whatever the role', async ({ route }) => {
    for (const role of BUILT_IN_ROLES) {
      if (reachesAllTenants(route, role)) continue
      const rule = expectedOfPerson(route, role, 'own')
      const { outcome, code } = await outcomeOf(route, foreign.get(role)!.accessToken)
      expect([role, outcome, code]).toEqual([role, rule, rule === 'in' ? 'not_found' : rule])
    }
  })

  it('leaves those signed in who have asked all of this', async () => {
    for (const people of [own, late, foreign]) {
      for (const person of people.values()) expect((await person.send('/auth/validate')).status).toBe(200)
    }
  })

  it('knows every way of letting somebody in that a route names', () => {
    expect(ROUTES.filter(({ route }) => !['public', 'visitor', 'key', 'person'].includes(route.access.kind))).toEqual(
      [],
    )
    // Nothing below these roots is open to anybody at all; what is signed says by itself whose it is.
    const open = ROUTES.filter(({ route: { access } }) => access.kind === 'public' && !access.signed)
    expect(open.filter(({ route }) => /^\/(api|admin)\//.test(route.path))).toEqual([])
  })
})

function json(body: object): RequestInit {
  return { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
}
