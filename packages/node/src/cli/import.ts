import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Tenant } from '../context.ts'
import { type DirectImport, IMPORT_KINDS, type ImportKind } from '../domains.ts'
import type { ImportReport } from '../imports/report.ts'
import type { Server } from '../server.ts'
import { chooseTenant } from './choose-tenant.ts'
import { type Command, type CommandContext, CommandError, textOption, UsageError } from './command.ts'
import { type RejectFile, rejectFile } from './reject-file.ts'

export const importCommand: Command = {
  usage: 'import orders|products|customers FILE…',
  summary: 'Read CSV (also .gz) or JSON lines files of any size; importing them again changes nothing',
  options: {
    map: ['PAIRS', 'which column is which field, such as id=invoice,productId=sku:upper; known headers need none'],
    currency: ['CODE', "currency of amounts that name none; default the tenant's"],
    'date-order': ['dmy|mdy', 'how dates such as 01/02/2026 are meant; ISO dates need none'],
    format: ['csv|jsonl', 'default: by the name of the file'],
    rejects: ['FILE', 'where refused rows of a single file go; default FILE.rejects.csv'],
    tenant: ['ID', 'which tenant, where there are several'],
  },
  async run(context) {
    const [kind, ...files] = context.args
    if (!isImportKind(kind)) throw new UsageError(`Say what to import: ${IMPORT_KINDS.join(', ')}`)
    if (files.length === 0) throw new UsageError('Say which file to import')
    const given = textOption(context, 'rejects')
    if (given !== undefined && files.length > 1) throw new UsageError('--rejects is for a single file')
    // What is wrong with any of them shows before the first is read.
    const sources: Source[] = []
    for (const path of files) {
      const options = await describe(context, path)
      const rejectPath = given ?? `${path}.rejects.csv`
      sources.push({ path, options, rejectPath, rejects: await rejectFile(rejectPath, path) })
    }
    const server = await context.open()
    const tenant = await chooseTenant(server, textOption(context, 'tenant'))
    for (const source of sources) await importFile(source, { kind, server, tenant, context })
  },
}

interface Source {
  readonly path: string
  readonly options: DirectImport['options']
  readonly rejectPath: string
  readonly rejects: RejectFile
}

async function importFile(
  { path, options, rejectPath, rejects }: Source,
  { kind, server, tenant, context }: { kind: ImportKind; server: Server; tenant: Tenant; context: CommandContext },
): Promise<void> {
  const { terminal, signal } = context
  const label = `Importing ${kind} from ${basename(path)}`
  try {
    const report = await server.tools.import(kind, tenant, {
      path,
      options,
      signal,
      rejects,
      onProgress: ({ bytesRead, rowsRead }) => {
        const fraction = options.bytes === 0 ? null : bytesRead / options.bytes
        terminal.progress(label, fraction, `${rowsRead.toLocaleString('en')} rows`)
      },
    })
    await rejects.finish()
    terminal.done(label)
    summarise(report, rejectPath, context)
  } catch (error) {
    await rejects.abandon()
    throw error
  }
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
