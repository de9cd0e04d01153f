import { open, rm, stat, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type DirectImport, IMPORT_KINDS, type ImportKind } from '../domains.ts'
import { REJECT_HEADER, type RejectSink } from '../imports/rejects.ts'
import type { ImportReport } from '../imports/report.ts'
import { chooseTenant } from './choose-tenant.ts'
import { type Command, type CommandContext, CommandError, textOption, UsageError } from './command.ts'

export const importCommand: Command = {
  usage: 'import orders|products|customers FILE',
  summary: 'Read a CSV (also .gz) or JSON lines file of any size; importing it again changes nothing',
  options: {
    map: ['PAIRS', 'which column is which field, such as id=invoice,productId=sku:upper; known headers need none'],
    currency: ['CODE', "currency of amounts that name none; default the tenant's"],
    'date-order': ['dmy|mdy', 'how dates such as 01/02/2026 are meant; ISO dates need none'],
    format: ['csv|jsonl', 'default: by the name of the file'],
    rejects: ['FILE', 'where refused rows go; default FILE.rejects.csv'],
    tenant: ['ID', 'which tenant, where there are several'],
  },
  async run(context) {
    const [kind, file] = context.args
    if (!isImportKind(kind)) throw new UsageError(`Say what to import: ${IMPORT_KINDS.join(', ')}`)
    if (file === undefined) throw new UsageError('Say which file to import')
    const options = await describe(context, file)
    const server = await context.open()
    const tenant = await chooseTenant(server, textOption(context, 'tenant'))
    const rejectPath = textOption(context, 'rejects') ?? `${file}.rejects.csv`
    const label = `Importing ${kind} from ${basename(file)}`
    const report = await server.tools.import(kind, tenant, {
      path: file,
      options,
      signal: context.signal,
      rejects: rejectFileAt(rejectPath),
      onProgress: ({ bytesRead, rowsRead }) =>
        context.terminal.progress(
          label,
          options.bytes === 0 ? null : bytesRead / options.bytes,
          `${rowsRead.toLocaleString('en')} rows`,
        ),
    })
    context.terminal.done(label)
    summarise(report, rejectPath, context)
  },
}

async function describe(context: CommandContext, file: string): Promise<DirectImport['options']> {
  const info = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(
      error.code === 'ENOENT' ? `There is no file ${file}` : `Cannot read ${file}: ${error.message}`,
    )
  })
  if (!info.isFile()) throw new CommandError(`${file} is not a file`)
  const map = textOption(context, 'map')
  const currency = textOption(context, 'currency')
  const dateOrder = textOption(context, 'date-order')
  if (dateOrder !== undefined && dateOrder !== 'dmy' && dateOrder !== 'mdy')
    throw new UsageError('--date-order is dmy or mdy')
  if (currency !== undefined && !/^[A-Z]{3}$/.test(currency))
    throw new UsageError('--currency is an ISO 4217 code such as EUR')
  const format = formatOf(file, textOption(context, 'format'))
  return { format, bytes: info.size, map, currency, dateOrder }
}

function formatOf(file: string, given: string | undefined): 'csv' | 'jsonl' {
  if (given === 'csv' || given === 'jsonl') return given
  if (given !== undefined) throw new UsageError('--format is csv or jsonl')
  return /\.(jsonl|ndjson|json)(\.gz)?$/i.test(file) ? 'jsonl' : 'csv'
}

function isImportKind(kind: string | undefined): kind is ImportKind {
  return (IMPORT_KINDS as readonly (string | undefined)[]).includes(kind)
}

/** Refused rows in a file beside the imported one; there is none when no row was refused. */
function rejectFileAt(path: string): RejectSink {
  let isStarted = false
  return {
    begin: () => rm(path, { force: true }),
    async write(csv) {
      if (!isStarted) await writeFile(path, REJECT_HEADER)
      isStarted = true
      const file = await open(path, 'a')
      await file.appendFile(csv).finally(() => file.close())
    },
  }
}

function summarise(report: ImportReport, rejectPath: string, { terminal }: CommandContext): void {
  const count = (value: number) => value.toLocaleString('en').padStart(12)
  terminal.line(`  read      ${count(report.read)} rows`)
  terminal.line(`  imported  ${count(report.imported)}`)
  terminal.line(`  updated   ${count(report.updated)}`)
  terminal.line(`  unchanged ${count(report.unchanged)}`)
  terminal.line(`  rejected  ${count(report.rejected)}${report.rejected > 0 ? `  → ${rejectPath}` : ''}`)
  for (const { line, reason } of report.rejects.slice(0, 5)) terminal.line(`    line ${line}: ${reason}`)
  if (report.rejected > 5) terminal.line(`    and ${report.rejected - 5} more`)
}
