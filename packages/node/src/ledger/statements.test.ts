import { describe, expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { signInAs } from '../testing/sign-in-as.ts'
import { type Shop, useSite } from '../testing/test-site.ts'

const CSV = `Date,Description,Amount
31/03/2026,Coffee,-2.50
31/03/2026,Coffee,-2.50
01/04/2026,"Rent, April",-800.00
02/04/2026,Salary,"2,000.00"
`

const OFX = `OFXHEADER:100
DATA:OFXSGML
VERSION:102

<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20260401<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>EUR
<BANKACCTFROM><BANKID>1<ACCTID>12 34-56<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20260301<DTEND>20260331
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260305<TRNAMT>-12.34<FITID>A1<NAME>BAKERY</STMTTRN>
<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260305<TRNAMT>-12.34<FITID>A2<NAME>BAKERY</STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>75.32<DTASOF>20260331</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
`

describeOnDatabases('statements', (engine) => {
  const site = useSite(engine)
  const bank = { name: 'Current', kind: 'bank', currency: 'GBP' } as const

  async function shopWithAccount(currency = 'GBP') {
    const shop = await site.newShop()
    const { id: accountId } = await shop.api.accounts.create({ ...bank, currency })
    return { shop, api: shop.api, accountId }
  }
  const upload = ({ api }: Pick<Shop, 'api'>, body: string, accountId?: string) =>
    api.statements.upload({ body, type: 'text/csv', ...(accountId ? { accountId } : {}) })
  const descriptions = async ({ api }: Pick<Shop, 'api'>, accountId: string) => {
    const found = []
    for await (const { description, amount } of api.transactions.list({ accountId }))
      found.push([description, amount.amount])
    return found
  }

  it('show what they would add, and add it when they are committed', async () => {
    const { shop, api, accountId } = await shopWithAccount()
    const preview = await upload(shop, CSV, accountId)
    expect(preview).toMatchObject({
      state: 'preview',
      format: 'csv',
      questions: [],
      accounts: [{ accountId, currency: 'GBP', rows: 4, new: 4, duplicate: 0, from: '2026-03-31', to: '2026-04-02' }],
      columns: [
        { header: 'Date', role: 'bookedAt' },
        { header: 'Description', role: 'text' },
        { header: 'Amount', role: 'amount' },
      ],
      problems: [],
    })
    expect(await descriptions(shop, accountId)).toEqual([])
    const rows = []
    for await (const { line, status } of api.statements.rows({ statementId: preview.id, limit: 3 }))
      rows.push([line, status])
    expect(rows).toEqual([
      [2, 'new'],
      [3, 'new'],
      [4, 'new'],
      [5, 'new'],
    ])
    const done = await api.statements.commit({ statementId: preview.id })
    expect(done).toMatchObject({ state: 'committed', added: 4 })
    expect(await descriptions(shop, accountId)).toEqual([
      ['Salary', 200_000],
      ['Rent, April', -80_000],
      ['Coffee', -250],
      ['Coffee', -250],
    ])
    expect((await api.accounts.get({ accountId })).balance.amount).toBe(119_500)
  })

  it('add nothing when they come again, and what is new of one that overlaps', async () => {
    const { shop, api, accountId } = await shopWithAccount()
    const first = await upload(shop, CSV, accountId)
    // Twice, as somebody who presses a button twice does.
    await Promise.all([1, 2].map(() => api.statements.commit({ statementId: first.id })))
    const again = await upload(shop, CSV, accountId)
    expect(again.accounts).toMatchObject([{ new: 0, duplicate: 4 }])
    expect(await api.statements.commit({ statementId: again.id })).toMatchObject({ added: 0 })
    const more = `${CSV}02/04/2026,Coffee,-2.50\n31/03/2026,Coffee,-2.50\n`
    const overlapping = await upload(shop, more, accountId)
    expect(overlapping.accounts).toMatchObject([{ new: 1, similar: 1, duplicate: 4 }])
    expect(await api.statements.commit({ statementId: overlapping.id })).toMatchObject({ added: 2 })
    expect((await descriptions(shop, accountId)).filter(([text]) => text === 'Coffee')).toHaveLength(4)
  })

  it('of two uploads of one file that are committed at once add it once', async () => {
    const { shop, api, accountId } = await shopWithAccount()
    const both = [await upload(shop, CSV, accountId), await upload(shop, CSV, accountId)]
    const done = await Promise.all(both.map(({ id }) => api.statements.commit({ statementId: id })))
    expect(done.map(({ added }) => added).sort()).toEqual([0, 4])
    expect((await api.accounts.get({ accountId })).balance.amount).toBe(119_500)
  })

  it('are undone, whatever became of their entries, and can come again then', async () => {
    const { shop, api, accountId } = await shopWithAccount()
    await api.transactions.create({ accountId, amountMinor: 7, description: 'By hand' })
    const { id: statementId } = await upload(shop, CSV, accountId)
    await api.statements.commit({ statementId })
    const { items } = await api.transactions.list({ accountId, statementId })
    await api.transactions.update({ transactionId: items[0]!.id, state: 'void' })
    await api.transactions.split({
      transactionId: items[1]!.id,
      splits: [
        { categoryId: null, amountMinor: -1 },
        { categoryId: null, amountMinor: items[1]!.amount.amount + 1 },
      ],
    })
    expect(await api.statements.undo({ statementId })).toMatchObject({ state: 'undone' })
    expect(await descriptions(shop, accountId)).toEqual([['By hand', 7]])
    expect((await api.accounts.get({ accountId })).balance.amount).toBe(7)
    expect(await api.statements.undo({ statementId })).toMatchObject({ state: 'undone' })
    const again = await upload(shop, CSV, accountId)
    expect(await api.statements.commit({ statementId: again.id })).toMatchObject({ added: 4 })
  })

  it('that fail in the middle leave nothing, and can be committed once that is mended', async () => {
    const { shop, api, accountId } = await shopWithAccount()
    const { id: statementId } = await upload(shop, CSV, accountId)
    const setBalance = (balance_minor: number) =>
      shop.db.query.updateTable('accounts').set({ balance_minor }).where('id', '=', accountId).execute()
    // The entries are written by the time that the balance is found to be too large.
    await setBalance(Number.MAX_SAFE_INTEGER)
    await expect(api.statements.commit({ statementId })).rejects.toMatchObject({ code: 'conflict' })
    expect(await descriptions(shop, accountId)).toEqual([])
    expect(await api.statements.get({ statementId })).toMatchObject({ state: 'preview', added: 0 })
    await setBalance(0)
    expect(await api.statements.commit({ statementId })).toMatchObject({ added: 4 })
  })

  it('do not bring back what somebody removed', async () => {
    const { shop, api, accountId } = await shopWithAccount()
    await api.statements.commit({ statementId: (await upload(shop, CSV, accountId)).id })
    const { items } = await api.transactions.list({ accountId, search: 'Rent' })
    await api.transactions.remove({ transactionId: items[0]!.id })
    await api.statements.commit({ statementId: (await upload(shop, CSV, accountId)).id })
    expect((await api.transactions.list({ accountId, search: 'Rent' })).items).toEqual([])
    expect((await api.accounts.get({ accountId })).balance.amount).toBe(199_500)
  })

  it('find their account by its number, or make one', async () => {
    const { shop, api } = await shopWithAccount()
    const unplaced = await upload(shop, OFX)
    expect(unplaced.accounts).toMatchObject([{ number: '12 34-56', currency: 'EUR', accountId: null, rows: 2 }])
    const early = api.statements.commit({ statementId: unplaced.id })
    await expect(early).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('createAccounts') })
    const done = await api.statements.commit({ statementId: unplaced.id, createAccounts: true })
    const { accountId } = done.accounts[0]!
    expect(await api.accounts.get({ accountId: accountId! })).toMatchObject({
      number: '12 34-56',
      balance: { amount: -24_68, currency: 'EUR' },
    })
    const again = await upload(shop, OFX)
    expect(again.accounts).toMatchObject([{ accountId, duplicate: 2, new: 0 }])
  })

  it('ask where they can be read in two ways, and are read as they are told', async () => {
    const { shop, api, accountId } = await shopWithAccount()
    const asking = await upload(shop, 'Date,Description,Amount\n01/02/2026,Coffee,-2.50\n', accountId)
    expect(asking).toMatchObject({ state: 'needs_input', questions: [{ option: 'dateOrder' }] })
    const statementId = asking.id
    await expect(api.statements.commit({ statementId })).rejects.toMatchObject({ code: 'conflict' })
    const told = await api.statements.update({ statementId, dateOrder: 'mdy' })
    expect(told).toMatchObject({ state: 'preview', questions: [], accounts: [{ from: '2026-01-02' }] })
    expect(await api.statements.update({ statementId, dateOrder: 'dmy' })).toMatchObject({
      accounts: [{ from: '2026-02-01' }],
    })
  })

  it('take a mapping of columns where headers say nothing', async () => {
    const { shop, api, accountId } = await shopWithAccount()
    const odd = await upload(shop, 'aaa;bbb;ccc\nx;1;31.03.2026\ny;2;01.04.2026\n', accountId)
    expect(odd).toMatchObject({ state: 'needs_input', questions: [{ option: 'columns' }] })
    const columns = { bookedAt: 'ccc', amount: 1, text: 'aaa' }
    const told = await api.statements.update({ statementId: odd.id, columns, decimalMark: ',' })
    expect(told).toMatchObject({ state: 'preview', accounts: [{ rows: 2, new: 2 }] })
    await api.statements.commit({ statementId: odd.id })
    expect(await descriptions(shop, accountId)).toEqual([
      ['y', 200],
      ['x', 100],
    ])
  })

  it('read decimal commas and brackets, and list by line what they cannot read', async () => {
    const { shop, api, accountId } = await shopWithAccount('EUR')
    const body =
      'Datum;Text;Betrag\n31.03.2026;Bäckerei;(12,00)\n31.03.2026;Miete;-1.234,56\n31.02.2026;Nie;1,00\n01.04.2026;Viel;1e9\n'
    const preview = await upload(shop, body, accountId)
    expect(preview).toMatchObject({ accounts: [{ rows: 2 }], problemCount: 2 })
    expect(preview.problems.map(({ line }) => line)).toEqual([4, 5])
    await api.statements.commit({ statementId: preview.id })
    expect(await descriptions(shop, accountId)).toEqual(
      expect.arrayContaining([
        ['Bäckerei', -1_200],
        ['Miete', -123_456],
      ]),
    )
  })

  it('count in the smallest unit of the account’s currency where they name none', async () => {
    const { shop, api, accountId } = await shopWithAccount('JPY')
    const { id } = await upload(shop, 'Date,Description,Amount\n2026-03-31,Tea,-1250\n', accountId)
    await api.statements.commit({ statementId: id })
    expect(await descriptions(shop, accountId)).toEqual([['Tea', -1250]])
  })

  it('refuse entries in another currency than the account’s, and say so', async () => {
    const { shop, api, accountId } = await shopWithAccount()
    const body = 'Date,Description,Amount,Currency\n2026-03-31,Tea,-1.00,GBP\n2026-03-31,Café,-2.00,EUR\n'
    const preview = await upload(shop, body, accountId)
    expect(preview.problems).toEqual([{ line: 3, reason: expect.stringContaining('EUR') }])
    expect(await api.statements.commit({ statementId: preview.id })).toMatchObject({ added: 1 })
  })

  it('of thousands of entries are read beside other work, and added whole', { timeout: 60_000 }, async () => {
    const { shop, api, accountId } = await shopWithAccount()
    const rows = Array.from(
      { length: 5_000 },
      (_, i) => `2026-03-${String((i % 28) + 1).padStart(2, '0')},Entry number ${i},-1.00`,
    )
    const { id } = await upload(shop, `Date,Description,Amount\n${rows.join('\n')}\n`, accountId)
    expect(await api.statements.commit({ statementId: id })).toMatchObject({ added: 5_000 })
    expect((await api.accounts.get({ accountId })).balance.amount).toBe(-500_000)
  })

  it.each([
    ['an empty file', ''],
    ['a web page', '<!doctype html><html></html>'],
    ['a PDF', '%PDF-1.7 …'],
    ['prose', 'Dear customer, here is your statement.'],
    ['a file cut short', OFX.slice(0, 600)],
  ])('refuse %s, and keep nothing', async (_, body) => {
    const { shop, api, accountId } = await shopWithAccount()
    await expect(upload(shop, body, accountId)).rejects.toMatchObject({ code: 'invalid_input' })
    expect((await api.statements.list()).items).toEqual([])
    expect(
      await site.server.database.system
        .selectFrom('statements')
        .where('tenant_id', '=', shop.tenant.id)
        .select('id')
        .execute(),
    ).toEqual([])
  })

  it('refuse a file of more than 10 MB as it comes', async () => {
    const { shop } = await shopWithAccount()
    const response = await shop.send('/api/statements', {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: 'x'.repeat(10 * 2 ** 20 + 1),
    })
    expect(response.status).toBe(413)
  })

  describe('of a person', () => {
    it('are theirs alone, and go to their accounts alone', async () => {
      const { shop, accountId } = await shopWithAccount()
      const [ann, bob] = [await signInAs(site, shop, 'customer'), await signInAs(site, shop, 'customer')]
      const send = (who: typeof ann, query = '') =>
        who.send(`/api/statements${query}`, { method: 'POST', headers: { 'content-type': 'text/csv' }, body: CSV })
      expect((await send(ann, `?accountId=${accountId}`)).status).toBe(404)
      const mine = (await (await send(ann, '?currency=GBP')).json()) as { id: string }
      expect((await ann.send(`/api/statements/${mine.id}`)).status).toBe(200)
      expect((await bob.send(`/api/statements/${mine.id}`)).status).toBe(404)
      const body = JSON.stringify({ createAccounts: true })
      const commit = (who: typeof ann) =>
        who.send(`/api/statements/${mine.id}/commit`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        })
      expect((await commit(bob)).status).toBe(404)
      expect((await commit(ann)).status).toBe(200)
      const accounts = (await (await ann.send('/api/accounts')).json()) as { items: { ownerId: string }[] }
      expect(accounts.items).toMatchObject([{ ownerId: ann.id, balance: { amount: 119_500 } }])
    })
  })
})
