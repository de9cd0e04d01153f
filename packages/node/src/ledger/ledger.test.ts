import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { signInAs } from '../testing/sign-in-as.ts'
import { json, type Shop, useSite } from '../testing/test-site.ts'
import { eraseLedgers } from './erase-store.ts'

const bank = { name: 'Current', kind: 'bank', currency: 'GBP' } as const

describeOnDatabases('the ledger', (engine) => {
  const site = useSite(engine)
  const balanceOf = async ({ api }: Shop, accountId: string) => {
    const { balance, pending } = await api.accounts.get({ accountId })
    return [balance.amount, pending.amount]
  }

  /** What the balances should be, from everything that is on an account. */
  async function added({ api }: Shop, accountId: string): Promise<number[]> {
    const { openingBalanceMinor } = await api.accounts.get({ accountId })
    let [posted, pending] = [openingBalanceMinor, 0]
    for await (const { amount, state } of api.transactions.list({ accountId, limit: 7 })) {
      if (state === 'posted') posted += amount.amount
      else pending += amount.amount
    }
    return [posted, pending]
  }

  describe('accounts', () => {
    it('begin with what was on them, and follow what is posted and what is pending', async () => {
      const shop = await site.newShop()
      const { id } = await shop.api.accounts.create({ ...bank, openingBalanceMinor: 10_000 })
      await shop.api.transactions.create({ accountId: id, amountMinor: -2_50, description: 'Coffee' })
      const pending = await shop.api.transactions.create({
        accountId: id,
        amountMinor: -9_99,
        description: 'Book',
        state: 'pending',
      })
      expect(await balanceOf(shop, id)).toEqual([97_50, -9_99])
      await shop.api.transactions.update({ transactionId: pending.id, state: 'posted', amountMinor: -10_00 })
      expect(await balanceOf(shop, id)).toEqual([87_50, 0])
      await shop.api.transactions.update({ transactionId: pending.id, state: 'void' })
      expect(await balanceOf(shop, id)).toEqual([97_50, 0])
      await shop.api.accounts.update({ accountId: id, openingBalanceMinor: 0 })
      expect(await balanceOf(shop, id)).toEqual([-2_50, 0])
    })

    it('keep balances that are the sum of what is on them, whatever was done', { timeout: 120_000 }, async () => {
      const shop = await site.newShop()
      const { api } = shop
      const amount = fc.integer({ min: -5_000, max: 5_000 })
      const step = fc.oneof(
        fc.record({ do: fc.constant('add' as const), on: fc.nat(2), amount, pending: fc.boolean() }),
        fc.record({ do: fc.constant('amount' as const), which: fc.nat(30), amount }),
        fc.record({
          do: fc.constant('state' as const),
          which: fc.nat(30),
          state: fc.constantFrom('posted', 'pending', 'void'),
        }),
        fc.record({ do: fc.constant('remove' as const), which: fc.nat(30) }),
        fc.record({
          do: fc.constant('move' as const),
          on: fc.nat(2),
          to: fc.nat(2),
          amount: fc.integer({ min: 1, max: 900 }),
        }),
        fc.record({ do: fc.constant('split' as const), which: fc.nat(30), part: amount }),
        fc.record({
          do: fc.constant('import' as const),
          on: fc.nat(2),
          amounts: fc.array(amount, { minLength: 1, maxLength: 4 }),
        }),
        fc.record({ do: fc.constant('undo' as const), which: fc.nat(5) }),
      )
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 20 }), async (steps) => {
          const accounts = await Promise.all(
            [0, 77, -5].map((openingBalanceMinor) => api.accounts.create({ ...bank, openingBalanceMinor })),
          )
          const ids: string[] = []
          const statements: string[] = []
          const pick = (which: number) => ids[which % Math.max(1, ids.length)]
          for (const each of steps) {
            const attempt = async () => {
              if (each.do === 'add') {
                const input = { accountId: accounts[each.on]!.id, amountMinor: each.amount, description: 'x' }
                ids.push((await api.transactions.create({ ...input, state: each.pending ? 'pending' : 'posted' })).id)
              } else if (each.do === 'move') {
                const { from, to } = await api.transactions.transfer({
                  fromAccountId: accounts[each.on]!.id,
                  toAccountId: accounts[each.to]!.id,
                  amountMinor: each.amount,
                })
                ids.push(from.id, to.id)
              } else if (each.do === 'import') {
                const rows = each.amounts.map((minor) => `2026-03-31,Shop,${(minor / 100).toFixed(2)}`)
                const body = `Date,Description,Amount\n${rows.join('\n')}\n`
                const { id } = await api.statements.upload({ body, type: 'text/csv', accountId: accounts[each.on]!.id })
                await api.statements.commit({ statementId: id })
                statements.push(id)
              } else if (each.do === 'undo') {
                const statementId = statements[each.which % Math.max(1, statements.length)]
                if (statementId) await api.statements.undo({ statementId })
              } else {
                const transactionId = pick(each.which)
                if (!transactionId) return
                if (each.do === 'amount') await api.transactions.update({ transactionId, amountMinor: each.amount })
                if (each.do === 'state') await api.transactions.update({ transactionId, state: each.state as 'void' })
                if (each.do === 'remove') await api.transactions.remove({ transactionId })
                if (each.do === 'split') {
                  const { amount: whole } = await api.transactions.get({ transactionId })
                  const parts = [each.part, whole.amount - each.part]
                  await api.transactions.split({
                    transactionId,
                    splits: parts.map((amountMinor) => ({ categoryId: null, amountMinor })),
                  })
                }
              }
            }
            // What is refused must change nothing.
            await attempt().catch((error: { code?: string }) =>
              expect(['conflict', 'not_found', 'invalid_input']).toContain(error.code),
            )
          }
          for (const { id } of accounts) expect(await balanceOf(shop, id)).toEqual(await added(shop, id))
        }),
        { numRuns: 12, seed: 6 },
      )
    })

    it('stay right when many write at once', async () => {
      const shop = await site.newShop()
      const [one, two] = [await shop.api.accounts.create(bank), await shop.api.accounts.create(bank)]
      await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          i % 2 === 0
            ? shop.api.transactions.create({ accountId: one.id, amountMinor: i, description: 'x' })
            : shop.api.transactions.transfer({
                fromAccountId: i % 4 === 1 ? one.id : two.id,
                toAccountId: i % 4 === 1 ? two.id : one.id,
                amountMinor: i,
              }),
        ),
      )
      for (const { id } of [one, two]) expect(await balanceOf(shop, id)).toEqual(await added(shop, id))
    })

    it('refuse what would be more than can be kept exactly, and change nothing', async () => {
      const shop = await site.newShop()
      const { id } = await shop.api.accounts.create({ ...bank, openingBalanceMinor: 999_999_999_999_999 })
      await shop.db.query
        .updateTable('accounts')
        .set({ balance_minor: Number.MAX_SAFE_INTEGER })
        .where('id', '=', id)
        .execute()
      const refused = shop.api.transactions.create({ accountId: id, amountMinor: 1, description: 'x' })
      await expect(refused).rejects.toMatchObject({ code: 'conflict' })
      expect((await shop.api.transactions.list({ accountId: id })).items).toEqual([])
    })

    it.each([
      ['JPY', -1_250, '-1250'],
      ['KWD', -1_250, '-1.25'],
      ['GBP', -1_250, '-12.5'],
    ])('keep amounts in %s exactly, and export them as people write them', async (currency, amountMinor, written) => {
      const { api } = await site.newShop()
      const { id } = await api.accounts.create({ ...bank, currency })
      await api.transactions.create({ accountId: id, amountMinor, description: 'x', bookedOn: '2026-03-31' })
      expect((await api.accounts.get({ accountId: id })).balance).toEqual({ amount: amountMinor, currency })
      const text = await (await api.transactions.export()).text()
      expect(text.split('\r\n')[1]).toContain(`,2026-03-31,,Current,${written},${currency},${amountMinor},x,`)
    })

    it('with transactions are archived, not removed, and take nothing new then', async () => {
      const { api } = await site.newShop()
      const { id } = await api.accounts.create(bank)
      await api.transactions.create({ accountId: id, amountMinor: 1, description: 'x' })
      await expect(api.accounts.remove({ accountId: id })).rejects.toMatchObject({ code: 'conflict' })
      await api.accounts.update({ accountId: id, archived: true })
      expect((await api.accounts.list()).items).toEqual([])
      expect((await api.accounts.list({ archived: true })).items).toHaveLength(1)
      const more = api.transactions.create({ accountId: id, amountMinor: 1, description: 'x' })
      await expect(more).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('archived') })
    })
  })

  describe('a person', () => {
    it('sees and changes their own, and nothing of anybody else’s', async () => {
      const shop = await site.newShop()
      const [ann, bob] = [await signInAs(site, shop, 'customer'), await signInAs(site, shop, 'customer')]
      const made = await ann.send('/api/accounts', json(bank))
      expect(made.status).toBe(201)
      const account = (await made.json()) as { id: string; ownerId: string }
      expect(account.ownerId).toBe(ann.id)
      const own = await shop.api.accounts.create({ ...bank, name: 'The shop’s' })
      const listed = async (who: typeof ann) =>
        ((await (await who.send('/api/accounts')).json()) as { items: { id: string }[] }).items.map(({ id }) => id)
      expect(await listed(ann)).toEqual([account.id])
      expect(await listed(bob)).toEqual([])
      const spent = await ann.send(
        '/api/transactions',
        json({ accountId: account.id, amountMinor: -5, description: 'x' }),
      )
      const { id } = (await spent.json()) as { id: string }
      for (const path of [
        `/api/accounts/${account.id}`,
        `/api/transactions/${id}`,
        `/api/transactions?accountId=${account.id}`,
      ]) {
        expect([path, (await ann.send(path)).status]).toEqual([path, 200])
        expect([path, (await bob.send(path)).status]).toEqual([path, 404])
      }
      const theft = { fromAccountId: account.id, toAccountId: own.id, amountMinor: 1 }
      for (const who of [ann, bob]) expect((await who.send('/api/transactions/transfer', json(theft))).status).toBe(404)
      expect((await bob.send('/api/accounts', json({ ...bank, ownerId: ann.id }))).status).toBe(403)
      expect(await (await bob.send('/api/transactions/export')).text()).not.toContain(id)
      expect(((await (await bob.send('/api/transactions/summary')).json()) as { items: [] }).items).toEqual([])
    })

    it('is looked after by an accountant, and not by an operator', async () => {
      const shop = await site.newShop()
      const ann = await signInAs(site, shop, 'customer')
      const { id } = (await (await ann.send('/api/accounts', json(bank))).json()) as { id: string }
      const [accountant, operator] = [await signInAs(site, shop, 'accountant'), await signInAs(site, shop, 'operator')]
      expect((await accountant.send(`/api/accounts/${id}`)).status).toBe(200)
      expect((await operator.send(`/api/accounts/${id}`)).status).toBe(404)
      const asked = await accountant.send(`/api/accounts?ownerId=${ann.id}`)
      expect((await asked.json()) as object).toMatchObject({ items: [{ id }] })
    })

    it('who is erased leaves nothing behind', async () => {
      const shop = await site.newShop()
      const ann = await signInAs(site, shop, 'customer')
      const { id: accountId } = (await (await ann.send('/api/accounts', json(bank))).json()) as { id: string }
      await ann.send('/api/transactions', json({ accountId, amountMinor: -5, description: 'x' }))
      await ann.send('/api/categories', json({ name: 'Mine' }))
      await shop.db.transaction((tx) => eraseLedgers(tx, [ann.id]))
      for (const table of ['accounts', 'transactions', 'categories'] as const) {
        expect(await shop.db.query.selectFrom(table).select('id').execute()).toEqual([])
      }
    })
  })

  describe('transactions', () => {
    it('of the same externalId are one', async () => {
      const shop = await site.newShop()
      const { id: accountId } = await shop.api.accounts.create(bank)
      const input = { accountId, amountMinor: -5, description: 'x', externalId: 'a-1' }
      const [first, second] = await Promise.all([
        shop.api.transactions.create(input),
        shop.api.transactions.create(input),
      ])
      expect(second.id).toBe(first.id)
      expect(await balanceOf(shop, accountId)).toEqual([-5, 0])
      const other = shop.api.transactions.create({ ...input, amountMinor: -6 })
      await expect(other).rejects.toMatchObject({ code: 'conflict' })
    })

    it('are found by day, size, merchant, text, state and category, newest first, page by page', async () => {
      const { api } = await site.newShop()
      const { id: accountId } = await api.accounts.create(bank)
      const food = await api.categories.create({ name: 'Food' })
      const coffee = await api.categories.create({ name: 'Coffee', parentId: food.id })
      const add = (bookedOn: string, amountMinor: number, description: string, more: object = {}) =>
        api.transactions.create({ accountId, bookedOn, amountMinor, description, ...more })
      await add('2026-01-01', -100, 'TESCO STORES 3858', { categoryId: food.id })
      await add('2026-01-02', -250, 'Corner Café', { categoryId: coffee.id })
      await add('2026-01-02', 90_000, 'Salary', { categoryId: null })
      await add('2026-01-03', -100, 'TESCO STORES 6112', { note: '50% _off_' })
      const found = async (filter: object) =>
        (await api.transactions.list(filter)).items.map(({ description }) => description)
      expect(await found({})).toEqual(['TESCO STORES 6112', 'Salary', 'Corner Café', 'TESCO STORES 3858'])
      expect(await found({ from: '2026-01-02', to: '2026-01-02' })).toEqual(['Salary', 'Corner Café'])
      expect(await found({ minMinor: 101, maxMinor: 300 })).toEqual(['Corner Café'])
      expect(await found({ direction: 'in' })).toEqual(['Salary'])
      expect(await found({ merchant: 'Tesco Stores' })).toEqual(['TESCO STORES 6112', 'TESCO STORES 3858'])
      expect(await found({ search: '% _off' })).toEqual(['TESCO STORES 6112'])
      // The second visit to Tesco went where the first was put.
      expect(await found({ categoryId: food.id })).toEqual(['TESCO STORES 6112', 'Corner Café', 'TESCO STORES 3858'])
      expect(await found({ categoryId: 'none' })).toEqual(['Salary'])
      const walked = []
      for await (const { description } of api.transactions.list({ limit: 1 })) walked.push(description)
      expect(walked).toEqual(await found({}))
    })

    it('are split into parts that add up, which is where they count', async () => {
      const { api } = await site.newShop()
      const { id: accountId } = await api.accounts.create(bank)
      const [food, home] = [
        await api.categories.create({ name: 'Food' }),
        await api.categories.create({ name: 'Home' }),
      ]
      const { id: transactionId } = await api.transactions.create({
        accountId,
        amountMinor: -1_000,
        description: 'x',
        bookedOn: '2026-02-03',
      })
      const parts = [
        { categoryId: food.id, amountMinor: -700 },
        { categoryId: home.id, amountMinor: -300 },
      ]
      const wrong = api.transactions.split({ transactionId, splits: [parts[0]!, parts[0]!] })
      await expect(wrong).rejects.toMatchObject({
        errors: [{ path: 'splits', message: expect.stringContaining('-1400') }],
      })
      await api.transactions.split({ transactionId, splits: parts })
      const { items, totals } = await api.transactions.summary({ by: 'category', from: '2026-02-01', to: '2026-02-28' })
      expect(items.map(({ label, outMinor }) => [label, outMinor])).toEqual([
        ['Food', 700],
        ['Home', 300],
      ])
      expect(totals).toMatchObject([{ currency: 'GBP', outMinor: 1_000 }])
      expect((await api.transactions.list({ categoryId: home.id })).items).toHaveLength(1)
      await expect(api.transactions.update({ transactionId, amountMinor: -5 })).rejects.toMatchObject({
        code: 'conflict',
      })
      await api.transactions.split({ transactionId, splits: [] })
      expect((await api.transactions.get({ transactionId })).splits).toEqual([])
    })

    it('are summed up beside the period before, each currency for itself, without what was only moved', async () => {
      const { api } = await site.newShop()
      const [one, two] = [
        await api.accounts.create(bank),
        await api.accounts.create({ ...bank, name: 'Euro', currency: 'EUR' }),
      ]
      const spare = await api.accounts.create({ ...bank, name: 'Savings' })
      const add = (accountId: string, bookedOn: string, amountMinor: number, merchant: string) =>
        api.transactions.create({ accountId, bookedOn, amountMinor, description: merchant, merchant })
      await add(one.id, '2026-02-20', -300, 'Tesco')
      await add(one.id, '2026-03-01', -500, 'Tesco 12')
      await add(one.id, '2026-03-02', -200, 'Shell')
      await add(two.id, '2026-03-02', -200, 'Shell')
      await api.transactions.transfer({
        fromAccountId: one.id,
        toAccountId: spare.id,
        amountMinor: 9_000,
        bookedOn: '2026-03-02',
      })
      const range = { from: '2026-03-01', to: '2026-03-10' }
      const { items, previous } = await api.transactions.summary({ by: 'merchant', ...range })
      expect(previous).toEqual({ from: '2026-02-19', to: '2026-02-28' })
      expect(
        items.map(({ key, currency, outMinor, previous: before }) => [key, currency, outMinor, before.outMinor]),
      ).toEqual([
        ['tesco', 'GBP', 500, 300],
        ['shell', 'EUR', 200, 0],
        ['shell', 'GBP', 200, 0],
      ])
      const moved = await api.transactions.summary({ by: 'account', transfers: true, ...range })
      expect(moved.items.find(({ label }) => label === 'Savings')).toMatchObject({ inMinor: 9_000 })
      const months = await api.transactions.summary({
        by: 'month',
        from: '2026-01-01',
        to: '2026-03-31',
        currency: 'GBP',
      })
      expect(months.items.map(({ key, outMinor }) => [key, outMinor])).toEqual([
        ['2026-02', 300],
        ['2026-03', 700],
      ])
    })

    it('leave as CSV in which nothing runs', async () => {
      const { api } = await site.newShop()
      const { id: accountId } = await api.accounts.create({ ...bank, name: '@account' })
      await api.transactions.create({
        accountId,
        amountMinor: -1,
        description: '=HYPERLINK("x")',
        merchant: '+1',
        note: '-2',
      })
      const text = await (await api.transactions.export()).text()
      expect(text).toContain(`'@account`)
      expect(text).toContain(`"'=HYPERLINK(""x"")",'+1,`)
      expect(text).toContain(",'-2")
    })

    it('move between accounts as one, in both currencies, once for one externalId, and go as one', async () => {
      const shop = await site.newShop()
      const [pounds, yen] = [
        await shop.api.accounts.create(bank),
        await shop.api.accounts.create({ ...bank, currency: 'JPY' }),
      ]
      const input = { fromAccountId: pounds.id, toAccountId: yen.id, amountMinor: 1_000, externalId: 'move-1' }
      await expect(shop.api.transactions.transfer(input)).rejects.toMatchObject({ errors: [{ path: 'toAmountMinor' }] })
      const done = await shop.api.transactions.transfer({ ...input, toAmountMinor: 1_900 })
      expect(await shop.api.transactions.transfer({ ...input, toAmountMinor: 1_900 })).toEqual(done)
      expect(done.from.transferId).toBe(done.to.transferId)
      expect([await balanceOf(shop, pounds.id), await balanceOf(shop, yen.id)]).toEqual([
        [-1_000, 0],
        [1_900, 0],
      ])
      const one = shop.api.transactions.update({ transactionId: done.to.id, amountMinor: 5 })
      await expect(one).rejects.toMatchObject({ code: 'conflict' })
      await shop.api.transactions.remove({ transactionId: done.to.id })
      expect([await balanceOf(shop, pounds.id), await balanceOf(shop, yen.id)]).toEqual([
        [0, 0],
        [0, 0],
      ])
    })

    it('have filters that each holder puts aside for themselves', async () => {
      const shop = await site.newShop()
      const ann = await signInAs(site, shop, 'customer')
      const saved = await shop.api.transactions.saveFilter({ name: 'Big', filter: { minMinor: 100_000 } })
      expect((await shop.api.transactions.filters()).items).toEqual([saved])
      expect(await (await ann.send('/api/transaction-filters')).json()).toEqual({ items: [] })
      expect((await ann.send(`/api/transaction-filters/${saved.id}`, { method: 'DELETE' })).status).toBe(404)
      await shop.api.transactions.removeFilter({ filterId: saved.id })
      expect((await shop.api.transactions.filters()).items).toEqual([])
    })
  })
})
