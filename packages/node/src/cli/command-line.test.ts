import { existsSync } from 'node:fs'
import { readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Engine } from '../db/dialect.ts'
import { type Database, openDatabase } from '../db/open.ts'
import { createServer as createTillwright } from '../server.ts'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { startCommand } from '../testing/node-process.ts'
import { postgresProblem, postgresUrl } from '../testing/postgres.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { makeDatabase } from '../testing/test-database.ts'
import { withoutPassword } from './migrate.ts'

interface Ran {
  readonly code: number | NodeJS.Signals
  readonly out: string
  readonly err: string
}

/** A folder and a database of its own, and the command line in it. */
async function installation(engine: Engine) {
  const folder = await temporaryFolder()
  const place = await makeDatabase(engine)
  onTestFinished(() => place.remove())
  const env = { TILLWRIGHT_DATABASE_URL: place.url, TILLWRIGHT_DATA_DIR: folder, TILLWRIGHT_LOG_LEVEL: 'silent' }
  const run = async (args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Ran> => {
    const process = startCommand(args, { ...env, ...more })
    return { code: await process.ended, out: process.output(), err: process.errors() }
  }
  const write = async (name: string, text: string) => {
    await writeFile(join(folder, name), text)
    return join(folder, name)
  }
  return { folder, url: place.url, env, run, write }
}

/** What keeps the audit log from being changed is taken away, as somebody with the database in their hands can. */
async function forgetAppendOnly({ engine, system }: Database): Promise<void> {
  if (engine === 'sqlite') await sql`drop trigger audit_log_no_update`.execute(system)
  else await sql`alter table audit_log disable trigger all`.execute(system)
}

/** Nothing that only a programmer could read. */
function expectForPeople({ out, err }: Ran): void {
  expect(out + err).not.toMatch(/^\s+at .*:\d+/m)
  expect(out + err).not.toContain('[object')
}

const ORDERS = 'id,placedAt,productId,quantity,unitPrice\nA1,2026-01-31,tea,2,4.50\nA2,2026-01-31,cup,1,oops\n'

describeOnDatabases('the command line', (engine) => {
  it('takes a shop from nothing to recommendations', { timeout: 120_000 }, async () => {
    const { folder, run, write } = await installation(engine)
    expect(await run(['tenant', 'list'])).toMatchObject({ code: 0, out: expect.stringContaining('No tenant yet') })
    const created = await run(['tenant', 'create', 'My shop', '--currency', 'EUR', '--time-zone', 'Europe/Paris'])
    expect(created).toMatchObject({ code: 0, err: '' })
    const [id] = /ten_\w+/.exec(created.out)!
    expect((await run(['tenant', 'list'])).out).toBe(`${id}  My shop  EUR  Europe/Paris\n`)

    const publishable = await run([
      'key',
      'create',
      'publishable',
      '--origin',
      'https://shop.example',
      '--label',
      'site',
    ])
    expect(publishable.out).toMatch(/^pk_\S+\n.*not shown again/)
    const secret = await run(['key', 'create', 'secret'])
    expect(secret.out).toMatch(/^sk_\S+\n/)
    const listed = (await run(['key', 'list'])).out
    expect(listed).toContain('site  https://shop.example  active')
    for (const { out } of [publishable, secret]) expect(listed).not.toContain(out.split('\n')[0])
    const [keyId] = /^\S+/.exec(listed)!
    expect(await run(['key', 'revoke', keyId])).toMatchObject({ code: 0, out: `Key ${keyId} works no more.\n` })
    expect((await run(['key', 'list'])).out).toMatch(new RegExp(`^${keyId}.*revoked`, 'm'))
    expect(await run(['key', 'revoke', keyId])).toMatchObject({ code: 1, err: `There is no active key ${keyId}\n` })

    const products = await write('products.csv', 'id,name,price\ntea,Green tea,4.50\ncup,Blue cup,12\n')
    expect((await run(['import', 'products', products])).out).toMatch(/imported\s+2\n/)
    const orders = await write('orders.csv', ORDERS)
    const imported = await run(['import', 'orders', orders])
    expect(imported.code).toBe(0)
    expect(imported.out).toMatch(/read\s+2 rows\n\s+imported\s+1\n\s+updated\s+0\n\s+unchanged\s+0\n\s+rejected\s+1/)
    expect(imported.out).toContain(`→ ${orders}.rejects.csv`)
    expect(imported.out).toContain('line 3: unit price')
    expect(await readFile(`${orders}.rejects.csv`, 'utf8')).toContain('"A2,2026-01-31,cup,1,oops"')
    const again = await run(['import', 'orders', orders, '--rejects', join(folder, 'bad.csv')])
    expect(again.out).toMatch(/imported\s+0\n\s+updated\s+0\n\s+unchanged\s+1\n/)
    expect(existsSync(join(folder, 'bad.csv'))).toBe(true)

    const trained = await run(['train'])
    expect(trained).toMatchObject({ code: 0, out: expect.stringMatching(/^Model [0-9a-f]{12} answers now: 1 baskets/) })
    const link = await run(['console'], { TILLWRIGHT_PUBLIC_URL: 'https://brain.example.com' })
    expect(link.out).toMatch(/^https:\/\/brain\.example\.com\/console\?token=\S+\n$/)
  })

  it('imports several files, one after another', { timeout: 60_000 }, async () => {
    const { run, write } = await installation(engine)
    await run(['tenant', 'create', 'My shop'])
    const first = await write('one.csv', ORDERS)
    const second = await write('two.csv', ORDERS.replaceAll('A1', 'B1').replaceAll('A2', 'B2'))
    const ran = await run(['import', 'orders', first, second])
    expect(ran.code).toBe(0)
    expect(ran.out.match(/imported\s+1\n/g)).toHaveLength(2)
    for (const file of [first, second]) expect(existsSync(`${file}.rejects.csv`)).toBe(true)
    expect(await run(['import', 'orders', first, second, '--rejects', 'x.csv'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--rejects is for a single file'),
    })
    // The second is not there, so the first is not read either.
    const none = await run(['import', 'orders', await write('three.csv', ORDERS), `${second}.gone`])
    expect(none).toMatchObject({ code: 1, out: '', err: expect.stringContaining('There is no file') })
  })

  it('lets refused rows take no place but their own', { timeout: 60_000 }, async () => {
    const { folder, run, write } = await installation(engine)
    await run(['tenant', 'create', 'My shop'])
    const orders = await write('orders.csv', ORDERS)
    const letter = await write('letter.txt', 'Dear all')
    await symlink(orders, join(folder, 'link.csv'))
    for (const taken of [orders, join(folder, 'link.csv'), letter, folder]) {
      const ran = await run(['import', 'orders', orders, '--rejects', taken])
      expect(ran).toMatchObject({ code: 1, out: '', err: expect.stringContaining('Refused rows cannot go to') })
      expectForPeople(ran)
    }
    expect(await readFile(orders, 'utf8')).toBe(ORDERS)
    expect(await readFile(letter, 'utf8')).toBe('Dear all')

    const rejects = `${orders}.rejects.csv`
    expect((await run(['import', 'orders', orders])).code).toBe(0)
    const kept = await readFile(rejects, 'utf8')
    expect(kept).toContain('oops')
    // An import that fails leaves what an earlier one has written.
    await write('orders.csv', 'a,b\n1,2\n')
    expect((await run(['import', 'orders', orders])).code).toBe(1)
    expect(await readFile(rejects, 'utf8')).toBe(kept)
    await write('orders.csv', ORDERS.replace('oops', '3.00'))
    expect((await run(['import', 'orders', orders])).code).toBe(0)
    expect(existsSync(rejects)).toBe(false)
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('adds the first owner by a link that works once', { timeout: 60_000 }, async () => {
    const { env, run } = await installation(engine)
    const [id] = /ten_\w+/.exec((await run(['tenant', 'create', 'My shop'])).out)!
    await run(['tenant', 'create', 'Another'])
    const create = (...more: string[]) =>
      run(['user', 'create', 'ann@example.com', ...more], { TILLWRIGHT_PUBLIC_URL: 'https://brain.example.com/tw/' })
    expect(await create()).toMatchObject({ code: 1, err: expect.stringContaining('--tenant') })
    const { code, out } = await create('--tenant', id, '--role', 'owner', '--name', 'Ann')
    expect(code).toBe(0)
    const [, token = ''] =
      /^https:\/\/brain\.example\.com\/tw\/sign-in\?tenant=ten_\w+#invitation=(ml_[\w-]{20,})\n/.exec(out) ?? []
    expect(out).toContain(`tenant=${id}#`)
    expect(await create('--tenant', id)).toMatchObject({ code: 1, err: expect.stringContaining('already') })
    expect((await create('--tenant', 'Another')).code).toBe(0)

    const server = createTillwright({ database: env.TILLWRIGHT_DATABASE_URL, dataDir: env.TILLWRIGHT_DATA_DIR })
    onTestFinished(() => server.close())
    await server.migrate()
    const tenant = (await server.tools.findTenant(id))!
    const { key } = await server.tools.createKey(tenant, { kind: 'secret' })
    const post = async (path: string, body: object) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` }
      const request = new Request(`http://tillwright.test${path}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      })
      const response = await server.fetch(request)
      return { status: response.status, body: await response.json() }
    }
    const password = 'staple-horse-battery'
    expect((await post('/auth/reset-password', { token, password })).status).toBeLessThan(300)
    expect(await post('/auth/login', { email: 'ann@example.com', password })).toMatchObject({
      status: 200,
      body: { status: 'signed_in', user: { role: 'owner', name: 'Ann' }, tenant: { id } },
    })
    expect((await post('/auth/reset-password', { token, password: 'staple-horse-window' })).status).toBe(410)
  })

  it.each([
    [['user', 'create', 'ann@example.com', '--role', 'king'], 1, /There is no role "king"; there are customer, /],
    [['user', 'create', 'ann'], 1, /An e-mail address looks like/],
    [['user', 'create'], 2, /Say whom to add/],
  ])('adds nobody by %j', async (args, code, message) => {
    const { run } = await installation(engine)
    await run(['tenant', 'create', 'My shop'])
    const ran = await run(args)
    expect(ran).toMatchObject({ code, err: expect.stringMatching(message) })
    expectForPeople(ran)
  })

  it('signs with a new key once it is told to', { timeout: 60_000 }, async () => {
    const { env, run } = await installation(engine)
    const keyOf = async () => /^Key (kid_\w+) signs from now on/.exec((await run(['signing-key', 'rotate'])).out)![1]!
    const [first, second] = [await keyOf(), await keyOf()]
    expect(first).not.toBe(second)
    const server = createTillwright({ database: env.TILLWRIGHT_DATABASE_URL, dataDir: env.TILLWRIGHT_DATA_DIR })
    onTestFinished(() => server.close())
    await server.migrate()
    const answer = await server.fetch(new Request('http://tillwright.test/.well-known/jwks.json'))
    const { keys } = (await answer.json()) as { keys: { kid: string }[] }
    expect(new Set(keys.map(({ kid }) => kid))).toEqual(new Set([first, second]))
  })

  it('finds what was changed in the audit log', { timeout: 60_000 }, async () => {
    const { env, run } = await installation(engine)
    expect(await run(['audit', 'verify'])).toMatchObject({ code: 0, out: expect.stringContaining('nothing to check') })
    await run(['tenant', 'create', 'My shop'])
    await run(['tenant', 'create', 'Another'])
    for (const name of ['ann', 'ben', 'cleo']) {
      await run(['user', 'create', `${name}@example.com`, '--tenant', 'My shop'])
    }
    const sound = await run(['audit', 'verify'])
    expect(sound.code).toBe(0)
    expect(sound.out).toMatch(/\(My shop\): 3 entries, sound\n.*\(Another\): 0 entries, sound\n/)

    const database = openDatabase(env.TILLWRIGHT_DATABASE_URL)
    await forgetAppendOnly(database)
    const changed = database.system.updateTable('audit_log').set({ kind: 'nothing.happened' })
    await changed.where('number', '=', 2).execute()
    await database.close()
    const broken = await run(['audit', 'verify'])
    expect(broken).toMatchObject({
      code: 1,
      out: expect.stringContaining('(Another): 0 entries, sound'),
      err: expect.stringMatching(/\(My shop\): broken at entry 2: the entry is not as it was written\n$/),
    })
    expectForPeople(broken)
    expect((await run(['audit', 'verify', '--tenant', 'Another'])).code).toBe(0)
  })

  it('backs up, restores, and tells what stands in its way', { timeout: 120_000 }, async () => {
    const { folder, url, run, write } = await installation(engine)
    await run(['tenant', 'create', 'My shop'])
    await run(['import', 'orders', await write('orders.csv', ORDERS)])
    const { code, out } = await run(['backup'])
    expect(code).toBe(0)
    const [file] = out.split('\n')
    expect(await readdir(join(folder, 'backups'))).toEqual([file!.split('/').at(-1)])

    const taken = await run(['restore', file!])
    expect(taken).toMatchObject({ code: 1, err: expect.stringMatching(/--replace/) })
    expectForPeople(taken)
    const gone = await run(['restore', join(folder, 'nowhere.gz')])
    expect(gone).toMatchObject({ code: 1, err: expect.stringMatching(/There is no file .*nowhere\.gz/) })
    const damaged = await run(['restore', await write('damaged.gz', 'x')], {
      TILLWRIGHT_DATABASE_URL: `${folder}/x.db`,
    })
    expect(damaged).toMatchObject({ code: 1, err: expect.stringContaining('damaged or cut short') })
    expectForPeople(damaged)
    expect(existsSync(join(folder, 'x.db'))).toBe(false)

    const elsewhere = { TILLWRIGHT_DATABASE_URL: join(folder, 'other.db') }
    expect(await run(['restore', file!], elsewhere)).toMatchObject({
      code: 0,
      out: expect.stringContaining('every row of the backup is there again'),
    })
    expect((await run(['tenant', 'list'], elsewhere)).out).toContain('My shop')
    const replaced = await run(['restore', file!, '--replace'], elsewhere)
    expect(replaced).toMatchObject({ code: 0, out: expect.stringContaining('other.db.before-restore-') })
    expect(url).not.toContain('other.db')
  })

  it('brings the database up to date, twice if need be, and hides the password', async () => {
    const { run } = await installation(engine)
    for (let i = 0; i < 2; i++) {
      expect(await run(['migrate'])).toMatchObject({ code: 0, out: expect.stringContaining('up to date') })
    }
  })

  it('serves until it is told to stop, and then ends by itself', async () => {
    const { env, run } = await installation(engine)
    await run(['tenant', 'create', 'My shop'])
    const server = startCommand(['serve'], { ...env, TILLWRIGHT_PORT: '0' })
    await server.hasWritten('Tillwright is at ')
    const [origin] = /http:\/\/127\.0\.0\.1:\d+/.exec(server.output())!
    expect(await (await fetch(`${origin}/alive`)).json()).toEqual({ status: 'ok' })
    expect((await fetch(`${origin}/startup`)).status).toBe(200)
    // Other commands know where it is, whatever its port.
    const [link] = /http\S+\/console\?token=\S+/.exec(server.output())!
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(303)
    expect((await run(['console'])).out).toMatch(new RegExp(`^${origin}/console\\?token=\\S+\n$`))
    server.child.kill('SIGTERM')
    expect(await server.ended).toBe(0)
    expect(server.output()).toContain('Stopping')
    expect((await run(['console'], { TILLWRIGHT_PORT: '4321' })).out).toContain('http://127.0.0.1:4321/console')
  })

  it('prints the line to paste with a publishable key', async () => {
    const { folder, run } = await installation(engine)
    await run(['tenant', 'create', 'My shop'])
    const { out } = await run(['key', 'create', 'publishable', '--origin', ' https://a.example , https://b.example '], {
      TILLWRIGHT_PUBLIC_URL: 'https://brain.example.com',
    })
    const [key] = /^pk_\S+/.exec(out)!
    const widgets = createTillwright({ database: ':memory:', dataDir: folder }).widgets
    if (widgets) {
      const { version, loaderIntegrity } = widgets
      expect(out).toContain(
        `<script async src="https://brain.example.com/widgets/${version}/loader.js" integrity="${loaderIntegrity}" crossorigin="anonymous" data-key="${key}"></script>\n`,
      )
    }
    expect((await run(['key', 'list'])).out).toContain('https://a.example https://b.example')
  })

  describe('says in a line what is wrong:', () => {
    it('no tenant, several tenants, or one that is not there', { timeout: 60_000 }, async () => {
      const { run } = await installation(engine)
      const none = await run(['train'])
      expect(none).toMatchObject({ code: 1, err: expect.stringContaining('tillwright tenant create') })
      expectForPeople(none)
      await run(['tenant', 'create', 'One'])
      await run(['tenant', 'create', 'Two'])
      expect(await run(['train'])).toMatchObject({ code: 1, err: expect.stringMatching(/--tenant.*One.*Two/) })
      expect(await run(['train', '--tenant', 'Three'])).toMatchObject({
        code: 1,
        err: expect.stringContaining('"Three"'),
      })
      expect(await run(['train', '--tenant', 'Two'])).toMatchObject({
        code: 0,
        out: expect.stringContaining('no orders'),
      })
    })

    it('a file that cannot be imported', { timeout: 60_000 }, async () => {
      const { folder, run, write } = await installation(engine)
      await run(['tenant', 'create', 'One'])
      const cases: [string[], RegExp][] = [
        [[join(folder, 'nowhere.csv')], /There is no file .*nowhere\.csv/],
        [[folder], /is not a file/],
        [[await write('empty.csv', '')], /The file is empty/],
        [[await write('odd.csv', 'a,b\n1,2\n')], /No column was recognised as id.*--map/s],
        [[await write('map.csv', ORDERS), '--map', 'nonsense=x'], /Cannot map "nonsense=x"/],
      ]
      for (const [args, message] of cases) {
        const ran = await run(['import', 'orders', ...args])
        expect(ran).toMatchObject({ code: 1, err: expect.stringMatching(message) })
        expectForPeople(ran)
      }
    })

    it('a tenant or a key that cannot be', { timeout: 60_000 }, async () => {
      const { run } = await installation(engine)
      for (const args of [
        ['tenant', 'create', 'X', '--currency', 'euro'],
        ['tenant', 'create', 'X', '--time-zone', 'Mars/Olympus'],
      ]) {
        const ran = await run(args)
        expect(ran.code).toBe(1)
        expectForPeople(ran)
      }
      await run(['tenant', 'create', 'X'])
      const ran = await run(['key', 'create', 'publishable', '--origin', 'shop.example'])
      expect(ran).toMatchObject({ code: 1, err: expect.stringContaining('shop.example') })
      expectForPeople(ran)
    })
  })
})

describe('the command line', () => {
  const run = async (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> => {
    const folder = await temporaryFolder()
    const process = startCommand(args, { TILLWRIGHT_DATA_DIR: folder, TILLWRIGHT_LOG_LEVEL: 'silent', ...env })
    return { code: await process.ended, out: process.output(), err: process.errors() }
  }

  it.each([[[]], [['--help']], [['-h']], [['help']]])('shows every command for %j', async (args) => {
    const { code, out } = await run(args)
    expect(code).toBe(0)
    for (const command of ['serve', 'import', 'train', 'tenant create', 'key create', 'backup', 'restore', 'migrate'])
      expect(out).toContain(`  ${command}`)
  })

  it.each([
    [
      ['import', '--help'],
      ['--map PAIRS', '--date-order dmy|mdy', '--rejects FILE'],
    ],
    [
      ['key', 'create', '-h'],
      ['--origin URLS', '--label TEXT'],
    ],
    [['restore', '--help'], ['--replace']],
    [['serve', '--help'], ['Run the server']],
  ])('explains %j with its options, and does nothing', async (args, parts) => {
    const { code, out } = await run(args)
    expect(code).toBe(0)
    for (const part of parts) expect(out).toContain(part)
  })

  it.each([['--version'], ['-v']])('says its version for %s', async (flag) => {
    expect(await run([flag])).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), err: '' })
  })

  it('minds nobody who reads no further', async () => {
    const command = startCommand(['help'])
    command.child.stdout!.destroy()
    expect([await command.ended, command.errors()]).toEqual([0, ''])
  })

  it('says in a line where its folder cannot be', { timeout: 60_000 }, async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'file'), '')
    const cases: [string, RegExp][] = [
      [join(folder, 'file'), /There is a file where a folder should be: .*TILLWRIGHT_DATA_DIR/],
      [join(folder, 'file', 'below'), /There is a file where a folder should be: .*TILLWRIGHT_DATA_DIR/],
      // Where not even root may.
      ...(process.platform === 'linux'
        ? [['/sys/tillwright', /No permission: .*TILLWRIGHT_DATA_DIR/] as [string, RegExp]]
        : []),
    ]
    for (const [dataDir, message] of cases) {
      const ran = await run(['migrate'], { TILLWRIGHT_DATA_DIR: dataDir })
      expect(ran).toMatchObject({ code: 1, err: expect.stringMatching(message) })
      expectForPeople(ran)
    }
  })

  it.each([
    ['postgres://me:hunter2@db.example:5432/shop?sslmode=require', 'postgres://db.example:5432/shop'],
    ['postgresql://me@db.example/shop?password=hunter2', 'postgres://db.example/shop'],
    ['postgres://me:hun@ter2@db.example/shop', 'postgres://db.example/shop'],
    ['postgres:///shop?host=/var/run&password=hunter2', 'postgres:///shop'],
    ['/var/lib/till@wright.db', '/var/lib/till@wright.db'],
  ])('shows of the address %s what may be shown', (url, shown) => {
    expect(withoutPassword(url)).toBe(shown)
  })

  it.each([
    [['nonsense'], /There is no command "nonsense"/],
    [['tenant', 'create', 'My', 'shop'], /Do not know what to do with "shop"/],
    [['serve', 'now'], /Do not know what to do with "now"/],
    [['key', 'create', 'secret', 'publishable'], /Do not know what to do with "publishable"/],
    [['tenant'], /There is no command "tenant"/],
    [['tenant', 'create'], /needs a name/],
    [['import'], /Say what to import: products, customers, orders/],
    [['import', 'orders'], /Say which file/],
    [['import', 'receipts', 'x.csv'], /Say what to import/],
    [['import', 'orders', '/dev/null', '--fast'], /--fast/],
    [['key', 'create', 'golden'], /publishable or secret/],
    [['key', 'revoke'], /Say which key/],
    [['restore'], /Say which backup/],
  ])('called wrongly with %j ends with 2 and says how to call it', async (args, message) => {
    const ran = await run(args)
    expect(ran.code).toBe(2)
    expect(ran.out + ran.err).toMatch(message)
    expectForPeople(ran)
  })

  it.each([
    [{ TILLWRIGHT_PORT: 'http' }, /TILLWRIGHT_PORT: .*For example: TILLWRIGHT_PORT=4000/],
    [{ TILLWRIGHT_BACKUP_RETENTION_DAYS: '0' }, /TILLWRIGHT_BACKUP_RETENTION_DAYS/],
    [{ TILLWRIGHT_CONFIG: '/nowhere.json' }, /cannot read \/nowhere\.json/],
  ])('with the setting %j ends with 1 and names it', async (env, message) => {
    const ran = await run(['migrate'], env)
    expect(ran).toMatchObject({ code: 1, err: expect.stringMatching(message) })
    expectForPeople(ran)
  })

  it('tells where the database cannot be opened, without a password', { timeout: 60_000 }, async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'text.db'), 'This is no database at all. '.repeat(100))
    const cases: (readonly [string, RegExp])[] = [
      ['postgres://me:hunter2@127.0.0.1:1/x', /database does not answer/],
      ['postgres://me:hunter2@localhost:1/x', /database does not answer/],
      ...(postgresProblem === null
        ? [[postgresUrl('tillwright_nowhere'), /database refuses: .*does not exist/] as const]
        : []),
      [join(folder, 'text.db'), /cannot be opened: file is not a database.*TILLWRIGHT_DATABASE_URL/],
      [folder, /cannot be opened: unable to open/],
    ]
    const all = await Promise.all(cases.map(([url]) => run(['migrate'], { TILLWRIGHT_DATABASE_URL: url })))
    for (const [i, ran] of all.entries()) {
      expect(ran.code).toBe(1)
      expect.soft(ran.err).toMatch(cases[i]![1])
      expect.soft(ran.err).not.toMatch(/^\s+at .*:\d+/m)
      expect(ran.out + ran.err).not.toContain('hunter2')
    }
  })

  it('serves on the next port where one is taken, and says so', async () => {
    const blocker = createServer()
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void blocker.close())
    const { port } = blocker.address() as { port: number }
    const server = startCommand(['serve'], {
      TILLWRIGHT_DATA_DIR: await temporaryFolder(),
      TILLWRIGHT_PORT: String(port),
      TILLWRIGHT_LOG_LEVEL: 'silent',
    })
    await server.hasWritten('Tillwright is at ')
    expect(server.output()).toContain(`Port ${port} is taken; using `)
    server.child.kill('SIGINT')
    expect(await server.ended).toBe(0)
  })
})
