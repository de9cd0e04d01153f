import { type Account, type AccountChange, type AccountInput, newId } from '@tillwright/core/contract'
import type { AuditService } from '../audit/service.ts'
import type { TenantDb } from '../db/open.ts'
import { problem } from '../http/problem-error.ts'
import type { Clock, Random } from '../ports.ts'
import {
  type AccountRow,
  addToBalances,
  countAccounts,
  deleteAccount,
  findAccount,
  hasTransactions,
  insertAccount,
  listAccounts,
  updateAccount,
} from './accounts-store.ts'
import type { Reach } from './reach.ts'

/** Of one owner: lists are answered whole. */
export const MAX_ACCOUNTS = 500

export interface AccountsPorts {
  readonly clock: Clock
  readonly random: Random
  readonly audit: Pick<AuditService, 'record' | 'hold'>
  /** Whether there is such a person in the tenant. */
  readonly isPerson: (db: TenantDb, id: string) => Promise<boolean>
}

export type AccountsService = ReturnType<typeof accountsService>

export function accountsService({ clock, random, audit, isPerson }: AccountsPorts) {
  async function ownerFor(tx: TenantDb, reach: Reach, wanted: string | null | undefined): Promise<string | null> {
    if (reach.ownerId !== null) {
      if (wanted && wanted !== reach.ownerId)
        throw problem('forbidden', 'An account of somebody else needs ledger:write')
      return reach.ownerId
    }
    if (!wanted) return null
    if (!(await isPerson(tx, wanted))) throw problem('not_found', `There is no person ${wanted}`)
    return wanted
  }

  async function add(tx: TenantDb, reach: Reach, input: AccountInput): Promise<AccountRow> {
    const owner_id = await ownerFor(tx, reach, input.ownerId)
    if ((await countAccounts(tx, owner_id)) >= MAX_ACCOUNTS) {
      throw problem('conflict', `One owner has at most ${MAX_ACCOUNTS} accounts: remove one that is not used`)
    }
    const now = clock()
    const row: AccountRow = {
      id: newId('acc', clock, random),
      owner_id,
      kind: input.kind,
      name: input.name,
      currency: input.currency,
      number: input.number || null,
      number_key: numberKey(input.number),
      institution: input.institution || null,
      opening_minor: input.openingBalanceMinor,
      balance_minor: input.openingBalanceMinor,
      pending_minor: 0,
      archived: 0,
      created_at: now,
      updated_at: now,
    }
    await audit.record(tx, entry(reach, 'account.created', row.id, { kind: row.kind, currency: row.currency }))
    await insertAccount(tx, row)
    return row
  }

  return {
    /** Makes an account within a change that is under way. */
    add,
    async list(
      { db, ownerId }: Reach,
      filter: { kind?: AccountRow['kind'] | undefined; archived?: boolean; ownerId?: string | undefined },
    ) {
      const { kind, archived = false, ownerId: only } = filter
      const rows = await listAccounts(db, { ownerId, only, kind, archived: archived ? undefined : false })
      return rows.map(presentAccount)
    },
    async get({ db, ownerId }: Reach, id: string): Promise<Account> {
      return presentAccount(await existingAccount(db, ownerId, id))
    },
    async create(reach: Reach, input: AccountInput): Promise<Account> {
      return reach.db.transaction(async (tx) => {
        await audit.hold(tx)
        return presentAccount(await add(tx, reach, input))
      })
    },
    async update(reach: Reach, id: string, change: AccountChange): Promise<Account> {
      return reach.db.transaction(async (tx) => {
        await audit.hold(tx)
        const account = await existingAccount(tx, reach.ownerId, id)
        if (account.kind === 'shop' && (change.archived !== undefined || change.openingBalanceMinor !== undefined)) {
          throw problem('conflict', 'The account of the shop’s orders is kept by the server')
        }
        await audit.record(tx, entry(reach, 'account.changed', id, {}))
        const now = clock()
        const opening = change.openingBalanceMinor
        await updateAccount(
          tx,
          id,
          {
            ...(change.name === undefined ? {} : { name: change.name }),
            ...(change.number === undefined
              ? {}
              : { number: change.number || null, number_key: numberKey(change.number) }),
            ...(change.institution === undefined ? {} : { institution: change.institution || null }),
            ...(opening === undefined ? {} : { opening_minor: opening }),
            ...(change.archived === undefined ? {} : { archived: change.archived ? 1 : 0 }),
          },
          now,
        )
        if (opening !== undefined) {
          const isDone = await addToBalances(tx, id, { posted: opening - account.opening_minor, pending: 0 }, now)
          if (!isDone) throw problem('conflict', 'The balance would be more than can be kept exactly')
        }
        return presentAccount(await existingAccount(tx, reach.ownerId, id))
      })
    },
    async remove(reach: Reach, id: string): Promise<undefined> {
      await reach.db.transaction(async (tx) => {
        await audit.hold(tx)
        await existingAccount(tx, reach.ownerId, id)
        if (await hasTransactions(tx, id)) {
          throw problem('conflict', 'The account has transactions: archive it instead, with { "archived": true }')
        }
        await audit.record(tx, entry(reach, 'account.removed', id, {}))
        await deleteAccount(tx, id)
      })
    },
  }
}

/** Throws `not_found` also for what is somebody else's. */
export async function existingAccount(db: TenantDb, ownerId: string | null, id: string): Promise<AccountRow> {
  const row = await findAccount(db, ownerId, id)
  if (!row) throw problem('not_found', `There is no account ${id}`)
  return row
}

/** The same, for what takes something new. */
export async function openAccount(db: TenantDb, ownerId: string | null, id: string): Promise<AccountRow> {
  const row = await existingAccount(db, ownerId, id)
  if (row.archived === 1) throw problem('conflict', `The account ${id} is archived: bring it back first`)
  return row
}

/** An account's number as it is compared: `DE89 3704 0044` is `DE8937040044`. */
export function numberKey(number: string | null | undefined): string | null {
  return (number ?? '').toUpperCase().replace(/[^0-9A-Z]/g, '') || null
}

/** An entry of the audit log: ids, no names and no amounts. */
export function entry(
  { actor }: Pick<Reach, 'actor'>,
  kind: string,
  id: string,
  data: Readonly<Record<string, string | number | boolean | null>>,
) {
  return { kind, actorId: actor.id, subjectId: null, caller: actor.caller, data: { id, ...data } }
}

export function presentAccount(row: AccountRow): Account {
  const { id, kind, name, currency, number, institution } = row
  return {
    id,
    kind,
    name,
    currency,
    ownerId: row.owner_id,
    number,
    institution,
    openingBalanceMinor: row.opening_minor,
    balance: { amount: row.balance_minor, currency },
    pending: { amount: row.pending_minor, currency },
    archived: row.archived === 1,
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
  }
}
