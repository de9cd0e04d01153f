import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { hookInternet, PUBLIC_ADDRESS } from '../../webhooks/testing/hook-internet.ts'
import { verifyWebhook } from '../../webhooks/verify-webhook.ts'
import { type BarAnswer, describeStatement, type Someone } from './bar-site.ts'

const internet = hookInternet()
beforeAll(() => internet.open())
afterAll(() => internet.close())
beforeEach(() => {
  internet.names.clear()
  internet.names.set('hook.example', [PUBLIC_ADDRESS])
  internet.answer = (_request, response) => void response.end()
  for (const list of [internet.lookups, internet.calls, internet.received, internet.inside]) list.length = 0
})

interface Delivery {
  readonly id: string
  readonly state: string
  readonly attempts: number
  readonly responseStatus: number | null
  readonly error: string | null
}

/** Addresses that lead inside, or are spelled so that readers disagree on where they lead. */
const BAD_URLS = [
  'http://hook.example/',
  'https://ann:secret@hook.example/',
  'https://ann@hook.example/',
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://0177.0.0.1/',
  'https://127.1/',
  'https://10.0.0.1/',
  'https://192.168.1.1/',
  'https://100.64.0.1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:a9fe:a9fe]/',
  'https://[fd00::1]/',
  'https://[fe80::1]/',
  'https://[fd00:ec2::254]/',
  'https://[64:ff9b::7f00:1]/',
  'https://hook.example:22/',
  'https://hook.example:25/',
  'https://hook.example:80/',
  'https://inside.example/',
  'https://both.example/',
  'https://mapped.example/',
  'https://unique-local.example/',
  'https://nobody.example/',
]

function withBadNames(): void {
  internet.names.set('inside.example', ['10.1.2.3'])
  internet.names.set('both.example', [PUBLIC_ADDRESS, '127.0.0.1'])
  internet.names.set('mapped.example', ['::ffff:10.1.2.3'])
  internet.names.set('unique-local.example', ['fd12:3456::1'])
}

