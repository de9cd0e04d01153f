import type { LedgerPort } from '../../ledger/ports.ts'
import type { ChatCaller } from '../caller.ts'
import type { ShopPorts } from '../ports.ts'
import { createCatalogue } from './catalogue.ts'
import { ownOrders } from './own-orders.ts'
import { productsNamed } from './search-products.ts'

/** Something that can be meant by its name. */
export interface Listed {
  readonly id: string
  readonly name: string
}

type Lists = Readonly<Record<string, readonly Listed[]>>

const PRODUCTS = 20
const CATEGORIES = 500
const ORDERS = 10
const PAYMENTS = 200

/** Names that a message in a shop may mean: products like what was said, categories, and the caller's own orders. */
export function shopLists(ports: ShopPorts) {
  const catalogue = createCatalogue(ports.products)
  return async (caller: ChatCaller, text: string): Promise<Lists> => {
    const products = await catalogue(caller.db)
    const categories = [...new Set(products.flatMap((product) => product.categories ?? []))].slice(0, CATEGORIES)
    const orders = await ownOrders(ports, caller, ORDERS)
    return {
      products: productsNamed(products, text, PRODUCTS).map(({ id, name }) => ({ id, name })),
      categories: categories.map((name) => ({ id: name, name })),
      orders: orders.map(({ id }) => ({ id, name: `#${id}` })),
    }
  }
}

/** Names that a message about money may mean: the caller's own accounts, bills, shops and categories. None where nobody is signed in. */
export function ledgerLists(ledger: LedgerPort) {
  return async ({ db, tenant, user }: ChatCaller): Promise<Lists> => {
    if (!user) return {}
    const owner = { db, tenant, personId: user.id }
    const accounts = (await ledger.accountsOf(owner)).filter(({ archived }) => !archived)
    const bills = await ledger.upcomingBills(owner)
    const payments = await ledger.transactionsOf(owner, { limit: PAYMENTS })
    const merchants = [...new Set(payments.flatMap(({ merchant }) => (merchant === null ? [] : [merchant])))]
    const named = ({ id, name }: Listed) => ({ id, name })
    return {
      accounts: accounts.map(named),
      payees: [...accounts.map(named), ...bills.map(named)],
      merchants: merchants.map((name) => ({ id: name, name })),
      categories: (await ledger.categoriesOf(owner)).map(named),
    }
  }
}
