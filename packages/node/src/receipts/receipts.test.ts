import { describe, expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { type SignedInPerson, signInAs } from '../testing/sign-in-as.ts'
import { openSite, type Shop, useSite } from '../testing/test-site.ts'

const DAY_MS = 86_400_000

async function shopWithOrder(site: { newShop: (settings?: object) => Promise<Shop> }, email?: string): Promise<Shop> {
  const shop = await site.newShop({ name: 'Birch & Thimble' })
  await shop.api.customers.upsert({ items: [{ id: 'c1', name: 'Ann Reader', ...(email ? { email } : {}) }] })
  await shop.api.orders.upsert({ items: [order('1')] })
  return shop
}

const order = (id: string, lines = LINES) => ({
  id,
  placedAt: '2026-03-01T12:00:00Z',
  currency: 'GBP',
  customerId: 'c1',
  lines: [...lines],
})
const LINES = [
  { productId: 'tea', name: 'Tea', quantity: 2, unitPriceMinor: 450 },
  { productId: 'cup', name: 'Cup <b>blue</b>', quantity: 1, unitPriceMinor: 1299 },
]

describeOnDatabases('receipts', (engine) => {
  const site = useSite(engine)

  it('say what an order was, with its tax, and never change', async () => {
    const shop = await shopWithOrder(site)
    await shop.api.receipts.saveSettings({ taxPercent: 20 })
    const receipt = await shop.api.receipts.issue({ orderId: '1' })
    expect(receipt).toMatchObject({
      kind: 'receipt',
      state: 'issued',
      orderId: '1',
      seller: { name: 'Birch & Thimble' },
      buyer: { name: 'Ann Reader' },
      total: { amount: 2199, currency: 'GBP' },
      net: { amount: 1832, currency: 'GBP' },
      tax: { amount: 367, currency: 'GBP' },
      due: { amount: 2199, currency: 'GBP' },
    })
    expect(receipt.number).toMatch(/^R-20\d\d-00001$/)
    await shop.api.orders.upsert({ items: [order('1', [LINES[0]!])] })
    await shop.api.receipts.saveSettings({ taxPercent: 5, seller: { name: 'Another name' } })
    expect(await shop.api.receipts.issue({ orderId: '1' })).toEqual(receipt)
    expect(await shop.api.receipts.get({ receiptId: receipt.id })).toEqual(receipt)
  })

  it('are numbered without a gap, however many are asked for at once, and whatever fails', async () => {
    const shop = await shopWithOrder(site)
    const ids = Array.from({ length: 12 }, (_, i) => `many-${i}`)
    await shop.api.orders.upsert({ items: ids.map((id) => order(id)) })
    const asked = [...ids, ...ids, 'none'].map((orderId) => shop.api.receipts.issue({ orderId }))
    const answers = await Promise.allSettled(asked)
    expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(1)
    const numbers = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value.number.slice(-5)] : []))
    expect([...new Set(numbers)].sort()).toEqual(ids.map((_, i) => String(i + 1).padStart(5, '0')))
    // The same order, the same receipt.
    expect(numbers.slice(0, 12)).toEqual(numbers.slice(12))
  })

  it('have series of their own, for credit notes and for each prefix', async () => {
    const shop = await shopWithOrder(site)
    const lines = [{ name: 'Tea', quantity: 1, unitPriceMinor: 100 }]
    const first = await shop.api.receipts.issue({ lines })
    await shop.api.receipts.saveSettings({ receiptPrefix: 'B/', creditPrefix: 'G/' })
    const second = await shop.api.receipts.issue({ lines })
    const credit = await shop.api.receipts.credit({ receiptId: second.id })
    expect([first.number.slice(-5), second.number, credit.number]).toEqual(['00001', 'B/00001', 'G/00001'])
  })

  it('are credited in part, then in whole, and never beyond', async () => {
    const shop = await shopWithOrder(site)
    const { id } = await shop.api.receipts.issue({ orderId: '1' })
    const part = await shop.api.receipts.credit({ receiptId: id, lines: [{ line: 0, quantity: 1 }] })
    expect(part).toMatchObject({ kind: 'credit-note', creditOf: { id }, total: { amount: -450 } })
    expect(await shop.api.receipts.get({ receiptId: id })).toMatchObject({
      state: 'partly_refunded',
      credits: [{ id: part.id, number: part.number, total: { amount: -450 } }],
      due: { amount: 1749 },
      total: { amount: 2199 },
    })
    const tooMuch = shop.api.receipts.credit({ receiptId: id, lines: [{ line: 0, quantity: 2 }] })
    await expect(tooMuch).rejects.toMatchObject({ code: 'conflict' })
    const rest = await shop.api.receipts.credit({ receiptId: id })
    expect(rest.total.amount).toBe(-1749)
    expect(await shop.api.receipts.get({ receiptId: id })).toMatchObject({ state: 'refunded', due: { amount: 0 } })
    await expect(shop.api.receipts.credit({ receiptId: id })).rejects.toMatchObject({ code: 'conflict' })
    await expect(shop.api.receipts.credit({ receiptId: rest.id })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('are not credited twice by two who do so at once', async () => {
    const shop = await shopWithOrder(site)
    const { id } = await shop.api.receipts.issue({ orderId: '1' })
    const answers = await Promise.allSettled([1, 2, 3].map(() => shop.api.receipts.credit({ receiptId: id })))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await shop.api.receipts.get({ receiptId: id })).due.amount).toBe(0)
  })

  it('that were altered in the database are not shown as if they had been issued so', async () => {
    const shop = await shopWithOrder(site)
    const { id } = await shop.api.receipts.issue({ orderId: '1' })
    const { content } = await shop.db.query
      .selectFrom('receipts')
      .where('id', '=', id)
      .select('content')
      .executeTakeFirstOrThrow()
    await shop.db.query
      .updateTable('receipts')
      .set({ content: content.replace('1299', '1') })
      .where('id', '=', id)
      .execute()
    await expect(shop.api.receipts.get({ receiptId: id })).rejects.toMatchObject({ status: 500 })
  })

  describe('as documents', () => {
    const documentOf = async (shop: Shop, path: string, accept?: string) => {
      const answer = await shop.send(path, accept ? { headers: { accept } } : {})
      return { answer, type: answer.headers.get('content-type'), text: await answer.text() }
    }

    it.each([
      ['application/json', 'application/json'],
      ['text/plain', 'text/plain'],
      ['text/html,application/xhtml+xml;q=0.9,*/*;q=0.8', 'text/html'],
      ['text/plain;q=0.1, application/pdf', 'application/pdf'],
      ['*/*', 'application/json'],
      ['image/png', 'application/json'],
    ])('come for Accept: %s as %s', async (accept, type) => {
      const shop = await shopWithOrder(site)
      const { id } = await shop.api.receipts.issue({ orderId: '1' })
      expect((await documentOf(shop, `/api/receipt/${id}`, accept)).type).toContain(type)
    })

    it('come in the form that the address asks for, by receipt, order or transaction', async () => {
      const shop = await shopWithOrder(site)
      const receipt = await shop.api.receipts.issue({ orderId: '1', transactionId: 'txn-9' })
      const text = (await documentOf(shop, `/api/v1/receipt/${receipt.id}?format=text`)).text
      expect(text).toContain(receipt.number)
      expect(text.split('\n').every((line) => line.length <= 80)).toBe(true)
      expect((await documentOf(shop, '/api/transaction/1/receipt?format=text')).text).toBe(text)
      expect(JSON.parse((await documentOf(shop, '/api/transaction/1/receipt')).text)).toEqual(receipt)
      expect((await documentOf(shop, '/api/transaction/nothing/receipt')).answer.status).toBe(404)
      expect((await documentOf(shop, `/api/receipt/${receipt.id}?format=exe`)).answer.status).toBe(422)
    })

    it('show what people wrote as text, never as markup', async () => {
      const shop = await shopWithOrder(site)
      const { id } = await shop.api.receipts.issue({ orderId: '1', note: '<script>alert(1)</script>#eval("1")' })
      const { text } = await documentOf(shop, `/api/receipt/${id}?format=html`)
      expect(text).toContain('Cup &#60;b&#62;blue&#60;/b&#62;')
      expect(text).not.toContain('<script')
      expect((await documentOf(shop, `/api/receipt/${id}?format=pdf`)).answer.status).toBe(200)
    })

    it('are a tagged PDF/A on one page for 20 lines', async () => {
      const shop = await shopWithOrder(site)
      const lines = Array.from({ length: 20 }, (_, i) => ({
        name: `Ωμέγα שלום Łódź ${i}`,
        quantity: 1,
        unitPriceMinor: i,
      }))
      const { id } = await shop.api.receipts.issue({ lines })
      const answer = await shop.send(`/api/receipt/${id}?format=pdf`)
      const pdf = Buffer.from(await answer.arrayBuffer()).toString('latin1')
      expect(pdf.startsWith('%PDF-')).toBe(true)
      expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g) ?? pdf.match(/\/Count 1\b/g)).toHaveLength(1)
      expect(answer.headers.get('content-disposition')).toContain('.pdf')
    })
  })

  describe('and who sees them', () => {
    const get = (person: SignedInPerson, path: string) => person.send(path).then(({ status }) => status)

    it('are those to whom they were issued, and the shop’s staff', async () => {
      const shop = await site.newShop()
      const [ann, bob, clerk] = [
        await signInAs(site, shop, 'customer'),
        await signInAs(site, shop, 'customer'),
        await signInAs(site, shop, 'accountant'),
      ]
      const lines = [{ name: 'Tea', quantity: 1, unitPriceMinor: 100 }]
      const { id } = await shop.api.receipts.issue({
        lines,
        buyer: { email: ann.email.toUpperCase() },
        transactionId: 't',
      })
      for (const path of [`/api/receipt/${id}`, `/api/receipts/${id}`, '/api/transaction/t/receipt']) {
        expect([await get(ann, path), await get(bob, path), await get(clerk, path)], path).toEqual([200, 404, 200])
        expect((await site.send(path)).status).toBe(401)
        expect((await site.send(`${path}?key=${shop.publishableKey}`)).status).toBe(403)
      }
      const idsOf = async (person: SignedInPerson) =>
        ((await (await person.send('/api/receipts')).json()) as { items: { id: string }[] }).items.map((one) => one.id)
      expect([await idsOf(ann), await idsOf(bob), await idsOf(clerk)]).toEqual([[id], [], [id]])
      const other = await site.newShop()
      expect((await other.send(`/api/receipt/${id}`)).status).toBe(404)
    })

    it('are found by number, order and address, page by page', async () => {
      const shop = await shopWithOrder(site, 'ann@example.com')
      const lines = [{ name: 'Tea', quantity: 1, unitPriceMinor: 100 }]
      await shop.api.receipts.issue({ orderId: '1' })
      for (let i = 0; i < 4; i++) await shop.api.receipts.issue({ lines })
      const found = async (search: string) => (await shop.api.receipts.list({ search })).items.length
      expect([await found('00003'), await found('1'), await found('ANN@example.com'), await found('%')]).toEqual([
        1, 1, 1, 0,
      ])
      const numbers: string[] = []
      for await (const { number } of shop.api.receipts.list({ limit: 2 })) numbers.push(number.slice(-1))
      expect(numbers).toEqual(['5', '4', '3', '2', '1'])
    })
  })

  describe('by mail', () => {
    type Sent = { to: string; text: string; attachments: readonly { filename: string; content: Uint8Array }[] }
    const withMail = async (options: object = {}) => {
      const sent: Sent[] = []
      const mail = {
        name: 'test',
        async send(message: object) {
          sent.push(message as Sent)
        },
      }
      const open = await openSite(engine, { mail, ...options })
      return { site: open, sent }
    }
    const linkIn = ({ text }: Sent) => new URL(/https?:\/\/\S*\/receipt\/\S+/.exec(text)![0])

    it('go out once with the PDF, for each new order where the shop wants that', async () => {
      const { site: mailing, sent } = await withMail()
      try {
        const shop = await mailing.newShop()
        await shop.api.receipts.saveSettings({ automatic: true, mailAutomatic: true })
        await shop.api.customers.upsert({ items: [{ id: 'c1', email: 'ann@example.com' }] })
        await shop.api.orders.upsert({ items: [order('1')] })
        await shop.api.orders.upsert({ items: [order('1')] })
        await mailing.server.jobs.runDue()
        expect(sent.map(({ to }) => to)).toEqual(['ann@example.com'])
        const [file] = sent[0]!.attachments
        expect(file!.filename).toMatch(/^R-20\d\d-00001\.pdf$/)
        expect(Buffer.from(file!.content).toString('latin1', 0, 5)).toBe('%PDF-')
      } finally {
        await mailing.close()
      }
    })

    it('lead to the receipt as it stands today; a link that has run out sends a fresh one to that address only', async () => {
      const time = { now: Date.now() }
      const { site: mailing, sent } = await withMail({ clock: () => time.now })
      try {
        const shop = await mailing.newShop()
        const lines = [{ name: 'Tea', quantity: 2, unitPriceMinor: 100 }]
        const email = 'ann@example.com'
        const { id } = await shop.api.receipts.issue({ lines, buyer: { email }, mailTo: email })
        await mailing.server.jobs.runDue()
        const { pathname } = linkIn(sent[0]!)
        const page = async () => {
          const answer = await mailing.send(pathname)
          return { status: answer.status, html: await answer.text(), headers: answer.headers }
        }
        expect(await page()).toMatchObject({ status: 200, html: expect.not.stringContaining('Credited') })
        expect((await mailing.send(`${pathname}?format=pdf`)).headers.get('content-type')).toBe('application/pdf')
        await shop.api.receipts.credit({ receiptId: id, lines: [{ line: 0, quantity: 1 }] })
        expect((await page()).html).toContain('Left after credit')

        time.now += 31 * DAY_MS
        const expired = await page()
        expect(expired).toMatchObject({ status: 410, html: expect.stringContaining('This link has run out') })
        expect(expired.html).not.toContain('Tea')
        const ask = (address: string) =>
          mailing.send('/api/receipt/resend', {
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              'x-tillwright-tenant': shop.tenant.publicId,
              host: 'tillwright.test',
              origin: 'http://tillwright.test',
            },
            body: JSON.stringify({ receiptId: id, email: address }),
          })
        const answers = [await ask('eve@example.com'), await ask('Ann@Example.com')]
        expect(answers.map(({ status }) => status)).toEqual([202, 202])
        expect(await answers[0]!.text()).toBe(await answers[1]!.text())
        await mailing.server.jobs.runDue()
        expect(sent.slice(1).map(({ to }) => to)).toEqual(['Ann@Example.com'])
        expect((await mailing.send(linkIn(sent[1]!).pathname)).status).toBe(200)
        expect((await mailing.send(`${pathname.slice(0, -2)}xx`)).status).toBe(404)
      } finally {
        await mailing.close()
      }
    })

    it('go to another address for whoever may read them', async () => {
      const { site: mailing, sent } = await withMail()
      try {
        const shop = await mailing.newShop()
        const ann = await signInAs(mailing, shop, 'customer')
        const lines = [{ name: 'Tea', quantity: 2, unitPriceMinor: 100 }]
        const { id } = await shop.api.receipts.issue({ lines, buyer: { email: ann.email } })
        await shop.api.receipts.resend({ receiptId: id })
        const body = JSON.stringify({ receiptId: id, email: 'accounts@example.com' })
        const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
        expect((await ann.send('/api/receipt/resend', post)).status).toBe(202)
        const bob = await signInAs(mailing, shop, 'customer')
        expect((await bob.send('/api/receipt/resend', post)).status).toBe(202)
        await mailing.server.jobs.runDue()
        const receipts = sent.filter(({ attachments }) => attachments.length > 0)
        expect(receipts.map(({ to }) => to)).toEqual([ann.email, 'accounts@example.com'])
      } finally {
        await mailing.close()
      }
    })
  })
})
