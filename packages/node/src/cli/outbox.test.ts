import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { diskTransport } from '../mail/disk-transport.ts'
import { startCommand } from '../testing/node-process.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'

const NOON = Date.parse('2026-03-01T12:00:00Z')

async function newOutbox() {
  const dataDir = await temporaryFolder()
  const transport = diskTransport({ folder: join(dataDir, 'outbox'), clock: () => NOON })
  await transport.send({ id: 'mail_1', to: 'a@example.com', subject: 'First', text: 'One\n', html: '<p>One</p>' })
  await transport.send({
    id: 'mail_2',
    to: 'b@example.com',
    subject: 'Second',
    text: 'Two\u001b[2J\n',
    html: '<p>Two</p>',
  })
  return { dataDir }
}

async function run(dataDir: string, ...args: string[]) {
  const command = startCommand(['outbox', ...args], { TILLWRIGHT_DATA_DIR: dataDir })
  const code = await command.ended
  return { code, output: command.output(), errors: command.errors() }
}

describe('tillwright outbox', () => {
  it('lists the mail on disk, newest first', async () => {
    const { dataDir } = await newOutbox()
    const listed = await run(dataDir)
    expect(listed).toMatchObject({ code: 0, errors: '' })
    expect(listed.output.trim().split('\n')).toEqual([
      'mail_2  2026-03-01T12:00:00.000Z  b@example.com  Second',
      'mail_1  2026-03-01T12:00:00.000Z  a@example.com  First',
    ])
    expect(await run(dataDir, 'list')).toEqual(listed)
    expect(JSON.parse((await run(dataDir, 'list', '--json')).output)).toMatchObject([
      { id: 'mail_2' },
      { id: 'mail_1' },
    ])
  })

  it('shows one, without what a terminal would obey', async () => {
    const { dataDir } = await newOutbox()
    const { code, output } = await run(dataDir, 'show', 'mail_2')
    expect(code).toBe(0)
    expect(output).toContain('To: b@example.com\nSubject: Second\n')
    expect(output).toContain('\nTwo[2J\n')
    expect(output).toContain('.eml')
  })

  it('says what is wrong', async () => {
    const { dataDir } = await newOutbox()
    expect(await run(dataDir, 'show', 'mail_9')).toMatchObject({
      code: 1,
      errors: expect.stringContaining('no mail mail_9'),
    })
    expect(await run(dataDir, 'show')).toMatchObject({ code: 2 })
    expect(await run(dataDir, 'burn')).toMatchObject({ code: 2 })
    expect(await run(await temporaryFolder())).toMatchObject({ code: 0, output: 'No mail yet.\n' })
  })
})
