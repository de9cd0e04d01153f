import type { StatementOptions } from '@tillwright/core/brain'
import {
  MAX_STATEMENT_BYTES,
  MAX_STATEMENT_ROWS,
  newId,
  type Statement,
  type StatementRow as StatementEntry,
  type StatementReading,
  type Upload,
} from '@tillwright/core/contract'
import type { AuditService } from '../audit/service.ts'
import type { TenantDb } from '../db/open.ts'
import { readWhole } from '../files/read-whole.ts'
import { decodeCursor, toPage } from '../http/cursor.ts'
import { ProblemError, problem } from '../http/problem-error.ts'
import type { Clock, FileStore, Random } from '../ports.ts'
import { runInThread } from '../threads/run-in-thread.ts'
import { type AccountsService, entry, openAccount } from './accounts-service.ts'
import { type AccountRow, listAccounts } from './accounts-store.ts'
import { moveBalances } from './balances.ts'
import { newTransaction } from './new-transaction.ts'
import { type Known, type PlannedEntry, placeAccounts, planEntries, sourceKeyOf } from './plan-import.ts'
import type { Reach } from './reach.ts'
import { type ReadStatement, readStatementNow } from './read-statement.ts'
import {
  dropOldPreviews,
  findStatement,
  insertStatement,
  listStatements,
  readStatementFile,
  type StatementRow,
  updateStatement,
} from './statements-store.ts'
import type { TransactionsPorts } from './transactions-service.ts'
import {
  daysAndAmounts,
  deleteTransactions,
  insertTransactions,
  knownSourceKeys,
  transactionsOfStatement,
} from './transactions-store.ts'

/** Files of one holder that wait to be committed; older ones make room. */
const MAX_PREVIEWS = 20
/** A larger file is read in a thread, so that others are answered meanwhile. */
const INLINE_BYTES = 128 * 1024
const MAX_PROBLEMS = 200

type Summary = Pick<
  Statement,
  'format' | 'questions' | 'accounts' | 'columns' | 'problems' | 'problemCount' | 'warnings'
>

export interface StatementsPorts extends Pick<TransactionsPorts, 'categorise' | 'booked' | 'removed'> {
  readonly clock: Clock
  readonly random: Random
  readonly audit: Pick<AuditService, 'record' | 'hold'>
  readonly files: FileStore
  readonly accounts: Pick<AccountsService, 'add'>
}

export type StatementsService = ReturnType<typeof statementsService>

/** What a file would add, entry by entry. */
interface Plan {
  readonly summary: Summary
  readonly targets: readonly (AccountRow | null)[]
  readonly entries: readonly PlannedEntry[]
}

