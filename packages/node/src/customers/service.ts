import type { Customer, CustomerInput, RouteInput, TillwrightContract, WriteSummary } from '@tillwright/core/contract'
import type { TenantDb } from '../db/open.ts'
import { decodeCursor, toPage } from '../http/cursor.ts'
import { problem } from '../http/problem-error.ts'
import type { Clock } from '../ports.ts'
import type { CustomerPorts } from './ports.ts'
import {
  addCustomers,
  type CustomerRow,
  countCustomers,
  customersOfEmail,
  deleteCustomer,
  findCustomers,
  listCustomers,
  type NewCustomerRow,
  replaceCustomers,
} from './store.ts'

type Listing = RouteInput<TillwrightContract['customers']['list']> & { limit: number }

export type CustomersService = ReturnType<typeof customersService>

export function customersService({ clock }: { clock: Clock }, ports: CustomerPorts) {
  async function write(tx: TenantDb, customers: readonly CustomerInput[]): Promise<WriteSummary> {
    const rows = new Map(customers.map((customer) => [customer.id, customerRow(customer, clock())]))
    const known = new Map((await findCustomers(tx, [...rows.keys()])).map((row) => [row.id, row]))
    const changed = [...rows.values()].filter((row) => !isSameCustomer(row, known.get(row.id)))
    await replaceCustomers(tx, changed)
    const created = rows.size - known.size
    return { created, updated: changed.length - created, unchanged: customers.length - changed.length }
  }

  return {
    async list(db: TenantDb, { cursor, limit, search }: Listing) {
      const [afterId] = cursor === undefined ? [] : decodeCursor<[string]>(cursor, ['string'])
      const rows = await listCustomers(db, { search, afterId, limit: limit + 1 })
      return toPage(rows, limit, ({ id }) => [id], presentCustomer)
    },
    async get(db: TenantDb, id: string): Promise<Customer> {
      const [row] = await findCustomers(db, [id])
      if (!row) throw problem('not_found', `There is no customer ${id}`)
      return presentCustomer(row)
    },
    /** Creates or replaces customers; a later one of the same id wins. */
    upsert: (db: TenantDb, customers: readonly CustomerInput[]) => db.transaction((tx) => write(tx, customers)),
    async remove(db: TenantDb, id: string): Promise<undefined> {
      const existed = await db.transaction(async (tx) => {
        for (const forget of ports.forget) await forget(tx, id)
        return deleteCustomer(tx, id)
      })
      if (!existed) throw problem('not_found', `There is no customer ${id}`)
    },
    /** Adds customers whom orders name; those known stay as they are. Part of the caller's transaction. */
    addSighted: (tx: TenantDb, customers: readonly { id: string; country: string | null }[]) =>
      addCustomers(
        tx,
        customers.map(({ id, country }) => ({ id, country, email: null, name: null, updated_at: clock() })),
      ),
    count: countCustomers,
    /** Ids of the customers with an address. */
    idsOf: customersOfEmail,
  }
}

function customerRow({ id, email, name, country }: CustomerInput, now: number): NewCustomerRow {
  return { id, email: email ?? null, name: name ?? null, country: country ?? null, updated_at: now }
}

function isSameCustomer(a: NewCustomerRow, b: CustomerRow | undefined): boolean {
  return b !== undefined && a.email === b.email && a.name === b.name && a.country === b.country
}

function presentCustomer({ id, email, name, country, updated_at }: CustomerRow): Customer {
  return {
    id,
    ...(email === null ? {} : { email }),
    ...(name === null ? {} : { name }),
    ...(country === null ? {} : { country }),
    updatedAt: new Date(updated_at).toISOString(),
  }
}
