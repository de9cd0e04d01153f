import { expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { addPerson, type SignedInPerson } from '../testing/sign-in-as.ts'
import { useOffice } from './testing/office.ts'

const DAY_MS = 86_400_000

describeOnDatabases('an import of people', (engine) => {
  const office = useOffice(engine)
  const { call, staff, upload } = office

  const importCsv = async (who: SignedInPerson, csv: string | Uint8Array, query = '') =>
    office.settled(who, await upload(who, `/admin/import-csv${query}`, csv))
  const invitedAt = async (who: SignedInPerson, domain: string) => {
    const { body } = await call(who, 'GET', `/admin/users?sort=email&search=@${domain}`)
    return body.items!.map(({ email }) => email)
  }

  it('invites everybody whom the file names, by mail, and gives nobody a password', async () => {
    const admin = await staff('admin')
    const csv = 'E-Mail,Full name,Language\nann@one.example,Ann,de\nbob@one.example,,\n'
    const job = await importCsv(admin, csv)
    expect(job).toMatchObject({ kind: 'users.import', state: 'done', result: { read: 2, imported: 2, rejected: 0 } })
    expect(job.progress).toMatchObject({ done: csv.length, total: csv.length, unit: 'bytes' })
    const { items } = (await call(admin, 'GET', '/admin/users?sort=email&search=@one.example')).body
    expect(items).toMatchObject([
      {
        email: 'ann@one.example',
        name: 'Ann',
        language: 'de',
        role: 'customer',
        status: 'invited',
        hasPassword: false,
      },
      { email: 'bob@one.example', name: null, role: 'customer', status: 'invited', hasPassword: false },
    ])
    const [mail] = await office.mailsTo('ann@one.example')
    expect(mail!.text).toMatch(/#invitation=/)
  })

  it('names refused rows by line, and lets the others in', async () => {
    const admin = await staff('admin')
    const csv =
      'email,name\ngood@two.example,Good\nnot an address,Bad\n"two\r\nlines@two.example",X\nlast@two.example,"L"\n'
    const job = await importCsv(admin, csv)
    expect(job.result).toMatchObject({ read: 4, imported: 2, rejected: 2 })
    expect((job.result!.rejects as { line: number }[]).map(({ line }) => line)).toEqual([3, 4])
    expect(await invitedAt(admin, 'two.example')).toEqual(['good@two.example', 'last@two.example'])
    const rejects = await call(admin, 'GET', `/admin/jobs/${job.id}/rejects`)
    expect(rejects.text).toMatch(/^line,reason,row\r\n3,/)
  })

  it('changes nothing in a dry run, and says what it would do', async () => {
    const admin = await staff('admin')
    const known = await addPerson(office.shop, 'customer')
    const csv = `email\nnew@three.example\nNEW@three.example\n${known.email}\nbroken\n`
    const job = await importCsv(admin, csv, '?dryRun=true')
    expect(job.result).toMatchObject({ dryRun: true, read: 4, imported: 1, unchanged: 2, rejected: 1 })
    expect(await invitedAt(admin, 'three.example')).toEqual([])
    expect(await office.mailsTo('new@three.example')).toEqual([])
    const real = await importCsv(admin, csv)
    expect(real.result).toMatchObject({ dryRun: false, read: 4, imported: 1, unchanged: 2, rejected: 1 })
    expect((await call(admin, 'POST', `/admin/import-csv/${job.id}/undo`)).status).toBe(409)
  })

  it('leaves people who are there as they are', async () => {
    const admin = await staff('admin')
    const owner = await staff('owner')
    const job = await importCsv(admin, `email,name,language\n${owner.email},Renamed,fr\n`)
    expect(job.result).toMatchObject({ imported: 0, unchanged: 1 })
    const { body } = await call(admin, 'GET', `/admin/users/${owner.id}`)
    expect(body).toMatchObject({ name: null, language: null, role: 'owner', status: 'active' })
  })

  it('gives all the role that was asked for, and only one that its author may give', async () => {
    const admin = await staff('admin')
    expect((await upload(admin, '/admin/import-csv?role=owner', 'email\na@four.example\n')).status).toBe(403)
    expect((await upload(admin, '/admin/import-csv?role=nothing', 'email\na@four.example\n')).status).toBe(422)
    await importCsv(admin, 'email\na@four.example\n', '?role=operator')
    const { items } = (await call(admin, 'GET', '/admin/users?search=@four.example')).body
    expect(items).toMatchObject([{ role: 'operator' }])
  })

  it('is undone whole, but keeps who has accepted the invitation', async () => {
    const admin = await staff('admin')
    const job = await importCsv(admin, 'email\nstays@five.example\ngoes@five.example\nleft@five.example\n')
    const [stays] = (await call(admin, 'GET', '/admin/users?search=stays@five.example')).body.items!
    await office.shop.db.query
      .updateTable('users')
      .set({ status: 'active' })
      .where('id', '=', String(stays!.id))
      .execute()
    const undo = await office.settled(admin, await call(admin, 'POST', `/admin/import-csv/${job.id}/undo`))
    expect(undo).toMatchObject({ state: 'done', result: { import: job.id, removed: 2, kept: 1 } })
    expect(await invitedAt(admin, 'five.example')).toEqual(['stays@five.example'])
    const again = await office.settled(admin, await call(admin, 'POST', `/admin/import-csv/${job.id}/undo`))
    expect(again.result).toMatchObject({ removed: 2, kept: 1 })
    const anew = await importCsv(admin, 'email\ngoes@five.example\n')
    expect(anew.result).toMatchObject({ imported: 1 })
  })

  it('takes back invitations that still wait to be sent when it is undone', async () => {
    const admin = await staff('admin')
    const job = await importCsv(admin, 'email\nunsent@six.example\n')
    await office.shop.db.query
      .insertInto('mail_messages')
      .values({
        id: `mail-${engine}`,
        recipient: 'unsent@six.example',
        template: 'invitation',
        data: '{}',
        language: 'en',
        created_at: office.now,
        expires_at: office.now + DAY_MS,
      })
      .execute()
    await office.settled(admin, await call(admin, 'POST', `/admin/import-csv/${job.id}/undo`))
    const waiting = await office.shop.db.query
      .selectFrom('mail_messages')
      .where('recipient', '=', 'unsent@six.example')
      .select('id')
      .execute()
    expect(waiting).toEqual([])
  })

  it('can be undone for 30 days, and only where it was an import of people', async () => {
    const admin = await staff('admin')
    const job = await importCsv(admin, 'email\nold@seven.example\n')
    const bulk = await office.settled(
      admin,
      await call(admin, 'POST', '/admin/users/bulk', { action: 'activate', userIds: [admin.id] }),
    )
    expect((await call(admin, 'POST', `/admin/import-csv/${bulk.id}/undo`)).status).toBe(404)
    office.advance(30 * DAY_MS)
    const later = await staff('admin')
    expect((await call(later, 'POST', `/admin/import-csv/${job.id}/undo`)).status).toBe(409)
  })

  it('counts its own when it begins again after its process died', async () => {
    const admin = await staff('admin')
    const answer = await upload(admin, '/admin/import-csv', 'email\none@eight.example\ntwo@eight.example\n')
    // What the first try had done before it died.
    const invited = (await call(admin, 'POST', '/admin/users', { email: 'one@eight.example' })).body.id!
    await office.shop.db.query
      .insertInto('user_imports')
      .values({ job_id: answer.body.id!, user_id: invited })
      .execute()
    const job = await office.settled(admin, answer)
    expect(job.result).toMatchObject({ read: 2, imported: 2, unchanged: 0 })
    const undo = await office.settled(admin, await call(admin, 'POST', `/admin/import-csv/${job.id}/undo`))
    expect(undo.result).toMatchObject({ removed: 2 })
  })

  it('is refused as a whole where no column is an address, or the file is empty', async () => {
    const admin = await staff('admin')
    for (const csv of ['name,role\nAnn,owner\n', '']) {
      const job = await importCsv(admin, csv)
      expect(job.state).toBe('dead')
      expect(job.error).toMatch(/email|empty/)
    }
  })

  it('takes its columns from where the caller says', async () => {
    const admin = await staff('admin')
    const job = await importCsv(admin, 'Kontakt;Wer\nx@nine.example;Xenia\n', '?map=email%3DKontakt,name%3DWer')
    expect(job.result).toMatchObject({ imported: 1 })
    const { items } = (await call(admin, 'GET', '/admin/users?search=@nine.example')).body
    expect(items).toMatchObject([{ name: 'Xenia' }])
  })
})
