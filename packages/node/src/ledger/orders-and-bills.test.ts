import { describe, expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { signInAs } from '../testing/sign-in-as.ts'
import { json, type Shop, useSite } from '../testing/test-site.ts'

const DAY_MS = 86_400_000

describeOnDatabases('orders in the ledger', (engine) => {
  const site = useSite(engine)
  const order = (id: string, unitPriceMinor: number, more: object = {}) => ({
    id,
    placedAt: '2026-03-31T23:30:00Z',
    currency: 'GBP',
    lines: [{ productId: 'tea', quantity: 1, unitPriceMinor }],
    ...more,
  })
  const runJobs = async () => {
    while ((await site.server.jobs.runDue()) > 0);
  }
  const shopAccounts = async ({ api }: Shop) => (await api.accounts.list({ kind: 'shop' })).items

  it('are transactions of the shop’s account, on the day that it was there, in each currency', async () => {
    const shop = await site.newShop({ timeZone: 'Europe/Berlin' })
    await shop.api.orders.upsert({ items: [order('1', 1_000), order('2', 500, { currency: 'EUR' })] })
    await runJobs()
    const accounts = await shopAccounts(shop)
    expect(accounts.map(({ balance }) => balance)).toEqual([
      { amount: 500, currency: 'EUR' },
      { amount: 1_000, currency: 'GBP' },
    ])
    const { items } = await shop.api.transactions.list({ source: 'order', currency: 'GBP' })
    expect(items).toMatchObject([{ externalId: '1', bookedOn: '2026-04-01', amount: { amount: 1_000 } }])
  })

  it('follow their orders: returns, changes, and imports as well', async () => {
    const shop = await site.newShop()
    await shop.api.orders.upsert({ items: [order('1', 1_000)] })
    await runJobs()
    const back = order('2', 1_000, { lines: [{ productId: 'tea', quantity: -1, unitPriceMinor: 400 }] })
    await shop.api.orders.upsert({ items: [order('1', 900), back] })
    const csv = 'order_id,placed_at,product_id,quantity,unit_price\n3,2026-03-31,tea,2,1.50\n'
    await shop.api.orders.import({ body: csv, type: 'text/csv' })
    await runJobs()
    const [account] = await shopAccounts(shop)
    // 9.00 after the change, 4.00 that went back, and 3.00 of the file.
    expect(account!.balance.amount).toBe(800)
    expect((await shop.api.transactions.list({ accountId: account!.id })).items).toHaveLength(3)
    await runJobs()
    expect((await shopAccounts(shop))[0]!.balance).toEqual(account!.balance)
  })
})

describeOnDatabases('bills', (engine) => {
  const time = { now: Date.parse('2026-03-20T12:00:00Z') }
  const site = useSite(engine, { clock: () => time.now })
  const bank = { name: 'Current', kind: 'bank', currency: 'GBP' } as const
  const water = {
    name: 'City Water',
    amountMinor: 4_000,
    currency: 'GBP',
    every: 'month',
    nextDueOn: '2026-03-31',
  } as const

  async function shopWithBill(more: object = {}) {
    const shop = await site.newShop()
    const { id: accountId } = await shop.api.accounts.create(bank)
    const bill = await shop.api.bills.create({ ...water, ...more })
    const pay = (amountMinor: number, bookedOn: string, merchant = 'CITY WATER 0042') =>
      shop.api.transactions.create({ accountId, amountMinor, bookedOn, description: merchant, merchant })
    return { shop, api: shop.api, accountId, bill, pay, billId: bill.id }
  }

  it('are paid by the transaction that fits, and due again a month later, on the same day where there is one', async () => {
    const { api, billId, pay } = await shopWithBill()
    await pay(-4_100, '2026-03-30')
    expect(await api.bills.get({ billId })).toMatchObject({
      nextDueOn: '2026-04-30',
      payments: [{ dueOn: '2026-03-31', paidOn: '2026-03-30' }],
    })
    await pay(-4_000, '2026-05-02')
    expect(await api.bills.get({ billId })).toMatchObject({ nextDueOn: '2026-05-31' })
  })

  it.each([
    ['another merchant', -4_000, '2026-03-30', 'Somebody else'],
    ['too much', -4_500, '2026-03-30', 'City Water'],
    ['money that comes in', 4_000, '2026-03-30', 'City Water'],
    ['a payment of another month', -4_000, '2026-02-10', 'City Water'],
  ])('are not paid by %s', async (_, amountMinor, bookedOn, merchant) => {
    const { api, billId, pay } = await shopWithBill()
    await pay(amountMinor, bookedOn, merchant)
    expect(await api.bills.get({ billId })).toMatchObject({ nextDueOn: '2026-03-31', payments: [] })
  })

  it('are due again when the payment goes, and when the statement that brought it is undone', async () => {
    const { api, accountId, billId, pay } = await shopWithBill()
    const { id } = await pay(-4_000, '2026-03-30')
    await api.transactions.remove({ transactionId: id })
    expect(await api.bills.get({ billId })).toMatchObject({ nextDueOn: '2026-03-31', payments: [] })
    const body = 'Date,Description,Amount\n2026-04-30,City Water,-40.00\n2026-03-31,City Water,-40.00\n'
    const { id: statementId } = await api.statements.upload({ body, type: 'text/csv', accountId })
    await api.statements.commit({ statementId })
    expect(await api.bills.get({ billId })).toMatchObject({ nextDueOn: '2026-05-31' })
    await api.statements.undo({ statementId })
    expect(await api.bills.get({ billId })).toMatchObject({ nextDueOn: '2026-03-31', payments: [] })
  })

  it('that are due once end when they are paid', async () => {
    const { api, billId } = await shopWithBill({ every: 'once' })
    expect(await api.bills.pay({ billId })).toMatchObject({ state: 'ended', nextDueOn: null })
    await expect(api.bills.pay({ billId })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('remind their owner by one mail, some days before, unless they are paid by then', async () => {
    const shop = await site.newShop()
    const ann = await signInAs(site, shop, 'customer')
    const make = async (more: object) =>
      ((await (await ann.send('/api/bills', json({ ...water, ...more }))).json()) as { id: string }).id
    await make({})
    const paid = await make({ name: 'Paid' })
    await make({ name: 'Silent', remindDaysBefore: null })
    await ann.send(`/api/bills/${paid}/pay`, json({}))
    const start = time.now
    const mails = async () => {
      await site.server.jobs.runDue()
      const rows = await shop.db.query.selectFrom('mail_messages').select('template').execute()
      return rows.filter(({ template }) => template === 'bill-due').length
    }
    expect(await mails()).toBe(0)
    time.now = Date.parse('2026-03-28T08:00:01Z')
    expect(await mails()).toBe(1)
    time.now += DAY_MS
    expect(await mails()).toBe(1)
    time.now = start
  })

  it('are found in payments that come back, and suggested once', async () => {
    const shop = await site.newShop()
    const { id: accountId } = await shop.api.accounts.create(bank)
    const add = (bookedOn: string, amountMinor: number, merchant: string) =>
      shop.api.transactions.create({ accountId, bookedOn, amountMinor, merchant, description: merchant })
    for (const month of ['2025-12', '2026-01', '2026-02', '2026-03']) await add(`${month}-05`, -999, 'Stream TV')
    for (const day of ['2026-01-03', '2026-01-20', '2026-03-01']) await add(day, -999, 'Corner Café')
    for (const month of ['2025-06', '2025-07', '2025-08']) await add(`${month}-05`, -999, 'Gym Past')
    const { items } = await shop.api.bills.detect()
    expect(items).toMatchObject([
      {
        name: 'Stream TV',
        state: 'suggested',
        every: 'month',
        nextDueOn: '2026-04-05',
        amount: { amount: 999, currency: 'GBP' },
      },
    ])
    expect((await shop.api.bills.detect()).items).toEqual([])
    await shop.api.bills.update({ billId: items[0]!.id, state: 'active' })
    expect((await shop.api.bills.list({ state: 'active', dueBy: '2026-04-30' })).items).toHaveLength(1)
  })

  describe('of a person', () => {
    it('are nobody else’s, and are not paid from other people’s accounts', async () => {
      const { shop, billId, pay } = await shopWithBill()
      const ann = await signInAs(site, shop, 'customer')
      expect((await ann.send(`/api/bills/${billId}`)).status).toBe(404)
      const own = (await (await ann.send('/api/bills', json(water))).json()) as { id: string }
      await pay(-4_000, '2026-03-30')
      const after = (await (await ann.send(`/api/bills/${own.id}`)).json()) as object
      expect(after).toMatchObject({ nextDueOn: '2026-03-31', payments: [] })
    })
  })
})