describeStatement(
  '46 webhooks go to public addresses, https, pinned, looked at for each send, and follow nothing',
  (bar) => {
    let owner: Someone
    beforeAll(async () => {
      owner = await bar.newPerson({ role: 'owner' })
    })
    beforeEach(async () => {
      await bar.shop.db.query.deleteFrom('webhook_endpoints').execute()
      await bar.shop.db.query.deleteFrom('webhook_deliveries').execute()
      await bar.shop.db.query.deleteFrom('jobs').execute()
    })

    const create = (url: string): Promise<BarAnswer> =>
      bar.post('/admin/webhooks', { url, events: ['order.created'] }, { bearer: owner.accessToken })

    async function made(url = 'https://hook.example/hook'): Promise<{ id: string; secret: string }> {
      const { status, text } = await create(url)
      if (status !== 201) throw new Error(`Making a webhook gave ${status}: ${text}`)
      const { webhook, secret } = JSON.parse(text) as { webhook: { id: string }; secret: string }
      return { id: webhook.id, secret }
    }

    /** Asks for a test message, and what became of it. */
    async function tested(id: string): Promise<Delivery> {
      const asked = await bar.post(`/admin/webhooks/${id}/test`, undefined, { bearer: owner.accessToken })
      expect(asked.status, asked.text).toBe(202)
      while ((await bar.site.server.jobs.runDue()) > 0);
      const { text } = await bar.get(`/admin/webhooks/${id}/deliveries`, { bearer: owner.accessToken })
      const { id: delivered } = JSON.parse(asked.text) as Delivery
      return (JSON.parse(text) as { items: Delivery[] }).items.find((each) => each.id === delivered)!
    }

    it('a public address is called where it was looked up, by its name, with a signed message', async () => {
      const { id, secret } = await made('https://hook.example/hook?shop=1')
      expect(await tested(id)).toMatchObject({ state: 'delivered', attempts: 1, responseStatus: 200, error: null })
      expect(internet.calls).toEqual([{ address: PUBLIC_ADDRESS, timeoutMs: 10_000 }])
      const [request] = internet.received
      expect(request!.path).toBe('/hook?shop=1')
      expect(request!.headers.host).toMatch(/^hook\.example/)
      const { headers, body } = request!
      expect(verifyWebhook({ headers, body, secret, now: bar.now })).toMatchObject({
        type: 'webhook.test',
        data: { webhookId: id },
      })
    })

    it.each(BAD_URLS)('%s cannot be registered', async (url) => {
      withBadNames()
      const { status, body, text } = await create(url)
      expect([status, body.code, body.errors?.[0]?.path]).toEqual([422, 'invalid_input', 'url'])
      // What a name leads to inside is nobody’s business outside.
      expect(text).not.toMatch(/10\.1\.2\.3|fd12/)
      expect(internet.calls).toEqual([])
    })

    it('a webhook cannot be moved to such an address either', async () => {
      withBadNames()
      const { id } = await made()
      for (const url of BAD_URLS) {
        const { status } = await bar.send('PUT', `/admin/webhooks/${id}`, { bearer: owner.accessToken, body: { url } })
        expect([url, status]).toEqual([url, 422])
      }
      expect((await tested(id)).state).toBe('delivered')
    })

    it.each([
      ['127.0.0.1'],
      ['169.254.169.254'],
      ['10.9.8.7'],
      ['::ffff:10.9.8.7'],
      ['fd12:3456::1'],
      [PUBLIC_ADDRESS, '127.0.0.1'],
    ])('a name that leads to %s by the time of the sending is not called', async (...addresses) => {
      const { id } = await made()
      internet.names.set('hook.example', addresses)
      const delivery = await tested(id)
      expect(delivery).toMatchObject({ state: 'failed', responseStatus: null })
      expect(delivery.error).toBe('The address must lead to a public address')
      expect(internet.calls).toEqual([])
    })

    it('an address that was changed behind the server’s back is looked at before each call', async () => {
      const { id } = await made()
      for (const url of [internet.insideUrl, 'https://127.1/', 'https://[::ffff:127.0.0.1]/', 'file:///etc/passwd']) {
        await bar.shop.db.query.updateTable('webhook_endpoints').set({ url }).execute()
        expect([url, (await tested(id)).state]).toEqual([url, 'failed'])
      }
      expect([internet.calls, internet.inside]).toEqual([[], []])
    })

    it('a name is looked up once for each send, and the call goes to what was looked at', async () => {
      const { id } = await made()
      internet.lookups.length = 0
      // A name server that answers something else the second time finds nobody who asks twice.
      let asked = 0
      internet.names.get = (host) => (host === 'hook.example' && asked++ === 0 ? [PUBLIC_ADDRESS] : ['127.0.0.1'])
      try {
        expect((await tested(id)).state).toBe('delivered')
      } finally {
        delete (internet.names as Partial<Map<string, string[]>>).get
      }
      expect(internet.lookups).toEqual(['hook.example'])
      expect(internet.calls.map(({ address }) => address)).toEqual([PUBLIC_ADDRESS])
    })

    it.each([301, 302, 303, 307, 308])('a redirect by %i is not followed, inside or elsewhere', async (status) => {
      const { id } = await made()
      for (const location of [internet.insideUrl, 'https://hook.example/other', '/other']) {
        internet.received.length = 0
        internet.answer = (_request, response) => void response.writeHead(status, { location }).end()
        const delivery = await tested(id)
        expect(delivery).toMatchObject({ state: 'failed', responseStatus: status })
        expect(delivery.error).toContain('redirects are not followed')
        expect(internet.received).toHaveLength(1)
      }
      expect(internet.inside).toEqual([])
    })

    it('an answer without end is cut off, and one that does not come is not waited for', async () => {
      const { id } = await made()
      internet.answer = (_request, response) => {
        const pour = () => {
          while (!response.destroyed && response.write('x'.repeat(16_384)));
          if (!response.destroyed) response.once('drain', pour)
        }
        pour()
      }
      expect((await tested(id)).error).toBe('Its answer was longer than 65536 bytes')
      internet.answer = () => {}
      expect((await tested(id)).error).toBe('It took longer than 10 seconds')
      internet.answer = (_request, response) => void response.writeHead(200).write('a first byte')
      expect((await tested(id)).error).toBe('It took longer than 10 seconds')
      expect(new Set(internet.calls.map(({ timeoutMs }) => timeoutMs))).toEqual(new Set([10_000]))
    })

    it('nothing of an answer but its status is kept or shown', async () => {
      const { id } = await made()
      internet.answer = (_request, response) =>
        void response.writeHead(500, { 'x-note': 'planted-marker' }).end('planted-marker')
      expect(await tested(id)).toMatchObject({ responseStatus: 500, error: 'It answered 500' })
      expect(await bar.wholeDatabase()).not.toContain('planted-marker')
    })

    it('a machine whose certificate is of another name gets no message', async () => {
      internet.names.set('other.example', [PUBLIC_ADDRESS])
      const { id } = await made('https://other.example/')
      expect((await tested(id)).error).toMatch(/^The call failed \(ERR_TLS_CERT_ALTNAME_INVALID\)$/)
      expect(internet.received).toEqual([])
    })

    it('customers and accountants make no webhooks, nor does a proof of more than five minutes ago', async () => {
      const url = 'https://hook.example/'
      for (const role of ['customer', 'operator', 'accountant']) {
        const { accessToken } = await bar.newPerson({ role })
        const { status } = await bar.post('/admin/webhooks', { url, events: ['*'] }, { bearer: accessToken })
        expect([role, status]).toEqual([role, 403])
      }
      await bar.advance(5 * 60_000 + 1)
      expect((await create(url)).body.code).toBe('reauthentication_required')
    })
  },
  { outgoing: internet },
)
