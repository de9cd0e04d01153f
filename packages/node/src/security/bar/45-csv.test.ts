import { MAX_USER_IMPORT_ROWS } from '@tillwright/core/contract'
import { expect, it } from 'vitest'
import { csvSplitter } from '../../imports/csv.ts'
import { describeStatement, type Someone } from './bar-site.ts'

interface ImportJob {
  readonly state: string
  readonly error: string | null
  readonly result: {
    read: number
    imported: number
    rejected: number
    rejects: { line: number; reason: string }[]
  } | null
}

describeStatement('45 CSV runs nothing on its way out, and breaks nothing on its way in', (bar) => {
  const admin = () => bar.newPerson({ role: 'admin' })
  const importCsv = async (who: Someone, body: string, query = '') => {
    const call = { bearer: who.accessToken, headers: { 'content-type': 'text/csv' }, body }
    const { status, body: queued } = await bar.send('POST', `/admin/import-csv${query}`, call)
    if (status !== 202) throw new Error(`The import was answered with ${status}`)
    while ((await bar.site.server.jobs.runDue()) > 0);
    const { id } = queued as { id?: string }
    return (await bar.get(`/admin/jobs/${id}`, { bearer: who.accessToken })).body as unknown as ImportJob
  }
  const cellsOf = (text: string, marker: string) => text.split('\r\n').find((line) => line.includes(marker))!

  it('exports ordinary names as they are', async () => {
    const me = await admin()
    await bar.post('/admin/users', { email: 'plain@csv.example', name: 'Ann Lee' }, { bearer: me.accessToken })
    const { text } = await bar.get('/admin/users/export', { bearer: me.accessToken })
    expect(cellsOf(text, 'plain@csv.example')).toContain(',plain@csv.example,Ann Lee,customer,invited,')
  })

  it.each([
    ['=', '=1+1'],
    ['+', '+1'],
    ['-', '-1'],
    ['@', '@SUM(A1)'],
    ['a tab', '\t=1'],
    ['a carriage return', '\r=1'],
    ['a full-width sign', '＝1'],
    ['blanks', '   =1'],
  ])('makes text of a name that begins with %s', async (_, name) => {
    const me = await admin()
    const email = bar.newEmail()
    await bar.post('/admin/users', { email, name }, { bearer: me.accessToken })
    const { text } = await bar.get(`/admin/users/export?search=${encodeURIComponent(email)}`, {
      bearer: me.accessToken,
    })
    const after = text.slice(text.indexOf(email) + email.length + 1)
    expect(after).toMatch(/^"?'/)
    expect(after).toContain(name)
  })

  it('makes text of what a caller wrote into the log', async () => {
    const me = await admin()
    await bar.post(
      '/auth/login',
      { email: 'nobody@csv.example', password: 'wrong' },
      { headers: { 'user-agent': '=cmd|calc' } },
    )
    const { text } = await bar.get('/admin/audit/export', { bearer: me.accessToken })
    expect(text).toContain("'=cmd|calc")
    expect(text).not.toMatch(/[,\n]"?=cmd/)
  })

  it('keeps a NUL out of names altogether', async () => {
    const me = await admin()
    const answer = await bar.post('/admin/users', { email: bar.newEmail(), name: '\0=1' }, { bearer: me.accessToken })
    expect(answer.status).toBe(422)
    const job = await importCsv(me, 'email,name\nnul@csv.example,"\0=1"\n')
    expect(job.result).toMatchObject({ imported: 0, rejected: 1 })
  })

  it.each(['=HYPERLINK("x"),=1', '  =1,', '＝1,x', '\t@SUM(A1),'])('makes text of a refused row %j', async (row) => {
    const me = await admin()
    const call = { bearer: me.accessToken, headers: { 'content-type': 'text/csv' }, body: `email,name\n${row}\n` }
    const { id } = (await bar.send('POST', '/admin/import-csv', call)).body as { id?: string }
    while ((await bar.site.server.jobs.runDue()) > 0);
    const { text } = await bar.get(`/admin/jobs/${id}/rejects`, { bearer: me.accessToken })
    const cells: string[] = []
    const splitter = csvSplitter(',', {
      record: (fields) => cells.push(...fields),
      broken: (_, reason) => cells.push(reason),
    })
    splitter.push(Buffer.from(text))
    splitter.end()
    expect(cells).toHaveLength(6)
    for (const cell of cells) expect(cell).not.toMatch(/^[\s]*[=+\-@＝]/)
  })

  it('writes nothing in a dry run', async () => {
    const me = await admin()
    const count = () => bar.shop.db.query.selectFrom('users').select('id').execute()
    const before = (await count()).length
    const job = await importCsv(me, 'email\ndry@csv.example\nbroken\n', '?dryRun=true')
    expect(job.result).toMatchObject({ read: 2, imported: 1, rejected: 1 })
    expect((await count()).length).toBe(before)
    expect(await bar.mailsTo('dry@csv.example')).toEqual([])
  })

  it('takes a byte order mark for what it is', async () => {
    const job = await importCsv(await admin(), '\uFEFFemail,name\nbom@csv.example,Bom\n')
    expect(job.result).toMatchObject({ imported: 1, rejected: 0 })
  })

  it('loses one line to a quote that never ends, and not the file', async () => {
    const rows = Array.from({ length: 50 }, (_, i) => `row${i}@quotes.example,Name`)
    const job = await importCsv(await admin(), `email,name\n"bomb@quotes.example,never ends\n${rows.join('\n')}\n`)
    expect(job.result).toMatchObject({ read: 51, imported: 50, rejected: 1 })
    expect(job.result!.rejects[0]!.line).toBe(2)
  })

  it('takes columns called __proto__ and constructor for columns', async () => {
    const job = await importCsv(await admin(), 'email,__proto__,constructor,name\nproto@csv.example,x,y,Proto\n')
    expect(job.result).toMatchObject({ imported: 1 })
    expect(({} as { name?: string }).name).toBeUndefined()
    const row = await bar.shop.db.query
      .selectFrom('users')
      .where('email', '=', 'proto@csv.example')
      .selectAll()
      .executeTakeFirst()
    expect(row).toMatchObject({ name: 'Proto', role: 'customer' })
  })

  it('refuses addresses with line breaks or commas, which would be several', async () => {
    const job = await importCsv(
      await admin(),
      'email\n"a@csv.example\r\nbcc: b@csv.example"\n"a@csv.example,b@csv.example"\n<a@csv.example>\n',
    )
    expect(job.result).toMatchObject({ imported: 0, rejected: 3 })
  })

  it('refuses a file of too many rows as a whole, before it has invited anybody in a dry run', async () => {
    const rows = 'x\n'.repeat(MAX_USER_IMPORT_ROWS + 1)
    const job = await importCsv(await admin(), `email\n${rows}`, '?dryRun=true')
    expect([job.state, job.error]).toEqual([
      'dead',
      `A file of people has at most ${MAX_USER_IMPORT_ROWS} rows: split it`,
    ])
  })

  it('takes CSV and nothing else', async () => {
    const me = await admin()
    for (const type of ['application/json', 'text/html', 'application/x-ndjson', 'application/vnd.ms-excel']) {
      const call = { bearer: me.accessToken, headers: { 'content-type': type }, body: 'email\na@csv.example\n' }
      expect((await bar.send('POST', '/admin/import-csv', call)).status).toBe(415)
    }
  })
})
