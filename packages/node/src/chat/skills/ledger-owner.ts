import type { Account, Money } from '@tillwright/core/contract'
import type { LedgerOwner } from '../../ledger/ports.ts'
import type { SkillCall } from '../skill.ts'

/** Whose ledger a skill may see: that of whoever is signed in, and no other. Throws where nobody is. */
export function ownerOf({ db, tenant, user }: SkillCall): LedgerOwner {
  if (!user) throw new Error('Skills of accounts are for people who are signed in')
  return { db, tenant, personId: user.id }
}

/** An account by the id that a flow gives; of an account that is not theirs there is none. */
export function accountNamed(accounts: readonly Account[], id: string | undefined): Account | undefined {
  return accounts.find((account) => account.id === id)
}

export const accountItem = ({ id, name }: Account) => ({ list: 'accounts', id, name })

/** Sums of one currency: that of the tenant, or else of the first; amounts of others are left out, never added. */
export function sumOf(amounts: readonly Money[], preferred: string): { total: Money; count: number } {
  const currency = amounts.find((one) => one.currency === preferred)?.currency ?? amounts[0]?.currency ?? preferred
  const same = amounts.filter((one) => one.currency === currency)
  return { total: { amount: same.reduce((sum, { amount }) => sum + amount, 0), currency }, count: same.length }
}
