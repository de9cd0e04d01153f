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

/** `postgres://user:secret@host/db` → `postgres://user:…@host/db`. */
export function withoutPassword(url: string): string {
  return url.replace(/^(\w+:\/\/[^:@/]+):[^@]+@/, '$1:…@')
}
