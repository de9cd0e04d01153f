import { basename, join } from 'node:path'
import { backUp, NotEmptyError, restore } from '../db/backup.ts'
import { BackupError } from '../db/read-backup.ts'
import { databaseUrlOf } from '../options.ts'
import { type Command, CommandError, textOption, UsageError } from './command.ts'

export const backupCommand: Command = {
  usage: 'backup',
  summary: 'Write the whole database into one checked file, while the server runs',
  options: { to: ['FOLDER', 'default: backups in the data folder'] },
  async run(context) {
    const { settings, terminal } = context
    const { database } = await context.open()
    const folder = textOption(context, 'to') ?? settings.backupDir ?? join(settings.dataDir, 'backups')
    const { file, removed } = await backUp(database, {
      folder,
      retentionDays: settings.backupRetentionDays,
      now: Date.now(),
      onProgress: ({ table, rows }) =>
        terminal.progress('Backing up', null, `${table}: ${rows.toLocaleString('en')} rows`),
    })
    terminal.done('Backing up')
    terminal.line(file)
    if (removed.length > 0) {
      terminal.line(
        `Removed ${removed.length} older than ${settings.backupRetentionDays} days: ${removed.map((old) => basename(old)).join(', ')}`,
      )
    }
  },
}

export const restoreCommand: Command = {
  usage: 'restore FILE',
  summary: 'Bring a backup back, into an empty database or in place of the embedded one',
  options: { replace: [null, 'set the existing embedded database aside; stop the server first'] },
  async run({ args: [file], options, settings, terminal }) {
    if (file === undefined) throw new UsageError('Say which backup to restore')
    const url = databaseUrlOf(settings)
    try {
      const { setAside } = await restore(url, file, {
        replace: options.replace === true,
        now: Date.now(),
        onProgress: ({ table, rows }) =>
          terminal.progress('Restoring', null, `${table}: ${rows.toLocaleString('en')} rows`),
      })
      terminal.done('Restoring')
      terminal.line('Restored: every row of the backup is there again.')
      if (setAside) terminal.line(`The database that was there lies at ${setAside}.`)
    } catch (error) {
      if (error instanceof NotEmptyError) {
        throw new CommandError(
          `${error.message}. Add --replace to set the embedded database aside; for PostgreSQL, create an empty database and point TILLWRIGHT_DATABASE_URL at it.`,
        )
      }
      if (error instanceof BackupError) throw new CommandError(error.message)
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new CommandError(`There is no file ${file}`)
      throw error
    }
  },
}