export function statementsService(ports: StatementsPorts) {
  const { clock, random, audit, files } = ports

  async function existing(db: TenantDb, { ownerId }: Reach, id: string): Promise<StatementRow> {
    const row = await findStatement(db, ownerId, id)
    if (!row) throw problem('not_found', `There is no statement ${id}`)
    return row
  }

  /** Reads a file, twice where only the account it goes to says in what currency. */
  async function read(reach: Reach, file: Uint8Array, reading: StatementReading): Promise<ReadStatement> {
    const { db, ownerId } = reach
    const named = reading.accountId === undefined ? null : await openAccount(db, ownerId, reading.accountId)
    const currency = reading.currency ?? named?.currency
    const options = optionsOf(reading, currency)
    const found = await readFile(file, options)
    if (found.kind === 'refused' || currency !== undefined) return found
    const places = placeAccounts(found.statement, await listAccounts(db, { ownerId }), null)
    const place = found.statement.accounts.findIndex(({ currency: code }, i) => code === 'XXX' && places[i])
    return place < 0 ? found : readFile(file, optionsOf(reading, places[place]!.currency))
  }

  /** Says what would become of each entry, with the accounts as they are now. */
  async function plan(
    db: TenantDb,
    { ownerId }: Reach,
    found: ReadStatement,
    reading: StatementReading,
  ): Promise<Plan> {
    if (found.kind === 'refused') return { summary: asked(found), targets: [], entries: [] }
    const { statement, fingerprints, columns } = found
    const named = reading.accountId === undefined ? null : await openAccount(db, ownerId, reading.accountId)
    const targets = placeAccounts(statement, await listAccounts(db, { ownerId }), named)
    const entries: PlannedEntry[] = []
    for (const [place, account] of statement.accounts.entries()) {
      const row = targets[place]!
      const target = row && { row, known: await knownOf(db, row, account.transactions, fingerprints[place]!) }
      for (const each of planEntries(place, account, fingerprints[place]!, target)) entries.push(each)
    }
    const refused = entries
      .filter(({ status }) => status === 'refused')
      .map(({ line, currency, account }) => ({
        line,
        reason: `it is in ${currency}, or too large, and the account is in ${targets[account]!.currency}`,
      }))
    const problems = [...statement.rejected, ...refused].sort((a, b) => a.line - b.line)
    const summary: Summary = {
      format: statement.format,
      questions: [],
      accounts: statement.accounts.map((account, place) => {
        const own = entries.filter((each) => each.account === place)
        const count = (status: PlannedEntry['status']) => own.filter((each) => each.status === status).length
        const days = own.map(({ bookedOn }) => bookedOn).sort()
        return {
          number: account.id.slice(0, 64),
          currency: account.currency,
          accountId: targets[place]?.id ?? null,
          rows: own.length,
          new: count('new'),
          duplicate: count('duplicate'),
          similar: count('similar'),
          pending: count('pending'),
          refused: count('refused'),
          from: days[0] ?? null,
          to: days.at(-1) ?? null,
          closingBalance: account.closingBalance && {
            amount: account.closingBalance.amount,
            currency: account.closingBalance.currency,
          },
        }
      }),
      columns: [...columns],
      problems: problems.slice(0, MAX_PROBLEMS).map(({ line, reason }) => ({ line, reason: reason.slice(0, 500) })),
      problemCount: problems.length,
      warnings: statement.warnings.map((text) => text.slice(0, 500)),
    }
    return { summary, targets, entries }
  }

  async function filed(reach: Reach, id: string): Promise<Uint8Array> {
    const file = await readStatementFile(reach.db, id)
    if (!file) throw problem('conflict', 'The file is not kept any more: upload it again')
    return file
  }

  /** Makes accounts for those of a file that have none. */
  async function place(
    tx: TenantDb,
    reach: Reach,
    found: ReadStatement & { kind: 'read' },
    planned: Plan,
    createAccounts: boolean,
    name: string | null,
  ): Promise<Plan['targets']> {
    const targets = [...planned.targets]
    for (const [i, account] of found.statement.accounts.entries()) {
      if (targets[i]) continue
      if (account.currency === 'XXX') {
        throw problem('conflict', 'The file does not say in what currency it is: update it with currency or accountId')
      }
      if (!createAccounts) {
        throw problem(
          'conflict',
          `There is no account for ${account.id.slice(0, 64) || 'the file'} in ${account.currency}: update the statement with accountId, or commit with createAccounts`,
        )
      }
      const words = account.id.slice(0, 64) || name || 'Account'
      targets[i] = await ports.accounts.add(tx, reach, {
        name: words,
        kind: 'bank',
        currency: account.currency,
        number: account.id.slice(0, 64) || null,
        openingBalanceMinor: 0,
      })
    }
    return targets
  }

  return {
    async list(reach: Reach, { cursor, limit }: { cursor?: string | undefined; limit: number }) {
      const [before] = cursor === undefined ? [] : decodeCursor<[string]>(cursor, ['string'])
      const rows = await listStatements(reach.db, reach.ownerId, limit + 1, before)
      return toPage(rows, limit, ({ id }) => [id], presentStatement)
    },
    async get(reach: Reach, id: string): Promise<Statement> {
      return presentStatement(await existing(reach.db, reach, id))
    },
    async upload(
      reach: Reach,
      upload: Upload,
      { name, ...reading }: StatementReading & { readonly name?: string | undefined },
    ): Promise<Statement> {
      const file = await readWhole(files, upload.key).finally(() => files.remove(upload.key))
      const found = await read(reach, file, reading)
      const { summary } = await plan(reach.db, reach, found, reading)
      const row: StatementRow = {
        id: newId('stm', clock, random),
        owner_id: reach.ownerId,
        holder: reach.holder,
        state: summary.questions.length > 0 ? 'needs_input' : 'preview',
        name: name ?? null,
        byte_count: file.length,
        reading: JSON.stringify(reading),
        summary: JSON.stringify(summary),
        added: 0,
        created_at: clock(),
        committed_at: null,
      }
      await reach.db.transaction(async (tx) => {
        await insertStatement(tx, { ...row, file })
        await dropOldPreviews(tx, reach.holder, MAX_PREVIEWS)
      })
      return presentStatement(row)
    },
    async update(reach: Reach, id: string, change: StatementReading): Promise<Statement> {
      const before = await existing(reach.db, reach, id)
      refuseDone(before)
      const reading = { ...(JSON.parse(before.reading) as StatementReading), ...change }
      const found = await read(reach, await filed(reach, id), reading)
      const { summary } = await plan(reach.db, reach, found, reading)
      return reach.db.transaction(async (tx) => {
        await audit.hold(tx)
        refuseDone(await existing(tx, reach, id))
        await updateStatement(tx, id, {
          state: summary.questions.length > 0 ? 'needs_input' : 'preview',
          reading: JSON.stringify(reading),
          summary: JSON.stringify(summary),
        })
        return presentStatement(await existing(tx, reach, id))
      })
    },
    async rows(reach: Reach, id: string, { cursor, limit }: { cursor?: string | undefined; limit: number }) {
      const row = await existing(reach.db, reach, id)
      if (row.state !== 'preview') throw problem('conflict', `Only a preview has rows; this one is ${row.state}`)
      const [from = 0] = cursor === undefined ? [] : decodeCursor<[number]>(cursor, ['number'])
      const reading = JSON.parse(row.reading) as StatementReading
      const { entries } = await plan(reach.db, reach, await read(reach, await filed(reach, id), reading), reading)
      const start = Math.max(0, from)
      const numbered = entries.slice(start, start + limit + 1).map((each, i) => ({ each, place: start + i + 1 }))
      return toPage(
        numbered,
        limit,
        ({ place: at }) => [at],
        ({ each }) => presentEntry(each),
      )
    },
    async commit(
      reach: Reach,
      id: string,
      { createAccounts, skipSimilar }: { createAccounts: boolean; skipSimilar: boolean },
    ): Promise<Statement> {
      const row = await existing(reach.db, reach, id)
      if (row.state === 'committed') return presentStatement(row)
      refuseOpen(row)
      const reading = JSON.parse(row.reading) as StatementReading
      const found = await read(reach, await filed(reach, id), reading)
      return reach.db.transaction(async (tx) => {
        // From here on nobody else writes to the tenant's ledger: what is new now is new when it is written.
        await audit.hold(tx)
        const still = await existing(tx, reach, id)
        if (still.state === 'committed') return presentStatement(still)
        refuseOpen(still)
        if (found.kind === 'refused') throw refusal(found.message)
        const first = await plan(tx, reach, found, reading)
        const targets = await place(tx, reach, found, first, createAccounts, row.name)
        const now = clock()
        const taken = first.entries.filter(({ status }) => status === 'new' || (status === 'similar' && !skipSimilar))
        let added = 0
        for (const [i, account] of targets.entries()) {
          const own = taken.filter((each) => each.account === i && each.currency === account!.currency)
          const fresh = own.map((each) =>
            newTransaction(
              newId('txn', clock, random),
              account!,
              { ...each, state: 'posted', source: 'statement', statementId: id },
              now,
            ),
          )
          const placed = await ports.categorise(tx, account!, fresh)
          await insertTransactions(tx, placed)
          await moveBalances(tx, [], placed, now)
          await ports.booked(tx, account!, placed)
          added += placed.length
        }
        await audit.record(tx, entry(reach, 'statement.committed', id, { added }))
        const accounts = first.summary.accounts.map((each, i) => ({ ...each, accountId: targets[i]!.id }))
        await updateStatement(tx, id, {
          state: 'committed',
          summary: JSON.stringify({ ...first.summary, accounts }),
          added,
          committed_at: now,
          file: null,
        })
        return presentStatement(await existing(tx, reach, id))
      })
    },
    undo: (reach: Reach, id: string): Promise<Statement> =>
      reach.db.transaction(async (tx) => {
        await audit.hold(tx)
        const row = await existing(tx, reach, id)
        if (row.state === 'undone') return presentStatement(row)
        if (row.state !== 'committed')
          throw problem('conflict', `Only what was committed is undone; this is ${row.state}`)
        const rows = await transactionsOfStatement(tx, id)
        const ids = rows.map((each) => each.id)
        await audit.record(tx, entry(reach, 'statement.undone', id, { removed: ids.length }))
        await ports.removed(tx, ids)
        await moveBalances(tx, rows, [], clock())
        await deleteTransactions(tx, ids)
        await updateStatement(tx, id, { state: 'undone' })
        return presentStatement(await existing(tx, reach, id))
      }),
  }
}

