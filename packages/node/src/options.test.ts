import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { databaseUrlOf, readSettings, SETTINGS_FILE, SettingsError } from './options.ts'
import { startCommand } from './testing/node-process.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'

const NOWHERE = '/nonexistent'

describe('settings', () => {
  it('have defaults that need nothing', () => {
    const settings = readSettings({}, NOWHERE)
    expect(settings).toMatchObject({ host: '127.0.0.1', port: 4000, environment: 'development', trustedProxies: 0 })
    expect(databaseUrlOf(settings)).toMatch(/tillwright-data\/tillwright\.db$/)
  })

  it('come from the environment, as numbers and truths where they are such', () => {
    const env = {
      TILLWRIGHT_PORT: '8080',
      TILLWRIGHT_DOCS: 'false',
      TILLWRIGHT_TRUSTED_PROXIES: '2',
      TILLWRIGHT_DATABASE_URL: 'postgres://localhost/shop',
      TILLWRIGHT_LOG_LEVEL: 'warn',
      OTHER: 'x',
    }
    const settings = readSettings(env, NOWHERE)
    expect(settings).toMatchObject({ port: 8080, docs: false, trustedProxies: 2, logLevel: 'warn' })
    expect(databaseUrlOf(settings)).toBe('postgres://localhost/shop')
  })

  it('that are empty count as missing', () => {
    expect(readSettings({ TILLWRIGHT_PORT: '', TILLWRIGHT_PUBLIC_URL: '' }, NOWHERE).port).toBe(4000)
  })

  it.each([
    ['TILLWRIGHT_PORT', 'eighty', '4000'],
    ['TILLWRIGHT_PORT', '-1', '4000'],
    ['TILLWRIGHT_PORT', '65536', '4000'],
    ['TILLWRIGHT_PORT', '80.5', '4000'],
    ['TILLWRIGHT_REDIS_URL', 'http://localhost:6379', 'redis://localhost:6379'],
    ['TILLWRIGHT_PUBLIC_URL', 'shop.example', 'https://brain.example.com'],
    ['TILLWRIGHT_PUBLIC_URL', 'ftp://shop.example', 'https://brain.example.com'],
    ['TILLWRIGHT_LOG_LEVEL', 'loud', 'info'],
    ['TILLWRIGHT_ENVIRONMENT', 'staging', 'production'],
    ['TILLWRIGHT_DOCS', 'perhaps', 'false'],
    ['TILLWRIGHT_TRUSTED_PROXIES', '11', '1'],
    ['TILLWRIGHT_ADMIN_ADDRESSES', 'office', '203.0.113.7,10.0.0.0/8,2001:db8::/32'],
    ['TILLWRIGHT_ADMIN_ADDRESSES', '10.0.0.0/8,10.0.0.0/40', '203.0.113.7,10.0.0.0/8,2001:db8::/32'],
    ['TILLWRIGHT_ADMIN_ADDRESSES', ' , ', '203.0.113.7,10.0.0.0/8,2001:db8::/32'],
    ['TILLWRIGHT_AUDIT_RETENTION_DAYS', '29', '90'],
    ['TILLWRIGHT_AUDIT_RETENTION_DAYS', 'for ever', '90'],
    ['TILLWRIGHT_BACKUP_RETENTION_DAYS', '0', '30'],
    ['TILLWRIGHT_SMTP_URL', 'https://mail.example.com', 'smtps://shop:secret@mail.example.com:465'],
    ['TILLWRIGHT_MAIL_FROM', 'the shop', 'Shop <shop@example.com>'],
    ['TILLWRIGHT_SECRET_KEY', 'short', '$(openssl rand -base64 32)'],
    ['TILLWRIGHT_REQUIRE_VERIFIED_EMAIL', 'perhaps', 'true'],
    ['TILLWRIGHT_WEBHOOKS_ALLOW_PRIVATE', 'perhaps', 'true'],
  ])('refuse %s=%s, naming it, what is wrong, and an example', (name, value, example) => {
    const refuse = () => readSettings({ [name]: value }, NOWHERE)
    expect(refuse).toThrow(SettingsError)
    expect(refuse).toThrow(
      new RegExp(`^${name}: .{8,}\\. For example: ${name}=${example.replace(/[/.$()]/g, '\\$&')}$`),
    )
  })

  it('say what came in place of a number, and never what may be a secret', () => {
    expect(() => readSettings({ TILLWRIGHT_PORT: 'abc' }, NOWHERE)).toThrow(
      'TILLWRIGHT_PORT: must be a whole number from 0 to 65535, got "abc". For example: TILLWRIGHT_PORT=4000',
    )
    for (const name of ['TILLWRIGHT_SMTP_URL', 'TILLWRIGHT_SECRET_KEY', 'TILLWRIGHT_REDIS_URL']) {
      expect(() => readSettings({ [name]: 'ftp://me:hunter2@host' }, NOWHERE)).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
      )
    }
  })

  it('take several keys of secrets, the newest first', () => {
    const keys = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)].map((key) => key.toString('base64')).join(', ')
    expect(readSettings({ TILLWRIGHT_SECRET_KEY: keys }, NOWHERE).secretKey).toBe(keys)
  })

  it('let webhooks call private addresses while somebody develops, and never in production', () => {
    const env = { TILLWRIGHT_WEBHOOKS_ALLOW_PRIVATE: 'true' }
    expect(readSettings({}, NOWHERE).webhooksAllowPrivate).toBe(false)
    expect(readSettings(env, NOWHERE).webhooksAllowPrivate).toBe(true)
    expect(() => readSettings({ ...env, TILLWRIGHT_ENVIRONMENT: 'production' }, NOWHERE)).toThrow(
      /^TILLWRIGHT_WEBHOOKS_ALLOW_PRIVATE: is for development only/,
    )
  })

  it('of a mail server want to know who mail is from', () => {
    const smtp = { TILLWRIGHT_SMTP_URL: 'smtp://localhost:2525' }
    expect(() => readSettings(smtp, NOWHERE)).toThrow(/^TILLWRIGHT_MAIL_FROM: must say who mail is from/)
    const mailFrom = 'Shop <shop@example.com>'
    expect(readSettings({ ...smtp, TILLWRIGHT_MAIL_FROM: mailFrom }, NOWHERE)).toMatchObject({ mailFrom })
  })

  it.each(['GOOGLE', 'GITHUB'])('of %s want both the client and its secret, and show neither', (provider) => {
    const id = { [`TILLWRIGHT_${provider}_CLIENT_ID`]: 'an id' }
    const secret = { [`TILLWRIGHT_${provider}_CLIENT_SECRET`]: 'hush' }
    const read = (env: Record<string, string>) => () => readSettings(env, NOWHERE)
    expect(read(id)).toThrow(new RegExp(`^TILLWRIGHT_${provider}_CLIENT_SECRET: must be set as well.+For example: `))
    expect(read(secret)).toThrow(new RegExp(`^TILLWRIGHT_${provider}_CLIENT_ID: must be set as well`))
    expect(read(secret)).not.toThrow(/hush/)
    const name = provider.toLowerCase()
    expect(read({ ...id, ...secret })()).toMatchObject({
      [`${name}ClientId`]: 'an id',
      [`${name}ClientSecret`]: 'hush',
    })
  })

  it('name everything that is wrong at once', () => {
    expect(() => readSettings({ TILLWRIGHT_PORT: 'x', TILLWRIGHT_LOG_LEVEL: 'y' }, NOWHERE)).toThrow(
      /^TILLWRIGHT_PORT: .+\nTILLWRIGHT_LOG_LEVEL: .+$/,
    )
  })

  it('come from a file in the folder, over which the environment wins', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, SETTINGS_FILE), JSON.stringify({ port: 1, host: '0.0.0.0', docs: true }))
    expect(readSettings({ TILLWRIGHT_PORT: '2' }, folder)).toMatchObject({ port: 2, host: '0.0.0.0', docs: true })
  })

  it('come from the file that TILLWRIGHT_CONFIG names, which must be there', async () => {
    const path = join(await temporaryFolder(), 'mine.json')
    expect(() => readSettings({ TILLWRIGHT_CONFIG: path }, NOWHERE)).toThrow(
      /TILLWRIGHT_CONFIG: cannot read .+mine\.json/,
    )
    await writeFile(path, '{"port":3}')
    expect(readSettings({ TILLWRIGHT_CONFIG: path }, NOWHERE).port).toBe(3)
  })

  it.each([
    ['{', 'is not valid JSON'],
    ['[]', 'must hold one JSON object'],
    ['null', 'must hold one JSON object'],
    ['{"prot":1}', 'Unknown setting prot. There are: dataDir, '],
    ['{"port":"x"}', 'TILLWRIGHT_PORT: '],
  ])('from a file that holds %s are refused', async (text, message) => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, SETTINGS_FILE), text)
    expect(() => readSettings({}, folder)).toThrow(message)
  })

  it.each(['mysql://root:secret@localhost/shop', 'postgress://localhost/shop'])(
    'that name a database that there is not (%s) are refused',
    (url) => {
      const read = () => readSettings({ TILLWRIGHT_DATABASE_URL: url }, NOWHERE)
      expect(read).toThrow(/^TILLWRIGHT_DATABASE_URL: No such database: it begins with postgres:.+For example: /)
      expect(read).not.toThrow(/root:secret/)
    },
  )

  it('that are wrong end the command with 1 and one line, and no stack', async () => {
    const command = startCommand(['serve'], { TILLWRIGHT_PORT: 'x', TILLWRIGHT_DATA_DIR: await temporaryFolder() })
    expect(await command.ended).toBe(1)
    expect(command.errors()).toMatch(/^.*TILLWRIGHT_PORT: .+For example: TILLWRIGHT_PORT=4000\n$/)
  })
})
