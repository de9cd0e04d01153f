import { CustomerInput } from '@tillwright/core/contract'
import * as z from 'zod/mini'
import type { ImportField } from '../imports/columns.ts'
import { importFile } from '../imports/import-file.ts'
import type { Row } from '../imports/read-rows.ts'
import type { ImportReport } from '../imports/report.ts'
import { type ImportTask, openFile } from '../imports/service.ts'
import type { CustomersService } from './service.ts'

const FIELDS = [
  { name: 'id', required: true, aliases: ['customer_id', 'customer_no', 'user_id', 'client_id'] },
  { name: 'email', aliases: ['e_mail', 'mail', 'email_address'] },
  { name: 'name', aliases: ['full_name', 'customer_name', 'display_name'] },
  { name: 'country', aliases: ['country_code', 'billing_country'] },
] as const satisfies readonly ImportField[]

/** Imports a file of customers, one a row. */
export function importCustomers(service: CustomersService, task: ImportTask): Promise<ImportReport> {
  return importFile(openFile(task), {
    fields: FIELDS,
    parse: parseCustomer,
    write: (customers) => service.upsert(task.context.db, customers),
  })
}

function parseCustomer(row: Row): CustomerInput | string {
  const cells = FIELDS.map(({ name }, field) => [name, row.value(field)] as const).filter(([, text]) => text !== '')
  const result = z.safeParse(CustomerInput, Object.fromEntries(cells))
  if (result.success) return result.data
  return result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')
}
