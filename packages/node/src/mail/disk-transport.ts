import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../ports.ts'
import { checkMessage, type MailTransport, parseMailbox } from './message.ts'
import { mimeFile } from './mime.ts'

const DEFAULT_KEEP = 1_000
const DEFAULT_FROM = 'Tillwright <no-reply@localhost>'

export interface DiskTransportOptions {
  /** Such as `outbox` in the data folder. */
  readonly folder: string
  readonly clock: Clock
  readonly from?: string
  /** The oldest beyond this many are removed; default 1,000. */
  readonly keep?: number
}

/** A mail on disk. */
export interface OutboxMail {
  readonly id: string
  /** ISO 8601. */
  readonly at: string
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** File name of the whole mail, in the same folder. */
  readonly file: string
}

/**
 * Mail into a folder, for a server that has no mail server yet: `<time>-<id>.eml`, which mail programs open, and beside it
 * `.json`, which `readOutbox` lists. Each file appears whole, and only the server's own account can read it: mail holds
 * links that let people in. A mail that is there already is not written twice.
 */
export function diskTransport({
  folder,
  clock,
  from = DEFAULT_FROM,
  keep = DEFAULT_KEEP,
}: DiskTransportOptions): MailTransport {
  return {
    name: 'disk',
    async send(message) {
      checkMessage(message)
      const sender = parseMailbox(message.from ?? from)
      const { id, to, subject, text, html } = message
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const names = await readdir(folder)
      if (names.some((name) => name.endsWith(`-${id}.json`))) return
      const now = clock()
      const at = new Date(now).toISOString()
      const earlier = names.find((name) => name.endsWith(`-${id}.eml`))
      const base = earlier?.slice(0, -'.eml'.length) ?? `${at.replace(/[:.]/g, '-')}-${id}`
      const listed: OutboxMail = { id, at, from: message.from ?? from, to, subject, text, html, file: `${base}.eml` }
      await writeWhole(join(folder, listed.file), mimeFile(message, sender, now))
      await writeWhole(join(folder, `${base}.json`), `${JSON.stringify(listed, null, 2)}\n`)
      await removeOldest(folder, keep)
    },
  }
}

/** The mail of an outbox, newest first; none where there is no such folder. */
export async function readOutbox(folder: string): Promise<OutboxMail[]> {
  const mail: OutboxMail[] = []
  for (const name of (await namesIn(folder)).reverse()) {
    // One that is removed while we read is gone.
    const text = await readFile(join(folder, name), 'utf8').catch(absent)
    if (text !== undefined) mail.push(JSON.parse(text) as OutboxMail)
  }
  return mail
}

/** Names of the listed mail, oldest first: they begin with the time. */
async function namesIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder).catch(absent)) ?? []
  return names.filter((name) => name.endsWith('.json')).sort()
}

async function removeOldest(folder: string, keep: number): Promise<void> {
  const names = await namesIn(folder)
  for (const name of names.slice(0, Math.max(0, names.length - keep))) {
    await rm(join(folder, name.replace(/\.json$/, '.eml')), { force: true })
    await rm(join(folder, name), { force: true })
  }
}

async function writeWhole(path: string, content: string): Promise<void> {
  const part = `${path}.part`
  try {
    const file = await open(part, 'w', 0o600)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(part, path)
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined
  throw error
}
