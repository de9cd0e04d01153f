import { databaseUrlOf } from '../options.ts'
import type { Command } from './command.ts'

export const migrateCommand: Command = {
  usage: 'migrate',
  summary: 'Bring the database up to date; every other command does so by itself',
  async run({ open, terminal, settings }) {
    await open()
    terminal.line(`The database is up to date: ${withoutPassword(databaseUrlOf(settings))}`)
  },
}

/**
 * What of a database's address may be shown: `postgres://me:secret@host/shop?password=…` → `postgres://host/shop`. A file
 * stays as it is.
 */
export function withoutPassword(url: string): string {
  if (!/^postgres(ql)?:/i.test(url)) return url
  // Drivers take an unescaped "@" in a password; what follows the last one names the host.
  const [, rest = ''] = /^\w+:(?:\/\/)?(?:.*@)?([^?#]*)/.exec(url)!
  return `postgres://${rest}`
}