async function knownOf(
  db: TenantDb,
  account: AccountRow,
  transactions: readonly { readonly bookedAt: string }[],
  fingerprints: readonly string[],
): Promise<Known> {
  const days = transactions.map(({ bookedAt }) => bookedAt).sort()
  return {
    sourceKeys: await knownSourceKeys(db, account.id, fingerprints.map(sourceKeyOf)),
    daysAndAmounts: days.length === 0 ? new Set() : await daysAndAmounts(db, account.id, days[0]!, days.at(-1)!),
  }
}

async function readFile(file: Uint8Array, options: StatementOptions): Promise<ReadStatement> {
  if (file.length <= INLINE_BYTES) return checked(readStatementNow({ file, options }))
  for await (const found of runInThread('ledger.read-statement', { file, options })) return checked(found)
  throw new Error('The thread ended without an answer')
}

/** Throws where nobody can say anything that would help. */
function checked(found: ReadStatement): ReadStatement {
  if (found.kind === 'refused' && asked(found).questions.length === 0) throw refusal(found.message)
  return found
}

function asked({ code, message, columns }: ReadStatement & { kind: 'refused' }): Summary {
  const option =
    code === 'ambiguous_dates'
      ? 'dateOrder'
      : code === 'ambiguous_amounts'
        ? 'decimalMark'
        : code === 'unknown_format' && columns.length > 1
          ? 'columns'
          : null
  return {
    format: null,
    questions: option === null ? [] : [{ option, message: message.slice(0, 500) }],
    accounts: [],
    columns: [...columns],
    problems: [],
    problemCount: 0,
    warnings: [],
  }
}

