import { problem } from '../http/problem-error.ts'
import type { Clock } from '../ports.ts'
import { addDays, dayOf } from './calendar.ts'
import type { LedgerServices } from './handlers.ts'
import type { LedgerOwner, LedgerPort } from './ports.ts'
import type { Reach } from './reach.ts'

const DEFAULT_LIMIT = 50
const MAX_LIMIT = 200
const UPCOMING_DAYS = 30

/** The ledger for other domains: each call is kept to one person's own things, whatever that person's role allows. */
export function ledgerPort(services: LedgerServices, { clock }: { readonly clock: Clock }): LedgerPort {
  const { accounts, transactions, summaries, categories, bills } = services
  const reach = ({ db, tenant, personId }: LedgerOwner, actor: Reach['actor'] = nobody(personId)): Reach => ({
    db,
    tenant,
    ownerId: personId,
    holder: personId,
    actor,
  })
  return {
    accountsOf: (owner) => accounts.list(reach(owner), {}),
    async transactionsOf(owner, { limit = DEFAULT_LIMIT, ...filter }) {
      const page = await transactions.list(reach(owner), { ...filter, limit: Math.min(limit, MAX_LIMIT) })
      return page.items
    },
    spendingOf: (owner, period, by) => summaries.summary(reach(owner), { ...period, by, transfers: false }),
    categoriesOf: (owner) => categories.list(reach(owner)),
    budgetsOf: async (owner, month) => (await categories.budgets(reach(owner), month)).items,
    setBudget: (owner, actor, { categoryId, ...budget }) =>
      categories.setBudget(reach(owner, actor), categoryId, budget),
    transfer: (owner, actor, input) => transactions.transfer(reach(owner, actor), input),
    upcomingBills(owner, until = addDays(dayOf(clock(), owner.tenant.timeZone), UPCOMING_DAYS)) {
      return bills.list(reach(owner), { state: 'active', dueBy: until })
    },
    async payBill(owner, actor, billId, { accountId, amountMinor, externalId }) {
      const own = reach(owner, actor)
      const bill = await bills.get(own, billId)
      if (bill.nextDueOn === null) throw problem('conflict', 'Nothing is due any more')
      const account = await accounts.get(own, accountId)
      if (account.currency !== bill.amount.currency) {
        throw problem('conflict', `The bill is in ${bill.amount.currency}, the account in ${account.currency}`)
      }
      const transaction = await transactions.create(own, {
        accountId,
        amountMinor: -(amountMinor ?? bill.amount.amount),
        description: bill.name,
        merchant: bill.name,
        state: 'posted',
        source: 'manual',
        ...(bill.categoryId === null ? {} : { categoryId: bill.categoryId }),
        ...(externalId === undefined ? {} : { externalId }),
      })
      // A payment of about the right amount has been recognised as the bill's already.
      const after = await bills.get(own, billId)
      const isPaid = after.payments.some(({ transactionId }) => transactionId === transaction.id)
      return { bill: isPaid ? after : await bills.pay(own, billId, { transactionId: transaction.id }), transaction }
    },
  }
}

/** For what only reads, and leaves nothing in the audit log. */
function nobody(personId: string): Reach['actor'] {
  return { id: personId, caller: { address: undefined, userAgent: '' } }
}
