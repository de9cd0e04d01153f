import { createHmac } from 'node:crypto'
import type { WebhookScheme } from '@tillwright/core/contract'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { ORIGIN } from '../../testing/test-site.ts'
import type { IncomingEvent } from '../../webhooks/ports.ts'
import { signStandard } from '../../webhooks/schemes/standard.ts'
import { type BarAnswer, describeStatement, PUBLIC_URL, type Someone } from './bar-site.ts'

const MINUTE_MS = 60_000
const MAX_BYTES = 2 ** 20
const SCHEMES = ['standard', 'stripe', 'twilio', 'woocommerce', 'github'] as const
const TIMED = ['standard', 'stripe'] as const

/** A secret of each kind, and another of the same kind. */
const secretsOf = (scheme: WebhookScheme, owner: string): string =>
  scheme === 'standard'
    ? `whsec_${Buffer.from(owner.padEnd(32, '.')).toString('base64')}`
    : `${scheme} secret of ${owner}`

const hmac = (secret: string, data: string | Uint8Array, encoding: 'hex' | 'base64', digest = 'sha256') =>
  createHmac(digest, secret).update(data).digest(encoding)

interface Signing {
  readonly secret: string
  readonly body: string | Uint8Array
  readonly at: number
  readonly url: string
  readonly id: string
}

/** As each sender signs. */
const SIGN: Readonly<Record<WebhookScheme, (signing: Signing) => Record<string, string>>> = {
  standard({ secret, body, at, id }) {
    const timestamp = Math.floor(at / 1_000)
    return {
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signStandard({ id, timestamp, body: Buffer.from(body as string) }, secret),
    }
  },
  stripe({ secret, body, at }) {
    const t = Math.floor(at / 1_000)
    const v1 = hmac(secret, Buffer.concat([Buffer.from(`${t}.`), Buffer.from(body as string)]), 'hex')
    return { 'stripe-signature': `t=${t},v1=${v1}` }
  },
  twilio({ secret, body, url }) {
    const fields = [...new URLSearchParams(Buffer.from(body as string).toString())].sort(([a], [b]) => (a < b ? -1 : 1))
    return { 'x-twilio-signature': hmac(secret, url + fields.flat().join(''), 'base64', 'sha1') }
  },
  woocommerce: ({ secret, body }) => ({ 'x-wc-webhook-signature': hmac(secret, body, 'base64') }),
  github: ({ secret, body }) => ({ 'x-hub-signature-256': `sha256=${hmac(secret, body, 'hex')}` }),
}

/** What a sender of each kind sends: `n` makes it another event. */
function bodyOf(scheme: WebhookScheme, n: number | string): string {
  if (scheme === 'twilio') return `MessageSid=SM${n}&Body=hello+there&From=%2B14158675309`
  return `{ "id": "evt_${n}",\n  "type" : "something.happened", "n":1.0 }`
}

const handled: IncomingEvent[] = []
let fails = false

interface Source {
  readonly id: string
  readonly url: string
  readonly scheme: WebhookScheme
  readonly secret: string
}

