import { join } from 'node:path'
import { type OutboxMail, readOutbox } from '../mail/disk-transport.ts'
import { type Command, type CommandContext, CommandError, UsageError } from './command.ts'

export const outboxCommand: Command = {
  usage: 'outbox [list|show ID]',
  summary: 'Show the mail that lies in the data folder because no mail server is set',
  options: { json: [null, 'as JSON, for other programs'] },
  async run(context) {
    const [action = 'list', id] = context.args
    const folder = join(context.settings.dataDir, 'outbox')
    const mail = await readOutbox(folder)
    if (action === 'list') return list(context, mail)
    if (action !== 'show') throw new UsageError(`There is list and show, not "${action}"`)
    if (id === undefined) throw new UsageError('Say which mail: its id is in "tillwright outbox list"')
    const found = mail.find((one) => one.id === id)
    if (!found) throw new CommandError(`There is no mail ${id} in ${folder}`)
    show(context, found, folder)
  },
}

function list({ terminal, options }: CommandContext, mail: readonly OutboxMail[]): void {
  if (options.json) {
    const listed = mail.map(({ id, at, from, to, subject, file }) => ({ id, at, from, to, subject, file }))
    terminal.line(JSON.stringify(listed, null, 2))
    return
  }
  if (mail.length === 0) terminal.line('No mail yet.')
  for (const { id, at, to, subject } of mail) terminal.line(printable([id, at, to, subject].join('  ')))
}

function show({ terminal, options }: CommandContext, mail: OutboxMail, folder: string): void {
  if (options.json) {
    terminal.line(JSON.stringify(mail, null, 2))
    return
  }
  for (const [name, value] of Object.entries({ From: mail.from, To: mail.to, Subject: mail.subject, Date: mail.at })) {
    terminal.line(printable(`${name}: ${value}`))
  }
  terminal.line(`\n${printable(mail.text)}\nThe whole mail: ${join(folder, mail.file)}`)
}

/** Without what terminals take for commands. */
function printable(text: string): string {
  return text.replace(/[^\P{C}\n]/gu, '')
}