function optionsOf(
  { dateOrder, decimalMark, columns }: StatementReading,
  currency: string | undefined,
): StatementOptions {
  const chosen = Object.entries(columns ?? {}).filter(([, place]) => place !== undefined)
  return {
    maxBytes: MAX_STATEMENT_BYTES,
    maxTransactions: MAX_STATEMENT_ROWS,
    ...(currency === undefined ? {} : { currency }),
    ...(dateOrder === undefined ? {} : { dateOrder }),
    ...(decimalMark === undefined ? {} : { decimalMark }),
    ...(chosen.length === 0 ? {} : { columns: Object.fromEntries(chosen) }),
  }
}

function refuseDone({ state }: Pick<StatementRow, 'state'>): void {
  if (state === 'committed' || state === 'undone') {
    throw problem('conflict', `The statement is ${state}: upload the file again`)
  }
}

function refuseOpen({ state, summary }: StatementRow): void {
  refuseDone({ state })
  if (state === 'preview') return
  const [question] = (JSON.parse(summary) as Summary).questions
  throw problem(
    'conflict',
    `The file can be read in two ways: update it with ${question?.option ?? 'what is asked'} first`,
  )
}

function refusal(message: string): ProblemError {
  return new ProblemError('invalid_input', {
    detail: message.slice(0, 500),
    errors: [{ path: 'body', message: message.slice(0, 500) }],
  })
}

function presentStatement(row: StatementRow): Statement {
  return {
    id: row.id,
    state: row.state,
    name: row.name,
    bytes: row.byte_count,
    reading: JSON.parse(row.reading) as StatementReading,
    ...(JSON.parse(row.summary) as Summary),
    added: row.added,
    createdAt: new Date(row.created_at).toISOString(),
    committedAt: row.committed_at === null ? null : new Date(row.committed_at).toISOString(),
  }
}

function presentEntry(each: PlannedEntry): StatementEntry {
  const { line, account, bookedOn, description, counterparty, status, amountMinor, currency } = each
  return { line, account, bookedOn, amount: { amount: amountMinor, currency }, description, counterparty, status }
}
