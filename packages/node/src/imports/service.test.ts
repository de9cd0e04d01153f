import { setImmediate as breathe } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { MAX_ORDER_LINES } from '@tillwright/core/contract'
import { describe, expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { importFile, upload } from '../testing/import-file.ts'
import { orderFile } from '../testing/order-file.ts'
import { shopState } from '../testing/shop-state.ts'
import { json, useSite } from '../testing/test-site.ts'

const HEADER = 'id,placedAt,productId,quantity,unitPrice\n'
const ROW = 'A1,2026-01-31,tea,2,4.50\n'

describeOnDatabases('an import over the API', (engine) => {
  const site = useSite(engine)
  const importing = async (file: string | Uint8Array, options: { type?: string; query?: string } = {}) => {
    const shop = await site.newShop()
    return { shop, ...(await importFile(site, shop, 'orders', file, options)) }
  }

  it('answers with a job, which ends with a report of every row', async () => {
    const shop = await site.newShop()
    const queued = await upload(shop, 'orders', `${HEADER}${ROW}A1,2026-01-31,cup,1,12\nA2,yesterday,tea,1,1\n`)
    expect(queued).toMatchObject({ kind: 'orders.import', state: 'queued', attempts: 0, result: null })
    await site.server.jobs.runDue()
    expect(await shop.api.jobs.get({ jobId: queued.id })).toMatchObject({
      state: 'done',
      attempts: 1,
      error: null,
      result: {
        read: 3,
        imported: 2,
        updated: 0,
        unchanged: 0,
        rejected: 1,
        rejects: [{ line: 4, reason: expect.stringContaining('yesterday') }],
      },
    })
    expect((await shop.api.orders.get({ orderId: 'A1' })).total).toEqual({ amount: 2100, currency: 'GBP' })
  })

  it('gives every refused row back, with its line and the reason', async () => {
    const { shop, job } = await importing(
      `${HEADER}A1,2026-01-31,tea,two,4.50\n${ROW}"A,2",2026-01-31,"=1+1 ""x""",0,1\nA3,2026-01-31,tea,1\n`,
    )
    const answer = await shop.send(`/admin/jobs/${job.id}/rejects`)
    expect(answer.headers.get('content-type')).toContain('text/csv')
    expect(answer.headers.get('content-disposition')).toContain(job.id)
    const [header, ...lines] = (await answer.text()).trimEnd().split('\r\n')
    expect(header).toBe('line,reason,row')
    expect(lines).toEqual([
      '2,"quantity ""two"" is not a whole number","A1,2026-01-31,tea,two,4.50"',
      '4,"quantity is 0","A,2,2026-01-31,=1+1 ""x"",0,1"',
      '5,"has 4 columns where the header has 5","A3,2026-01-31,tea,1"',
    ])
  })

  it('has no rejects to give where no row was refused', async () => {
    const { shop, job } = await importing(HEADER + ROW)
    expect((await shop.send(`/admin/jobs/${job.id}/rejects`)).status).toBe(404)
  })

  it('keeps the rejects of a job from other tenants', async () => {
    const { job } = await importing(`${HEADER}x\n`)
    const other = await site.newShop()
    expect((await other.send(`/admin/jobs/${job.id}/rejects`)).status).toBe(404)
  })

  describe('reads', () => {
    it.each<[string, string | Uint8Array]>([
      ['a byte order mark', `\ufeff${HEADER}${ROW}`],
      ['CRLF', (HEADER + ROW).replaceAll('\n', '\r\n')],
      ['semicolons', (HEADER + ROW).replaceAll(',', ';')],
      ['tabs', (HEADER + ROW).replaceAll(',', '\t')],
      ['no line break at its end', (HEADER + ROW).trimEnd()],
      ['empty lines', `\n${HEADER}\n\n${ROW}\n`],
      ['gzip', gzipSync(HEADER + ROW)],
      ['quotes around everything', `${HEADER}"A1","2026-01-31","tea","2","4.50"\n`],
      ['a column that nobody knows, called __proto__', `__proto__,${HEADER}polluted,${ROW}`],
      ['the same unknown column twice', `note,note,${HEADER}a,b,${ROW}`],
    ])('a file with %s', async (_, file) => {
      const { shop, result } = await importing(file)
      expect(result).toMatchObject({ read: 1, imported: 1, rejected: 0 })
      expect((await shop.api.orders.get({ orderId: 'A1' })).lines).toEqual([
        { productId: 'tea', quantity: 2, unitPriceMinor: 450 },
      ])
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    })

    it('JSON lines, and members called __proto__ as any other', async () => {
      const line = { id: 'A1', placedAt: '2026-01-31', productId: 'tea', quantity: 2, unitPrice: '4.50' }
      const evil = JSON.stringify(line).replace('{', '{"__proto__":{"quantity":9},"constructor":1,')
      const { result, shop } = await importing(`${evil}\n{"id":"A2"}\n[1]\nnot json\n`, {
        type: 'application/x-ndjson',
      })
      expect(result).toMatchObject({ read: 4, imported: 1, rejected: 3 })
      expect(result.rejects.map(({ line }) => line)).toEqual([2, 3, 4])
      expect((await shop.api.orders.get({ orderId: 'A1' })).lines[0]).toMatchObject({ quantity: 2 })
    })

    it('columns under names of their own, where the call says which is which', async () => {
      const file = 'Rechnung;Tag;Artikel;Stück;Preis\nA1;31/01/2026;tea;2;4,50\n'
      const map = 'id=Rechnung,placedAt=Tag,productId=Artikel:upper,quantity=Stück,unitPrice=Preis'
      const query = `?${new URLSearchParams({ map, currency: 'EUR', dateOrder: 'dmy' })}`
      const { shop, result } = await importing(file, { query })
      expect(result).toMatchObject({ imported: 1, rejected: 0 })
      expect(await shop.api.orders.get({ orderId: 'A1' })).toMatchObject({
        placedAt: '2026-01-31T00:00:00.000Z',
        total: { amount: 900, currency: 'EUR' },
        lines: [{ productId: 'TEA' }],
      })
    })
  })

  describe('refuses the row, and goes on,', () => {
    const cell = 'x'.repeat(1 << 20)
    it.each<[string, string | Uint8Array, RegExp]>([
      ['with NUL', 'A0,2026-01-31,te\0a,1,1\n', /NUL/],
      ['of Latin-1', Buffer.from('A0,2026-01-31,th\xe9,1,1\n', 'latin1'), /not UTF-8/],
      ['with a quote that never closes', 'A0,2026-01-31,"tea,1,1\n', /never closed/],
      ['with text after a quote', 'A0,2026-01-31,"tea"x,1,1\n', /closing quote/],
      ['with a cell of 1 MiB', `A0,2026-01-31,${cell},1,1\n`, /more than 1048576 bytes|at most 128/],
      ['with a quoted cell of 1 MiB', `A0,2026-01-31,"${cell}",1,1\n`, /more than 1048576 bytes|at most 128/],
      ['with too many cells', 'A0,2026-01-31,tea,1,1,\n', /6 columns where the header has 5/],
      ['of half a piece', 'A0,2026-01-31,tea,0.5,1\n', /whole number/],
      ['of a price finer than its currency', 'A0,2026-01-31,tea,1,1.005\n', /unit price/],
      ['of an ambiguous day', 'A0,01/02/2026,tea,1,1\n', /01\/02\/2026/],
      ['without an order', ',2026-01-31,tea,1,1\n', /order id is empty/],
    ])('%s', async (_, bad, reason) => {
      const file = Buffer.concat([HEADER, bad, ROW].map((part) => Buffer.from(part as string)))
      const { shop, result } = await importing(file)
      expect(result).toMatchObject({ read: 2, imported: 1, rejected: 1 })
      expect(result.rejects).toEqual([{ line: 2, reason: expect.stringMatching(reason) }])
      expect((await shop.api.orders.list()).items.map(({ id }) => id)).toEqual(['A1'])
    })
  })

  describe('fails at once, and says what to do, for', () => {
    it.each<[string, string | Uint8Array, RegExp]>([
      ['an empty file', '', /empty: its first line must name the columns/],
      ['a file of blank lines', '\n \r\n\n', /empty/],
      ['a header that lacks what is needed', 'id,when\nA1,1\n', /placedAt, productId, quantity, unitPrice.*--map/s],
      ['an XLSX', Buffer.from('PK\x03\x04rest'), /save the sheet as CSV/],
      ['UTF-16', Buffer.from(`\ufeff${HEADER}${ROW}`, 'utf16le'), /UTF-8 is needed/],
      ['gzip that was cut short', gzipSync(HEADER + ROW.repeat(1000)).subarray(0, 60), /damaged or cut short/],
    ])('%s', async (_, file, message) => {
      const { shop, job } = await importing(file)
      expect(job).toMatchObject({ state: 'dead', attempts: 1, error: expect.stringMatching(message), result: null })
      expect((await shop.api.orders.list()).items).toEqual([])
    })

    it('a mapping of a column that is not there', async () => {
      const { job } = await importing(HEADER + ROW, { query: '?map=id%3DRechnung' })
      expect(job).toMatchObject({ state: 'dead', error: expect.stringMatching(/no column "Rechnung".*"placedAt"/) })
    })
  })

  it('takes a file of a header alone for what it is: no rows', async () => {
    const { result } = await importing(HEADER)
    expect(result).toMatchObject({ read: 0, imported: 0, rejected: 0 })
  })

  it('refuses a body of another type before it is stored', async () => {
    const { send } = await site.newShop()
    const answer = await send('/api/orders/import', json({}))
    expect(answer.status).toBe(415)
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining('text/csv') })
  })

  describe('of orders', () => {
    const file = orderFile(7, { orders: 900 })

    it('brings what the file says, and nothing when it comes again', async () => {
      const shop = await site.newShop()
      const first = await importFile(site, shop, 'orders', file.csv)
      expect(first.result).toMatchObject({
        read: file.rows,
        imported: file.lines,
        rejected: file.badRows,
        unchanged: 0,
      })
      const state = await shopState(shop.db)
      expect(state).toMatchObject({ orders: file.orders, lines: file.lines, totalMinor: file.totalMinor })

      await shop.db.query.deleteFrom('jobs').execute()
      const second = await importFile(site, shop, 'orders', file.csv)
      expect(second.result).toMatchObject({ imported: 0, updated: 0, unchanged: file.lines, rejected: file.badRows })
      expect(await shopState(shop.db)).toEqual(state)
      expect((await shop.api.jobs.list({ kind: 'recommendations.train' })).items).toEqual([])
    })

    it('comes to the same whatever was there before', async () => {
      const [fresh, used] = [await site.newShop(), await site.newShop()]
      await importFile(site, fresh, 'orders', file.csv)
      await importFile(site, used, 'orders', orderFile(7, { orders: 900, isEarlier: true }).csv)
      const { result } = await importFile(site, used, 'orders', file.csv)
      expect(result.updated).toBeGreaterThan(0)
      expect(result.unchanged).toBeGreaterThan(0)
      const [a, b] = [await shopState(fresh.db), await shopState(used.db)]
      expect([b.orders, b.lines, b.totalMinor]).toEqual([a.orders, a.lines, a.totalMinor])
    })

    it('puts lines of an order together that stand far apart, in the order of the file', async () => {
      const filler = Array.from({ length: 12_000 }, (_, i) => `F${i},2026-01-31,tea,1,1\n`).join('')
      const { shop, result } = await importing(
        `${HEADER}A1,2026-01-31T12:00,first,1,1\n${filler}A1,2026-01-30T12:00,second,2,1\n${filler.replaceAll('F', 'G')}A1,2026-01-31T12:00,third,-1,1\n`,
      )
      expect(result).toMatchObject({ imported: 24_003, updated: 0, rejected: 0 })
      expect(await shop.api.orders.get({ orderId: 'A1' })).toMatchObject({
        placedAt: '2026-01-30T12:00:00.000Z',
        total: { amount: 200 },
        lines: [{ productId: 'first' }, { productId: 'second' }, { productId: 'third', quantity: -1 }],
      })
    })

    it('refuses the lines that are one too many for their order, wherever they stand, and each by its line', async () => {
      const shop = await site.newShop()
      const row = (order: string, sku: number) => `${order},2026-01-31,P${sku},1,0.01`
      const big = Array.from({ length: MAX_ORDER_LINES + 3 }, (_, sku) => row('BIG', sku))
      const small = ['S1', 'S2'].map((order) => row(order, 1))
      // The last lines of the large order come long after the others, in a batch of their own.
      const filling = Array.from({ length: 9_000 }, (_, i) => row(`F${i % 300}`, i))
      const rows = [...big.slice(0, -2), small[0], ...filling, ...big.slice(-2), small[1]]
      const file = ['order_id,order_date,sku,qty,unit_price', ...rows].join('\n')
      const { job, result } = await importFile(site, shop, 'orders', file)
      const reason = `order BIG has more than ${MAX_ORDER_LINES} lines`
      const last = rows.length + 1
      expect(result).toMatchObject({ read: rows.length, imported: rows.length - 3, rejected: 3 })
      expect(result.rejects).toEqual([MAX_ORDER_LINES + 2, last - 2, last - 1].map((line) => ({ line, reason })))
      const rejects = await (await shop.send(`/admin/jobs/${job.id}/rejects`)).text()
      expect(rejects).toContain(`"${row('BIG', MAX_ORDER_LINES + 2)}"`)
      const { lines } = await shop.api.orders.get({ orderId: 'BIG' })
      expect([lines.length, lines.at(-1)!.productId]).toEqual([MAX_ORDER_LINES, `P${MAX_ORDER_LINES - 1}`])
      expect((await shop.api.orders.get({ orderId: 'S2' })).lineCount).toBe(1)
      expect((await importFile(site, shop, 'orders', file)).result).toMatchObject({
        imported: 0,
        updated: 0,
        unchanged: rows.length - 3,
        rejected: 3,
      })
    })

    it('takes away lines that a later file does not have', async () => {
      const shop = await site.newShop()
      await importFile(site, shop, 'orders', `${HEADER}${ROW}A1,2026-01-31,cup,1,12\nA2,2026-01-31,cup,1,12\n`)
      const { result } = await importFile(site, shop, 'orders', HEADER + ROW)
      expect(result).toMatchObject({ read: 1, imported: 0, updated: 1, unchanged: 1 })
      expect((await shop.api.orders.get({ orderId: 'A1' })).lines).toHaveLength(1)
      expect((await shop.api.orders.get({ orderId: 'A2' })).lines).toHaveLength(1)
    })

    it('adds products under their most frequent name and with the price of their latest sale', async () => {
      const rows = [
        'A1,2026-01-01,tea,Green tea,1,4.50',
        'A2,2026-01-03,tea,GREEN TEA,1,4.80',
        'A3,2026-01-02,tea,Green tea,1,4.60',
        'A4,2026-01-04,tea,Green tea,-1,9.99',
      ]
      const { shop } = await importing(`id,placedAt,productId,name,quantity,unitPrice\n${rows.join('\n')}\n`)
      expect(await shop.api.products.get({ productId: 'tea' })).toMatchObject({
        name: 'Green tea',
        price: { amount: 480, currency: 'GBP' },
      })
    })

    it('leaves the server free to answer, and tells meanwhile how far it is', async () => {
      const shop = await site.newShop()
      const large = orderFile(11, { orders: 3_000 })
      const { id: jobId, ...queued } = await upload(shop, 'orders', large.csv)
      expect(queued.state).toBe('queued')
      const seen: number[] = []
      let isOver = false
      const run = site.server.jobs.runDue().finally(() => (isOver = true))
      while (!isOver) {
        const { state, progress } = await shop.api.jobs.get({ jobId })
        if (state === 'running' && progress) seen.push(progress.done)
        await breathe()
      }
      await run
      expect(await shop.api.jobs.get({ jobId })).toMatchObject({ state: 'done', attempts: 1 })
      expect(seen.some((done) => done > 0 && done < Buffer.byteLength(large.csv))).toBe(true)
      expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    })

    it('takes orders over the API meanwhile, and loses none', async () => {
      const shop = await site.newShop()
      const large = orderFile(12, { orders: 2_000 })
      const { id: jobId } = await upload(shop, 'orders', large.csv)
      const run = site.server.jobs.runDue()
      const written: string[] = []
      // The orders bring jobs of their own: as long as more of them come, there is always one that is due.
      while ((await shop.api.jobs.get({ jobId })).state !== 'done') {
        const id = `WEB-${written.length}`
        const lines = [{ productId: `P${written.length % 50}`, quantity: 1, unitPriceMinor: 100 }]
        await shop.api.orders.upsert({
          items: [{ id, placedAt: '2026-01-31T00:00:00Z', currency: 'GBP', customerId: 'c7', lines }],
        })
        written.push(id)
        await breathe()
      }
      await run
      expect(written.length).toBeGreaterThan(0)
      expect(await shopState(shop.db)).toMatchObject({
        orders: large.orders + written.length,
        lines: large.lines + written.length,
        totalMinor: large.totalMinor + 100 * written.length,
      })
    })

    it('waits for an earlier one of the same tenant', async () => {
      const shop = await site.newShop()
      const [a, b] = [await upload(shop, 'orders', HEADER + ROW), await upload(shop, 'orders', HEADER + ROW)]
      await Promise.all([site.server.jobs.runDue(), site.server.jobs.runDue()])
      await site.server.jobs.runDue()
      const results = await Promise.all([a, b].map(({ id }) => shop.api.jobs.get({ jobId: id })))
      expect(results.map(({ state, attempts }) => [state, attempts])).toEqual([
        ['done', 1],
        ['done', 1],
      ])
      expect(results.map(({ result }) => result!.imported)).toEqual([1, 0])
    })
  })

  describe('of products', () => {
    it('reads flags, categories and prices, and refuses what it cannot read', async () => {
      const shop = await site.newShop()
      const { result } = await importFile(
        site,
        shop,
        'products',
        [
          'sku,title,price,category,stock_status,published,link',
          'tea,Green tea,4.50,Drinks > Tea|Green,instock,yes,/tea',
          'cup,Cup,,,out of stock,0,',
          'bad1,Bad,4.505,,,,',
          'bad2,Bad,1,,maybe,,',
          'bad3,Bad,1,,,,javascript:alert(1)',
          ',Bad,1,,,,',
        ].join('\n'),
      )
      expect(result).toMatchObject({ read: 6, imported: 2, rejected: 4 })
      expect(result.rejects.map(({ line }) => line)).toEqual([4, 5, 6, 7])
      expect(await shop.api.products.get({ productId: 'tea' })).toMatchObject({
        name: 'Green tea',
        price: { amount: 450, currency: 'GBP' },
        categories: ['Drinks', 'Tea', 'Green'],
        url: '/tea',
        inStock: true,
        visible: true,
      })
      expect(await shop.api.products.get({ productId: 'cup' })).toMatchObject({ inStock: false, visible: false })
    })

    it('changes nothing when it comes again', async () => {
      const shop = await site.newShop()
      const rows = Array.from({ length: 5_000 }, (_, i) => `p${i},Product ${i},${i}.99`)
      const file = `id,name,price\n${rows.join('\n')}\n`
      expect((await importFile(site, shop, 'products', file)).result).toMatchObject({ imported: 5_000, unchanged: 0 })
      expect((await importFile(site, shop, 'products', file)).result).toMatchObject({ imported: 0, unchanged: 5_000 })
    })
  })

  describe('of customers', () => {
    it('replaces those it names and leaves the others', async () => {
      const shop = await site.newShop()
      await shop.api.customers.upsert({ items: [{ id: 'c1', name: 'Before' }, { id: 'c2' }] })
      const { result } = await importFile(
        site,
        shop,
        'customers',
        'customer_id,email,full_name\nc1,ann@shop.example,Ann\nc3,not an address,Cy\n',
      )
      expect(result).toMatchObject({ read: 2, imported: 0, updated: 1, rejected: 1 })
      expect(result.rejects[0]).toMatchObject({ line: 3, reason: expect.stringContaining('email') })
      expect(await shop.api.customers.get({ customerId: 'c1' })).toMatchObject({ name: 'Ann' })
      expect(await shop.api.customers.get({ customerId: 'c2' })).toMatchObject({ id: 'c2' })
    })

    it('takes many short rows that arrive in one piece', async () => {
      const shop = await site.newShop()
      const ids = Array.from({ length: 70_000 }, (_, i) => i.toString(36)).join('\n')
      const { job, result } = await importFile(site, shop, 'customers', gzipSync(`id\n${ids}\n`))
      expect(job.error).toBeNull()
      expect(result).toMatchObject({ read: 70_000, imported: 70_000, rejected: 0 })
    })
  })
})
