import type { TillwrightContract } from '@tillwright/core/contract'
import type { DomainHandlers } from '../context.ts'
import type { AccountsService } from './accounts-service.ts'
import type { BillsService } from './bills-service.ts'
import type { CategoriesService } from './categories-service.ts'
import type { ExportService } from './export-service.ts'
import { reachOf } from './reach.ts'
import type { RulesService } from './rules-service.ts'
import type { StatementsService } from './statements-service.ts'
import type { SummariesService } from './summaries-service.ts'
import type { TransactionsService } from './transactions-service.ts'

export interface LedgerServices {
  readonly accounts: AccountsService
  readonly transactions: TransactionsService
  readonly summaries: SummariesService
  readonly exports: ExportService
  readonly categories: CategoriesService
  readonly rules: RulesService
  readonly statements: StatementsService
  readonly bills: BillsService
}

type LedgerDomains = Pick<
  TillwrightContract,
  'accounts' | 'transactions' | 'categories' | 'categoryRules' | 'statements' | 'bills'
>

const READ = 'ledger:read'
const WRITE = 'ledger:write'

export function ledgerHandlers(services: LedgerServices): {
  readonly [D in keyof LedgerDomains]: DomainHandlers<LedgerDomains[D]>
} {
  const { accounts, transactions, summaries, exports, categories, rules, statements, bills } = services
  return {
    accounts: {
      list: async (filter, context) => ({ items: await accounts.list(reachOf(context, READ), filter) }),
      create: (input, context) => accounts.create(reachOf(context, WRITE), input),
      get: ({ accountId }, context) => accounts.get(reachOf(context, READ), accountId),
      update: ({ accountId, ...change }, context) => accounts.update(reachOf(context, WRITE), accountId, change),
      remove: ({ accountId }, context) => accounts.remove(reachOf(context, WRITE), accountId),
    },
    transactions: {
      list: (input, context) => transactions.list(reachOf(context, READ), input),
      create: (input, context) => transactions.create(reachOf(context, WRITE), input),
      export: (filter, context) => exports.export(reachOf(context, READ), filter),
      summary: (input, context) => summaries.summary(reachOf(context, READ), input),
      transfer: (input, context) => transactions.transfer(reachOf(context, WRITE), input),
      get: ({ transactionId }, context) => transactions.get(reachOf(context, READ), transactionId),
      update: ({ transactionId, ...change }, context) =>
        transactions.update(reachOf(context, WRITE), transactionId, change),
      remove: ({ transactionId }, context) => transactions.remove(reachOf(context, WRITE), transactionId),
      split: ({ transactionId, splits }, context) => transactions.split(reachOf(context, WRITE), transactionId, splits),
      filters: async (_input, context) => ({ items: await transactions.filters(reachOf(context, READ)) }),
      saveFilter: ({ name, filter }, context) => transactions.saveFilter(reachOf(context, READ), name, filter),
      removeFilter: ({ filterId }, context) => transactions.removeFilter(reachOf(context, READ), filterId),
    },
    categories: {
      list: async (_input, context) => ({ items: await categories.list(reachOf(context, READ)) }),
      create: (input, context) => categories.create(reachOf(context, WRITE), input),
      budgets: ({ month }, context) => categories.budgets(reachOf(context, READ), month),
      update: ({ categoryId, ...change }, context) => categories.update(reachOf(context, WRITE), categoryId, change),
      remove: ({ categoryId, moveTo }, context) => categories.remove(reachOf(context, WRITE), categoryId, moveTo),
      setBudget: ({ categoryId, ...budget }, context) =>
        categories.setBudget(reachOf(context, WRITE), categoryId, budget),
      removeBudget: ({ categoryId, ...which }, context) =>
        categories.removeBudget(reachOf(context, WRITE), categoryId, which),
    },
    categoryRules: {
      list: async (_input, context) => ({ items: await rules.list(reachOf(context, READ)) }),
      create: (input, context) => rules.create(reachOf(context, WRITE), input),
      replace: ({ categoryRuleId, ...input }, context) => rules.replace(reachOf(context, WRITE), categoryRuleId, input),
      remove: ({ categoryRuleId }, context) => rules.remove(reachOf(context, WRITE), categoryRuleId),
      apply: (_input, context) => rules.apply(reachOf(context, WRITE)),
      categoriser: (_input, { db }) => rules.categoriser(db),
    },
    statements: {
      list: (input, context) => statements.list(reachOf(context, READ), input),
      upload: ({ upload, ...reading }, context) => statements.upload(reachOf(context, WRITE), upload, reading),
      get: ({ statementId }, context) => statements.get(reachOf(context, READ), statementId),
      rows: ({ statementId, ...input }, context) => statements.rows(reachOf(context, READ), statementId, input),
      update: ({ statementId, ...reading }, context) =>
        statements.update(reachOf(context, WRITE), statementId, reading),
      commit: ({ statementId, ...options }, context) =>
        statements.commit(reachOf(context, WRITE), statementId, options),
      undo: ({ statementId }, context) => statements.undo(reachOf(context, WRITE), statementId),
    },
    bills: {
      list: async (filter, context) => ({ items: await bills.list(reachOf(context, READ), filter) }),
      create: (input, context) => bills.create(reachOf(context, WRITE), input),
      detect: async (_input, context) => ({ items: await bills.detect(reachOf(context, WRITE)) }),
      get: ({ billId }, context) => bills.get(reachOf(context, READ), billId),
      update: ({ billId, ...change }, context) => bills.update(reachOf(context, WRITE), billId, change),
      remove: ({ billId }, context) => bills.remove(reachOf(context, WRITE), billId),
      pay: ({ billId, ...payment }, context) => bills.pay(reachOf(context, WRITE), billId, payment),
    },
  }
}
