import { pathParams, type Route } from '@tillwright/core/contract'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ROUTES } from '../../testing/contract-routes.ts'
import { describeOnDatabases } from '../../testing/describe-on-databases.ts'
import {
  fillShop,
  type Ids,
  isOfInstallation,
  MISSING_IDS,
  reachesAllTenants,
  requestAbout,
} from '../../testing/shop-with-everything.ts'
import { type SignedInPerson, signInAs } from '../../testing/sign-in-as.ts'
import { openSite, type Shop, type TestSite } from '../../testing/test-site.ts'

const MARK = 'foreign'
const MISSING = 'missing'

// Who puts a role makes one of their own, whatever others call theirs.
const aboutSomething = ROUTES.filter(({ id, route }) => route.params && id !== 'roles.put' && !isOfInstallation(route))

/** Queries that name something, by route: that of another tenant, and one of nobody. */
const NAMING_QUERIES: Readonly<Record<string, (ids: Ids) => Record<string, string>>> = {
  'products.list': (ids) => ({ search: ids.productId! }),
  'customers.list': (ids) => ({ search: ids.customerId! }),
  'orders.list': (ids) => ({ customerId: ids.customerId! }),
  'events.list': (ids) => ({ productId: ids.productId! }),
  'recommendations.list': (ids) => ({ kind: 'similar', items: ids.productId! }),
  'users.list': (ids) => ({ search: ids.userId!.slice(4) }),
  'users.export': (ids) => ({ search: ids.userId!.slice(4) }),
  'audit.list': (ids) => ({ personId: ids.userId! }),
  'audit.export': (ids) => ({ personId: ids.userId! }),
}

describeOnDatabases('37 what is another tenant’s is answered as what is nobody’s', (engine) => {
  let site: TestSite
  let owner: Shop
  let foreign: Ids
  let missing: Ids
  let person: SignedInPerson
  let stranger: Shop

  beforeAll(async () => {
    site = await openSite(engine)
    owner = await site.newShop({ name: `${MARK} shop` })
    stranger = await site.newShop()
    foreign = await fillShop(site, owner, MARK)
    missing = Object.fromEntries(
      Object.entries(MISSING_IDS).map(([name, id]) => [
        name,
        id.includes(' ') ? foreign[name]!.replaceAll(MARK, MISSING) : id,
      ]),
    )
    person = await signInAs(site, stranger, 'superadmin')
  })
  afterAll(() => site?.close())

  /** Status, headers that differ for no other reason, and body, without what was asked for and the request's own id. */
  async function answerTo(route: Route, ids: Ids, send: SignedInPerson['send'], search = '') {
    const { path, method, headers, body } = requestAbout(route, ids)
    const response = await send(search ? `${path}?${search}` : path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: withIds(body, ids) }),
    })
    let text = await response.text()
    for (const id of Object.values(ids)) text = text.replaceAll(id, '…')
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      caching: response.headers.get('cache-control'),
      text: text.replace(/"(requestId|recommendationId)":"[^"]+"/g, '"$1":"…"'),
    }
  }

  /** Bodies that name people name those of `ids`. */
  function withIds(body: string, ids: Ids): string {
    return body.replace(/usr_[0-9a-z]{26}/g, ids.userId!)
  }

  it.each(aboutSomething)('$id', async ({ route }) => {
    const somebody = reachesAllTenants(route, person.role) ? await signInAs(site, stranger, 'owner') : person
    const callers = route.access.kind === 'key' ? [stranger.send, somebody.send] : [somebody.send]
    for (const send of callers) {
      const theirs = await answerTo(route, foreign, send)
      expect(theirs).toEqual(await answerTo(route, missing, send))
      expect(JSON.parse(theirs.text)).toMatchObject({ status: 404, code: 'not_found' })
    }
  })

  it.each(Object.keys(NAMING_QUERIES))('%s by what it may be asked for', async (id) => {
    const { route } = ROUTES.find((each) => each.id === id)!
    const search = (ids: Ids) => new URLSearchParams(NAMING_QUERIES[id]!(ids)).toString()
    const theirs = await answerTo(route, foreign, person.send, search(foreign))
    expect(theirs).toEqual(await answerTo(route, missing, person.send, search(missing)))
    expect(theirs.status).toBe(200)
    expect(theirs.text).not.toContain(MARK)
  })

  it('an operation on many', async () => {
    const bulk = async (userId: string) => {
      const answer = await person.send('/admin/users/bulk', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ action: 'suspend', userIds: [userId] }),
      })
      expect(answer.status).toBe(202)
      const { id } = (await answer.json()) as { id: string }
      await site.server.jobs.runDue()
      const job = (await (await person.send(`/admin/jobs/${id}`)).json()) as { state: string; result: object }
      return JSON.stringify([job.state, job.result]).replaceAll(userId, '…')
    }
    expect(await bulk(foreign.userId!)).toBe(await bulk(missing.userId!))
    const { status } = await owner.db.query
      .selectFrom('users')
      .where('id', '=', foreign.userId!)
      .select('status')
      .executeTakeFirstOrThrow()
    expect(status).toBe('active')
  })

  it('while the owner finds what is theirs', async () => {
    const own = await signInAs(site, owner, 'superadmin')
    const reads = aboutSomething.filter(({ id, route }) => route.method === 'GET' && id !== 'jobs.watch')
    for (const { id, route } of reads) {
      const { status, text } = await answerTo(route, foreign, own.send)
      expect([id, status], text).toEqual([id, 200])
    }
    expect(reads.flatMap(({ route }) => pathParams(route.path))).toEqual(
      expect.arrayContaining(['productId', 'customerId', 'orderId', 'jobId', 'digest', 'userId', 'role']),
    )
  })
})
