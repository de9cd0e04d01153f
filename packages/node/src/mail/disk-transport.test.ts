import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import PostalMime from 'postal-mime'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { diskTransport, readOutbox } from './disk-transport.ts'
import { PermanentMailError } from './message.ts'

const NOON = Date.parse('2026-03-01T12:00:00Z')
const MAIL = {
  id: 'mail_1',
  to: 'reader@example.com',
  subject: 'Grüße aus dem Café, '.repeat(8).trim(),
  text: 'Guten Tag 👋\n'.repeat(30),
  html: `<p>${'ä'.repeat(500)}</p>`,
}

async function newOutbox(options: { keep?: number } = {}) {
  const folder = join(await temporaryFolder(), 'data', 'outbox')
  const time = { now: NOON }
  const transport = diskTransport({ folder, clock: () => time.now, from: 'Läden <shop@example.com>', ...options })
  return { folder, time, transport }
}

describe('mail on disk', () => {
  it('is a file that mail programs read, named by time and id', async () => {
    const { folder, transport } = await newOutbox()
    const content = new Uint8Array([0, 255, 13, 10, 46])
    const attachments = [{ filename: 'Beleg ä.pdf', contentType: 'application/pdf', content }]
    await transport.send({ ...MAIL, attachments, headers: { 'Auto-Submitted': 'auto-generated' } })
    const raw = await readFile(join(folder, '2026-03-01T12-00-00-000Z-mail_1.eml'))
    const email = await PostalMime.parse(raw)
    expect(email).toMatchObject({
      from: { name: 'Läden', address: 'shop@example.com' },
      to: [{ address: 'reader@example.com' }],
      subject: MAIL.subject,
      messageId: '<mail_1@example.com>',
      date: '2026-03-01T12:00:00.000Z',
    })
    expect(email.text?.trim()).toBe(MAIL.text.trim())
    expect(email.html?.trim()).toBe(MAIL.html)
    expect(email.attachments[0]).toMatchObject({ filename: 'Beleg ä.pdf', mimeType: 'application/pdf' })
    expect(new Uint8Array(email.attachments[0]!.content as ArrayBuffer)).toEqual(content)
    const longest = Math.max(
      ...raw
        .toString('latin1')
        .split('\r\n')
        .map((line) => line.length),
    )
    expect(longest).toBeLessThanOrEqual(998)
  })

  it('is listed newest first, and leaves no half-written file', async () => {
    const { folder, time, transport } = await newOutbox()
    await transport.send(MAIL)
    time.now += 1_000
    await transport.send({ ...MAIL, id: 'mail_2', subject: 'Second' })
    const listed = await readOutbox(folder)
    expect(listed.map(({ id }) => id)).toEqual(['mail_2', 'mail_1'])
    expect(listed[0]).toEqual({
      id: 'mail_2',
      at: '2026-03-01T12:00:01.000Z',
      from: 'Läden <shop@example.com>',
      to: 'reader@example.com',
      subject: 'Second',
      text: MAIL.text,
      html: MAIL.html,
      file: '2026-03-01T12-00-01-000Z-mail_2.eml',
    })
    expect((await readdir(folder)).filter((name) => !/\.(eml|json)$/.test(name))).toEqual([])
  })

  it('is not written twice under one id', async () => {
    const { folder, time, transport } = await newOutbox()
    await transport.send(MAIL)
    time.now += 60_000
    await transport.send(MAIL)
    expect(await readdir(folder)).toHaveLength(2)
  })

  it('can be read by the server’s own account alone', async () => {
    const { folder, transport } = await newOutbox()
    await transport.send(MAIL)
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    for (const name of await readdir(folder)) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600)
  })

  it('makes room for new mail', async () => {
    const { folder, time, transport } = await newOutbox({ keep: 2 })
    for (const id of ['mail_1', 'mail_2', 'mail_3']) {
      time.now += 1
      await transport.send({ ...MAIL, id })
    }
    expect((await readOutbox(folder)).map(({ id }) => id)).toEqual(['mail_3', 'mail_2'])
    expect(await readdir(folder)).toHaveLength(4)
  })

  it('stays in its folder, whatever the id', async () => {
    const { transport } = await newOutbox()
    await expect(transport.send({ ...MAIL, id: '../../mail_1' })).rejects.toBeInstanceOf(PermanentMailError)
  })

  it('is none where there is no folder', async () => {
    expect(await readOutbox(join(await temporaryFolder(), 'nothing'))).toEqual([])
  })
})
