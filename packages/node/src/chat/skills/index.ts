import type { LedgerPort } from '../../ledger/ports.ts'
import type { ShopPorts } from '../ports.ts'
import type { Skill } from '../skill.ts'
import { balance } from './balance/index.ts'
import { boughtTogether } from './bought-together/index.ts'
import { budgetSet } from './budget-set/index.ts'
import { budgetView } from './budget-view/index.ts'
import { cartAdd } from './cart-add/index.ts'
import { cartRemove } from './cart-remove/index.ts'
import { cartView } from './cart-view/index.ts'
import { createCatalogue } from './catalogue.ts'
import { orderStatus } from './order-status/index.ts'
import { payBill } from './pay-bill/index.ts'
import { pendingPayments } from './pending-payments/index.ts'
import { productCompare } from './product-compare/index.ts'
import { productSearch } from './product-search/index.ts'
import { productStock } from './product-stock/index.ts'
import { recommendations } from './recommendations/index.ts'
import { spending } from './spending/index.ts'
import { transactions } from './transactions/index.ts'
import { transfer } from './transfer/index.ts'
import { upcomingBills } from './upcoming-bills/index.ts'

/** What the assistant can do in a shop. What packs ask for beyond this is said to be not available. */
export function shopSkills(ports: ShopPorts): readonly Skill[] {
  const catalogue = createCatalogue(ports.products)
  return [
    orderStatus(ports),
    productSearch(catalogue),
    productStock(catalogue),
    productCompare(catalogue),
    recommendations(ports),
    boughtTogether(ports, catalogue),
    cartAdd(catalogue),
    cartRemove(catalogue),
    cartView(catalogue),
  ]
}

/** What it can do with somebody's own money. */
export function ledgerSkills(ledger: LedgerPort, clock: () => number): readonly Skill[] {
  return [
    balance(ledger),
    transactions(ledger),
    pendingPayments(ledger),
    spending(ledger),
    upcomingBills(ledger),
    transfer(ledger),
    payBill(ledger, clock),
    budgetView(ledger),
    budgetSet(ledger),
  ]
}