describeStatement(
  '47 incoming webhooks are signed over their bytes, are of now, count once, and are of the tenant whose secret signed',
  (bar) => {
    let owner: Someone
    let count = 0
    beforeAll(async () => {
      owner = await bar.newPerson({ role: 'owner' })
    })
    beforeEach(async () => {
      handled.length = 0
      fails = false
      await bar.shop.db.query.deleteFrom('webhook_sources').execute()
      await bar.shop.db.query.deleteFrom('webhook_events').execute()
    })

    async function newSource(scheme: WebhookScheme, secret = secretsOf(scheme, 'Kestrel')): Promise<Source> {
      const body = { name: scheme, scheme, secret }
      const answer = await bar.post('/admin/webhook-sources', body, { bearer: owner.accessToken })
      expect(answer.status, answer.text).toBe(201)
      return { ...(JSON.parse(answer.text) as { id: string; url: string }), scheme, secret }
    }

    const next = () => `${++count}`

    function signed(source: Source, change: Partial<Signing> = {}): Record<string, string> {
      const body = bodyOf(source.scheme, 'same')
      return SIGN[source.scheme]({ ...source, body, at: bar.now, id: 'msg_same', ...change })
    }

    async function deliver(
      source: Pick<Source, 'id' | 'scheme'>,
      body: string | Uint8Array,
      headers: Record<string, string>,
    ): Promise<{ status: number; body: { status?: string; code?: string } }> {
      const type = source.scheme === 'twilio' ? 'application/x-www-form-urlencoded' : 'application/json'
      const response = await bar.site.server.fetch(
        new Request(`${ORIGIN}/api/webhooks/${source.id}`, {
          method: 'POST',
          headers: { 'content-type': type, ...headers },
          body: body as BodyInit,
        }),
        { remoteAddress: '203.0.113.9' },
      )
      const text = await response.text()
      return {
        status: response.status,
        body: text === '' ? {} : (JSON.parse(text) as { status?: string; code?: string }),
      }
    }

    const empty = { status: 204, body: {} }
    const accepted = { status: 200, body: { status: 'accepted' } }
    const duplicate = { status: 200, body: { status: 'duplicate' } }
    const acceptedFrom = (scheme: WebhookScheme) => (scheme === 'twilio' ? empty : accepted)
    const duplicateFrom = (scheme: WebhookScheme) => (scheme === 'twilio' ? empty : duplicate)
    const refused = { status: 404, body: expect.objectContaining({ code: 'not_found' }) }
    const kept = () => bar.shop.db.query.selectFrom('webhook_events').selectAll().execute()

    async function listed(source: Source): Promise<{ id: string; eventId: string; state: string }[]> {
      const answer: BarAnswer = await bar.get(`/admin/webhook-sources/${source.id}/events`, {
        bearer: owner.accessToken,
      })
      return (JSON.parse(answer.text) as { items: { id: string; eventId: string; state: string }[] }).items
    }

    it.each(SCHEMES)('what %s signs is taken, byte for byte', async (scheme) => {
      const source = await newSource(scheme)
      const id = next()
      const body = bodyOf(scheme, id)
      expect(await deliver(source, body, signed(source, { body, id }))).toEqual(acceptedFrom(scheme))
      const [event] = await listed(source)
      if (scheme === 'stripe') {
        expect(Buffer.from(handled[0]!.body).toString()).toBe(body)
        expect(handled[0]).toMatchObject({ eventId: `evt_${id}`, kind: 'something.happened', sourceId: source.id })
        expect(event).toMatchObject({ state: 'handled', eventId: `evt_${id}` })
        return
      }
      const path = `/admin/webhook-sources/${source.id}/events/${event!.id}`
      const whole = (await bar.get(path, { bearer: owner.accessToken })).body as { bodyBase64?: string }
      expect(event!.state).toBe('kept')
      expect(Buffer.from(whole.bodyBase64!, 'base64').toString()).toBe(body)
    })

    it('bytes that are no text are signed and taken as they are', async () => {
      const source = await newSource('github')
      const body = Uint8Array.from({ length: 256 }, (_, i) => i)
      expect(await deliver(source, body, signed(source, { body }))).toEqual(accepted)
      const [event] = await kept()
      expect(Buffer.from(event!.body!, 'base64')).toEqual(Buffer.from(body))
    })

    it.each(SCHEMES)('what nobody signed as %s, or with another secret, finds nothing', async (scheme) => {
      const source = await newSource(scheme)
      const body = bodyOf(scheme, 'same')
      const good = signed(source)
      const [name, value] = Object.entries(good).find(([header]) => header.includes('signature'))!
      const { [name]: _, ...unsigned } = good
      const others = [
        unsigned,
        { ...good, [name]: '' },
        { ...good, [name]: 'v1,' },
        { ...good, [name]: value.slice(0, -2) },
        { ...good, [name]: `${value}00` },
        signed(source, { secret: secretsOf(scheme, 'somebody else') }),
      ]
      for (const headers of others) expect(await deliver(source, body, headers)).toEqual(refused)
      expect(await kept()).toEqual([])
      expect(await deliver(source, body, good)).toEqual(acceptedFrom(scheme))
    })

    it.each(SCHEMES)('a body of %s that was altered, re-spaced or encoded anew is refused', async (scheme) => {
      const source = await newSource(scheme)
      const body = bodyOf(scheme, 'same')
      const headers = signed(source)
      const altered = [
        body.replace('e', 'f'),
        `${body}\n`.replace('hello', 'hullo'),
        body.slice(0, -1),
        scheme === 'twilio' ? `${body}&x=1` : JSON.stringify(JSON.parse(body)),
      ]
      for (const other of altered) expect(await deliver(source, other, headers)).toEqual(refused)
      expect(await kept()).toEqual([])
    })

    it.each(TIMED)('%s is taken up to five minutes before or after now, and no second more', async (scheme) => {
      const source = await newSource(scheme)
      for (const [seconds, isTaken] of [
        [-301, false],
        [-300, true],
        [300, true],
        [301, false],
        [-86_400, false],
        [86_400, false],
      ] as const) {
        const id = next()
        const body = bodyOf(scheme, id)
        const headers = signed(source, { body, id, at: bar.now + seconds * 1_000 })
        expect([seconds, await deliver(source, body, headers)]).toEqual([seconds, isTaken ? accepted : refused])
      }
    })

    it.each(TIMED)('the time of %s cannot be changed without the secret', async (scheme) => {
      const source = await newSource(scheme)
      const body = bodyOf(scheme, 'same')
      const old = signed(source, { at: bar.now - 60 * MINUTE_MS })
      const now = String(Math.floor(bar.now / 1_000))
      const forged: Record<string, string> =
        scheme === 'standard'
          ? { ...old, 'webhook-timestamp': now }
          : { 'stripe-signature': old['stripe-signature']!.replace(/t=\d+/, `t=${now}`) }
      expect(await deliver(source, body, forged)).toEqual(refused)
    })

    it.each(SCHEMES)('a replay of %s is answered, and does nothing', async (scheme) => {
      const source = await newSource(scheme)
      const body = bodyOf(scheme, 'same')
      const headers = signed(source)
      expect(await deliver(source, body, headers)).toEqual(acceptedFrom(scheme))
      for (let i = 0; i < 3; i++) expect(await deliver(source, body, headers)).toEqual(duplicateFrom(scheme))
      expect(await kept()).toHaveLength(1)
      expect(handled).toHaveLength(scheme === 'stripe' ? 1 : 0)
    })

    it.each(['woocommerce', 'github'] as const)(
      'a replay of %s is known whatever ids and kinds its unsigned headers claim',
      async (scheme) => {
        const source = await newSource(scheme)
        const body = bodyOf(scheme, 'same')
        const headers = signed(source)
        const claims = (n: number) => ({
          'x-github-delivery': `delivery-${n}`,
          'x-github-event': `event-${n}`,
          'x-wc-webhook-delivery-id': `${n}`,
          'x-wc-webhook-topic': `topic-${n}`,
        })
        expect(await deliver(source, body, { ...headers, ...claims(1) })).toEqual(accepted)
        expect(await deliver(source, body, { ...headers, ...claims(2) })).toEqual(duplicate)
      },
    )

    it.each(SCHEMES)('of 12 replays of %s at once one counts', async (scheme) => {
      const source = await newSource(scheme)
      const body = bodyOf(scheme, 'same')
      const headers = signed(source)
      const answers = await Promise.all(Array.from({ length: 12 }, () => deliver(source, body, headers)))
      const others = Array(11).fill(duplicateFrom(scheme))
      expect(answers.sort((a, b) => (a.body.status! < b.body.status! ? -1 : 1))).toEqual([
        acceptedFrom(scheme),
        ...others,
      ])
      expect(handled).toHaveLength(scheme === 'stripe' ? 1 : 0)
      expect(await kept()).toHaveLength(1)
    })

    it.each(['standard', 'twilio'] as const)(
      'an event of %s whose id came before with another body is refused, and the first stays',
      async (scheme) => {
        const source = await newSource(scheme)
        const body = bodyOf(scheme, 'same')
        expect(await deliver(source, body, signed(source))).toEqual(acceptedFrom(scheme))
        // Twilio signs its fields without anything between them: cut elsewhere, they have the same signature.
        const other = scheme === 'twilio' ? body.replace('Body=hello', 'Bodyh=ello') : body.replace('1.0', '2.0')
        const again = await deliver(source, other, signed(source, { body: other }))
        expect(again).toMatchObject({ status: 409, body: { code: 'conflict' } })
        expect(await kept()).toHaveLength(1)
      },
    )

    it('an event that Stripe tells again in other words is answered, does nothing, and is in the log', async () => {
      const source = await newSource('stripe')
      const body = bodyOf('stripe', 'same')
      expect(await deliver(source, body, signed(source))).toEqual(accepted)
      const other = body.replace('"n":1.0', '"pending_webhooks":2')
      expect(other).not.toBe(body)
      expect(await deliver(source, other, signed(source, { body: other }))).toEqual(duplicate)
      expect([handled.length, (await kept()).length]).toEqual([1, 1])
      const told = bar.site.log.withMessage('an incoming webhook came again with another body')
      expect(told.filter((line) => line.source === source.id)).toMatchObject([{ event: 'evt_same' }])
    })

    it('the same body under two topics of WooCommerce is two events, each known when it comes again', async () => {
      const source = await newSource('woocommerce')
      const body = '{"id":12}'
      for (const answer of [accepted, duplicate]) {
        for (const topic of ['order.deleted', 'product.deleted']) {
          const headers = { ...signed(source, { body }), 'x-wc-webhook-topic': topic }
          expect(await deliver(source, body, headers)).toEqual(answer)
        }
      }
      expect((await kept()).map(({ kind }) => kind).sort()).toEqual(['order.deleted', 'product.deleted'])
    })

    it('the ping by which WooCommerce tries an address is answered and does nothing; nothing else unsigned is', async () => {
      const source = await newSource('woocommerce')
      const form = { 'content-type': 'application/x-www-form-urlencoded' }
      const ping = 'webhook_id=12'
      expect(await deliver(source, ping, form)).toEqual({ status: 200, body: { status: 'ignored' } })
      for (const other of ['webhook_id=', 'webhook_id=12&topic=order.created', '{}', `webhook_id=${'1'.repeat(64)}`]) {
        expect(await deliver(source, other, form)).toEqual(refused)
      }
      expect(await deliver(source, ping, { ...form, 'x-wc-webhook-signature': 'wrong' })).toEqual(refused)
      expect(await deliver(await newSource('github'), ping, form)).toEqual(refused)
      expect(await deliver({ ...source, id: `whs_${'0'.repeat(26)}` }, ping, form)).toEqual(refused)
      expect(await kept()).toEqual([])
    })

    it('Twilio is answered nothing, which it would take for orders', async () => {
      const source = await newSource('twilio')
      const body = bodyOf('twilio', 'same')
      const headers = { ...signed(source), 'content-type': 'application/x-www-form-urlencoded' }
      const request = new Request(source.url.replace(PUBLIC_URL, ORIGIN), { method: 'POST', headers, body })
      const response = await bar.site.server.fetch(request, { remoteAddress: '203.0.113.9' })
      expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([204, null, ''])
    })

    it('a handler that fails undoes all of it, so that the next try counts', async () => {
      const source = await newSource('stripe')
      const body = bodyOf('stripe', 'same')
      fails = true
      expect((await deliver(source, body, signed(source))).status).toBe(500)
      expect(await kept()).toEqual([])
      expect(await bar.shop.db.query.selectFrom('tenant_roles').selectAll().execute()).toEqual([])
      fails = false
      expect(await deliver(source, body, signed(source))).toEqual(accepted)
      expect(handled).toHaveLength(1)
    })

    it('the secret of one tenant signs nothing for another, and events of two tenants may have one id', async () => {
      const ours = await newSource('stripe')
      const theirShop = await bar.site.newShop({ name: 'Heron Ironmongers' })
      const secret = secretsOf('stripe', 'Heron')
      const theirId = `whs_${'1'.repeat(26)}`
      const sealed = bar.box.seal(secret, `webhook-source:${theirId}`)
      const row = { id: theirId, name: 'Stripe', scheme: 'stripe', created_at: bar.now, updated_at: bar.now }
      await theirShop.db.query
        .insertInto('webhook_sources')
        .values({ ...row, secret: sealed })
        .execute()
      const theirs: Source = { ...ours, id: theirId, secret }
      const body = bodyOf('stripe', 'same')
      expect(await deliver(ours, body, signed(theirs))).toEqual(refused)
      expect(await deliver(theirs, body, signed(ours))).toEqual(refused)
      expect([await deliver(ours, body, signed(ours)), await deliver(theirs, body, signed(theirs))]).toEqual([
        accepted,
        accepted,
      ])
      const rowsOfTheirs = await theirShop.db.query.selectFrom('webhook_events').select('source_id').execute()
      expect(rowsOfTheirs).toEqual([{ source_id: theirId }])
      expect((await kept()).map(({ source_id }) => source_id)).toEqual([ours.id])
    })

    it('a source that is not there answers what one does that did not sign', async () => {
      const source = await newSource('github')
      const strip = ({ body }: { body: object }) => ({ ...body, requestId: '' })
      const nobody = await deliver({ ...source, id: `whs_${'0'.repeat(26)}` }, '{}', signed(source))
      const unsigned = await deliver(source, '{}', {})
      expect(strip(nobody)).toEqual(strip(unsigned))
      expect([nobody.status, unsigned.status]).toEqual([404, 404])
    })

    it('nothing is taken for a tenant that is suspended', async () => {
      const source = await newSource('github')
      const suspend = (at: number | null) =>
        bar.site.server.database.system
          .updateTable('tenants')
          .set({ suspended_at: at })
          .where('id', '=', bar.shop.tenant.id)
          .execute()
      await suspend(bar.now)
      try {
        expect(await deliver(source, bodyOf('github', 'same'), signed(source))).toEqual(refused)
      } finally {
        await suspend(null)
      }
      expect(await deliver(source, bodyOf('github', 'same'), signed(source))).toEqual(accepted)
    })

    it('another secret counts at once, and the one before no longer', async () => {
      const source = await newSource('github')
      const secret = secretsOf('github', 'the next')
      const path = `/admin/webhook-sources/${source.id}`
      expect((await bar.send('PUT', path, { bearer: owner.accessToken, body: { secret } })).status).toBe(200)
      expect(await deliver(source, bodyOf('github', 'same'), signed(source))).toEqual(refused)
      expect(await deliver(source, bodyOf('github', 'same'), signed(source, { secret }))).toEqual(accepted)
    })

    it('a body is read up to a limit, unpacked by nobody, and of the types that senders send', async () => {
      const source = await newSource('github')
      const largest = 'x'.repeat(MAX_BYTES)
      expect(await deliver(source, largest, signed(source, { body: largest }))).toEqual(accepted)
      const larger = `${largest}x`
      expect((await deliver(source, larger, signed(source, { body: larger }))).status).toBe(413)
      const body = bodyOf('github', 'same')
      const odd: Record<string, string>[] = [
        { 'content-encoding': 'gzip' },
        { 'content-type': 'text/html' },
        { 'content-type': 'multipart/form-data' },
      ]
      for (const headers of odd) {
        expect((await deliver(source, body, { ...signed(source), ...headers })).status).toBe(415)
      }
    })

    it('secrets are sealed, each for its own source, and shown to nobody', async () => {
      const secret = 'a very secret signing secret'
      const [one, two] = [await newSource('github', secret), await newSource('github')]
      expect(await bar.wholeDatabase()).not.toContain(secret)
      for (const path of ['/admin/webhook-sources', '/admin/audit']) {
        expect((await bar.get(path, { bearer: owner.accessToken })).text).not.toContain(secret)
      }
      const { secret: sealed } = await bar.shop.db.query
        .selectFrom('webhook_sources')
        .where('id', '=', one.id)
        .select('secret')
        .executeTakeFirstOrThrow()
      expect(() => bar.box.open(sealed, `webhook-source:${two.id}`)).toThrow()
      expect(Buffer.from(bar.box.open(sealed, `webhook-source:${one.id}`)).toString()).toBe(secret)
    })

    it('the address that a source is told to use is the one that Twilio signs', async () => {
      const source = await newSource('twilio')
      expect(source.url).toBe(`${PUBLIC_URL}/api/v1/webhooks/${source.id}`)
      const body = bodyOf('twilio', 'same')
      const elsewhere = signed(source, { url: source.url.replace('brain', 'other') })
      expect(await deliver(source, body, elsewhere)).toEqual(refused)
    })
  },
  {
    webhooks: {
      incoming: {
        async stripe(tx, event) {
          handled.push(event)
          if (!fails) return
          handled.length = 0
          const role = { name: 'half-done', description: '', permissions: '[]', updated_at: event.receivedAt }
          await tx.query.insertInto('tenant_roles').values(role).execute()
          throw new Error('the handler fails')
        },
      },
    },
  },
)
