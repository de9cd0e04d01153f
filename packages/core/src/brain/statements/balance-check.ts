import type { StatementAccount, StatementPeriod } from './types.ts'

/**
 * Whether opening balance and booked entries give the closing balance; null where the statement has not both, or in another currency than its
 * entries.
 */
export function balancesAgree(
  account: StatementAccount,
  { openingBalance, closingBalance, from, to }: StatementPeriod,
): boolean | null {
  if (!openingBalance || !closingBalance || openingBalance.currency !== closingBalance.currency) return null
  const entries = account.transactions.slice(from, to).filter(({ isPending }) => !isPending)
  if (entries.some(({ currency }) => currency !== openingBalance.currency)) return null
  return entries.reduce((sum, { amount }) => sum + amount, openingBalance.amount) === closingBalance.amount
}
