import * as z from 'zod/mini'

/**
 * Everything that a person may be allowed to do, by name: what, and whether to look at it or to change it. A role is a set
 * of these.
 */
export const PERMISSIONS = {
  'catalogue:read': 'See products, also hidden ones',
  'catalogue:write': 'Change, import and remove products',
  'customers:read': 'See customers of the shop',
  'customers:write': 'Change, import and erase customers',
  'orders:read': 'See orders',
  'orders:write': 'Change and import orders',
  'receipts:read': 'See receipts and credit notes',
  'receipts:write': 'Issue receipts and credit notes, and change how they look',
  'events:read': 'See what shoppers did',
  'recommendations:read': 'See rules of recommendations and ask in batches',
  'recommendations:write': 'Change rules and settings of recommendations',
  'models:read': 'See trained models and their figures',
  'models:train': 'Train and activate models',
  'chat:read': 'See conversations, what was not understood, and settings of the assistant',
  'chat:write': 'Answer visitors, teach the assistant and change its settings',
  'ledger:read': 'See all accounts, transactions, categories and bills, not only one’s own',
  'ledger:write': 'Change all of these, and import statements',
  'jobs:read': 'See jobs and their reports',
  'jobs:write': 'Retry jobs',
  'status:read': 'See health, counts and storage',
  'users:read': 'See people, their roles and their sessions',
  'users:write': 'Invite, change, suspend and remove people',
  'users:impersonate': 'Act as another person, with a reason that is kept',
  'roles:write': 'Make and change roles of the tenant',
  'keys:read': 'See API keys',
  'keys:write': 'Make, rotate and revoke API keys',
  'reports:read': 'See and export reports',
  'audit:read': 'See and export the audit log and security events',
  'mails:read': 'See which mail went out and what waits, without its links',
  'security:read': 'See which addresses are blocked',
  'webhooks:read': 'See webhooks, what they sent and what came in',
  'webhooks:write': 'Make, change, test and remove webhooks and their sources',
  'security:write': 'Block addresses and lift blocks',
  'tenants:write': 'Create, suspend and plan tenants of the installation',
} as const satisfies Record<string, string>

export type Permission = keyof typeof PERMISSIONS

export const Permission = z.enum(Object.keys(PERMISSIONS) as [Permission, ...Permission[]])

/** Roles that every tenant has; a tenant can add its own. `superadmin` is of the installation. */
export const BUILT_IN_ROLES = ['customer', 'operator', 'accountant', 'admin', 'owner', 'superadmin'] as const
export type BuiltInRole = (typeof BUILT_IN_ROLES)[number]

const ALL = Object.keys(PERMISSIONS) as Permission[]
const OF_TENANT = ALL.filter((permission) => permission !== 'tenants:write')

/** What each built-in role may do. Customers may do what is theirs only, which needs no permission. */
export const ROLE_PERMISSIONS: Readonly<Record<BuiltInRole, readonly Permission[]>> = {
  customer: [],
  operator: [
    'catalogue:read',
    'catalogue:write',
    'customers:read',
    'orders:read',
    'events:read',
    'receipts:read',
    'recommendations:read',
    'recommendations:write',
    'models:read',
    'chat:read',
    'chat:write',
    'jobs:read',
    'status:read',
  ],
  accountant: [
    'catalogue:read',
    'customers:read',
    'orders:read',
    'receipts:read',
    'receipts:write',
    'ledger:read',
    'ledger:write',
    'reports:read',
    'jobs:read',
    'status:read',
  ],
  admin: OF_TENANT.filter((permission) => permission !== 'roles:write' && permission !== 'users:impersonate'),
  owner: OF_TENANT,
  superadmin: ALL,
}

/** Whether a role belongs to the people who run the shop. Their sessions are short. */
export function isStaff(role: string): boolean {
  return role !== 'customer'
}

/** Name of a role: built-in, or of the tenant's own. */
export function roleName() {
  return z
    .string()
    .check(z.regex(/^[a-z][a-z0-9-]{1,39}$/, 'must be 2 to 40 lower-case letters, digits and dashes, a letter first'))
}
