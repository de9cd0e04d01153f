import * as z from 'zod/mini'
import { file, person, route, secretKeyOr } from './define.ts'
import { Job } from './jobs.ts'
import { Accepted, emailAddress, languageTag, personName, Session, User, UserStatus } from './people.ts'
import { Permission, roleName } from './permissions.ts'
import { currency, instant, ownId, page, pageQuery, text } from './schema.ts'

/** Largest file of people to invite, in bytes, and most rows in it. */
export const MAX_USER_IMPORT_BYTES = 32 * 2 ** 20
export const MAX_USER_IMPORT_ROWS = 50_000
/** Most people that one bulk operation names. */
export const MAX_BULK_USERS = 1_000
/** Longest range of a report, in days. */
export const MAX_REPORT_DAYS = 400

const CSV = (maxBytes: number) => file(['text/csv'], maxBytes)
const MAX_EXPORT_BYTES = 2 ** 30

/** A person, as administrators see them. */
export const AdminUser = z.object({
  ...z.pick(User, {
    id: true,
    email: true,
    emailVerified: true,
    name: true,
    role: true,
    status: true,
    twoFactor: true,
    hasPassword: true,
    createdAt: true,
  }).shape,
  language: z.nullable(languageTag()),
  updatedAt: instant(),
  lastSignInAt: z.nullable(instant()),
  removedAt: z.nullable(instant()),
  /** Until when the removal, or else the last change, can be undone; `null` where there is nothing to undo. */
  undoUntil: z.nullable(instant()),
})
export type AdminUser = z.infer<typeof AdminUser>

/** By what people can be sorted; `-` in front turns the order round. */
export const USER_SORTS = [
  'createdAt',
  '-createdAt',
  'email',
  '-email',
  'name',
  '-name',
  'lastSignInAt',
  '-lastSignInAt',
] as const
export type UserSort = (typeof USER_SORTS)[number]

const userFilter = {
  /** Text that occurs in name or address. */
  search: z.optional(text(200)),
  role: z.optional(roleName()),
  /** Without it, everybody who is not removed. */
  status: z.optional(UserStatus),
  sort: z._default(z.enum(USER_SORTS), '-createdAt'),
}

const userId = z.object({ userId: ownId('usr') })
const readUsers = secretKeyOr('users:read')
const writeUsers = person({ permission: 'users:write' })

export const BULK_ACTIONS = ['suspend', 'activate', 'set-role', 'remove', 'restore'] as const
export type BulkAction = (typeof BULK_ACTIONS)[number]

/** People, their roles and their sessions. Nobody gives or takes a role that may do more than their own. */
export const users = {
  /** Invites somebody: they get a mail with a link, and choose their password themselves. */
  invite: route({
    method: 'POST',
    path: '/admin/users',
    access: writeUsers,
    body: z.object({
      email: emailAddress(),
      name: z.optional(personName()),
      role: z._default(roleName(), 'customer'),
      language: z.optional(languageTag()),
    }),
    output: AdminUser,
    status: 201,
    errors: ['conflict', 'forbidden'],
  }),
  list: route({
    method: 'GET',
    path: '/admin/users',
    access: readUsers,
    query: z.object({ ...pageQuery, ...userFilter }),
    output: page(AdminUser),
    paged: true,
  }),
  get: route({
    method: 'GET',
    path: '/admin/users/{user_id}',
    access: readUsers,
    params: userId,
    output: AdminUser,
    errors: ['not_found'],
  }),
  /** Changes what is given. A change of role or a suspension ends the person's sessions. */
  update: route({
    method: 'PUT',
    path: '/admin/users/{user_id}',
    access: writeUsers,
    params: userId,
    body: z.object({
      name: z.optional(z.nullable(personName())),
      language: z.optional(z.nullable(languageTag())),
      role: z.optional(roleName()),
      status: z.optional(z.enum(['active', 'suspended'])),
    }),
    output: AdminUser,
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
  /** Takes back the last change, within 24 hours. */
  undo: route({
    method: 'POST',
    path: '/admin/users/{user_id}/undo',
    access: writeUsers,
    params: userId,
    output: AdminUser,
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/admin/users/{user_id}',
    access: writeUsers,
    params: userId,
    output: null,
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
  /** Brings somebody back within 30 days of their removal. */
  restore: route({
    method: 'POST',
    path: '/admin/users/{user_id}/restore',
    access: writeUsers,
    params: userId,
    output: AdminUser,
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
  /** Mails the person a link with which to choose a password; whoever is invited gets the invitation again. */
  sendPasswordLink: route({
    method: 'POST',
    path: '/admin/users/{user_id}/password-link',
    access: writeUsers,
    params: userId,
    output: Accepted,
    status: 202,
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
  sessions: route({
    method: 'GET',
    path: '/admin/users/{user_id}/sessions',
    access: readUsers,
    params: userId,
    output: z.object({ items: z.array(Session) }),
    errors: ['not_found'],
  }),
  endSessions: route({
    method: 'DELETE',
    path: '/admin/users/{user_id}/sessions',
    access: writeUsers,
    params: userId,
    output: null,
    errors: ['not_found', 'forbidden'],
  }),
  /** An access token that acts as the person for a quarter of an hour. `/auth/validate` says who really acts. */
  impersonate: route({
    method: 'POST',
    path: '/admin/users/{user_id}/impersonate',
    access: person({ permission: 'users:impersonate', fresh: true }),
    params: userId,
    body: z.object({ reason: text(500, 10) }),
    output: z.object({
      accessToken: z.string(),
      accessExpiresAt: instant(),
      sessionId: ownId('ses'),
      user: AdminUser,
    }),
    holdsSecrets: true,
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
  /** A job that does the same to many. Those whom it may not touch are named in its result, and the others go on. */
  bulk: route({
    method: 'POST',
    path: '/admin/users/bulk',
    access: writeUsers,
    body: z.object({
      action: z.enum(BULK_ACTIONS),
      userIds: z.array(ownId('usr')).check(z.minLength(1), z.maxLength(MAX_BULK_USERS)),
      /** For `set-role`. */
      role: z.optional(roleName()),
    }),
    output: Job,
    status: 202,
    errors: ['forbidden'],
  }),
  export: route({
    method: 'GET',
    path: '/admin/users/export',
    access: readUsers,
    query: z.object(userFilter),
    output: CSV(MAX_EXPORT_BYTES),
    timeoutMs: 15 * 60_000,
  }),
  /** Invites everybody whom a CSV names. Columns: `email`, `name`, `language`; the role is the same for all. */
  import: route({
    method: 'POST',
    path: '/admin/import-csv',
    access: writeUsers,
    query: z.object({
      /** Reads and checks the file, and changes nothing. */
      dryRun: z._default(z.boolean(), false),
      role: z._default(roleName(), 'customer'),
      /** `field=column` pairs, comma-separated: `email=contact,name=full name`. */
      map: z.optional(text(2000)),
      /** Name to show for the file. */
      name: z.optional(text(200)),
    }),
    body: CSV(MAX_USER_IMPORT_BYTES),
    output: Job,
    status: 202,
    errors: ['forbidden'],
    timeoutMs: 15 * 60_000,
  }),
  /** A job that removes whom an import invited, within 30 days. Who has accepted the invitation since is kept. */
  undoImport: route({
    method: 'POST',
    path: '/admin/import-csv/{job_id}/undo',
    access: writeUsers,
    params: z.object({ jobId: ownId('job') }),
    output: Job,
    status: 202,
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
}

const range = {
  /** First instant; default: 30 days before `to`. */
  from: z.optional(instant()),
  /** End, exclusive; default: now. */
  to: z.optional(instant()),
}

const Activity = {
  registrations: z.int(),
  invitations: z.int(),
  signIns: z.int(),
  failures: z.int(),
  locks: z.int(),
}

/** What happened among people over a range. Days are those of the tenant's time zone. */
export const Report = z.object({
  from: instant(),
  to: instant(),
  /** Since when the audit log reaches back; what was before is not counted. `null`: it is empty. */
  recordedSince: z.nullable(instant()),
  users: z.object({
    total: z.int(),
    invited: z.int(),
    active: z.int(),
    suspended: z.int(),
    /** Of them, created in the range. */
    created: z.int(),
    withTwoFactor: z.int(),
  }),
  roles: z.array(z.object({ role: z.string(), users: z.int() })),
  /** Sums over the range. */
  activity: z.object({
    ...Activity,
    /** People who signed in at least once. */
    people: z.int(),
  }),
  days: z.array(z.object({ day: z.string(), ...Activity })),
  /** Everything in the audit log by kind, the most frequent first. */
  kinds: z.array(z.object({ kind: z.string(), count: z.int() })),
})
export type Report = z.infer<typeof Report>

export const reports = {
  get: route({
    method: 'GET',
    path: '/admin/reports',
    access: secretKeyOr('reports:read'),
    query: z.object(range),
    output: Report,
  }),
  /** One row a day. */
  export: route({
    method: 'GET',
    path: '/admin/reports/export',
    access: secretKeyOr('reports:read'),
    query: z.object(range),
    output: CSV(2 ** 20),
  }),
}

/** An entry of the audit log. */
export const AuditRecord = z.object({
  /** From 1, without gaps. */
  number: z.int(),
  at: instant(),
  kind: z.string(),
  actorId: z.nullable(z.string()),
  subjectId: z.nullable(z.string()),
  address: z.nullable(z.string()),
  userAgent: z.nullable(z.string()),
  data: z.record(z.string(), z.unknown()),
  /** Of the entry and of the hash before it, SHA-256 in hex. */
  hash: z.string(),
})
export type AuditRecord = z.infer<typeof AuditRecord>

const auditFilter = {
  /** By whom, about whom, or about what: an id. */
  personId: z.optional(text(100, 1)),
  /** A kind, or its beginning before a dot: `sign_in`. */
  kind: z.optional(
    z.string().check(z.regex(/^[a-z_]+(\.[a-z_]+)*$/, 'must be a kind such as sign_in.failed'), z.maxLength(100)),
  ),
  /** Security events only: failures, locks, changes of credentials and of rights, impersonation, keys. */
  security: z.optional(z.boolean()),
  from: z.optional(instant()),
  to: z.optional(instant()),
}

export const audit = {
  list: route({
    method: 'GET',
    path: '/admin/audit',
    access: secretKeyOr('audit:read'),
    query: z.object({ ...pageQuery, ...auditFilter }),
    output: page(AuditRecord),
    paged: true,
  }),
  export: route({
    method: 'GET',
    path: '/admin/audit/export',
    access: secretKeyOr('audit:read'),
    query: z.object(auditFilter),
    output: CSV(MAX_EXPORT_BYTES),
    timeoutMs: 15 * 60_000,
  }),
  /** Walks the chain of hashes from its beginning. */
  verify: route({
    method: 'GET',
    path: '/admin/audit/verify',
    access: secretKeyOr('audit:read'),
    output: z.object({
      isSound: z.boolean(),
      rows: z.int(),
      /** Number of the first entry that is not as it was written. */
      brokenAt: z.nullable(z.int()),
      problem: z.nullable(z.string()),
    }),
    timeoutMs: 5 * 60_000,
  }),
}

/** An API key, without the key itself. */
export const ApiKey = z.object({
  id: ownId('key'),
  kind: z.enum(['publishable', 'secret']),
  label: z.string(),
  /** Last four characters. */
  hint: z.string(),
  origins: z.array(z.string()),
  /** What a secret key may do; `null`: whatever keys may. */
  scopes: z.nullable(z.array(Permission)),
  createdAt: instant(),
  expiresAt: z.nullable(instant()),
  revokedAt: z.nullable(instant()),
})
export type ApiKey = z.infer<typeof ApiKey>

export const CreatedApiKey = z.object({
  key: ApiKey,
  /** The key itself. It is shown this once and kept nowhere. */
  token: z.string(),
})
export type CreatedApiKey = z.infer<typeof CreatedApiKey>

const keyId = z.object({ keyId: ownId('key') })
const writeKeys = person({ permission: 'keys:write' })
const writeKeysFresh = person({ permission: 'keys:write', fresh: true })
const scopes = () => z.array(Permission).check(z.minLength(1), z.maxLength(50))
const origins = () => z.array(text(300, 1)).check(z.maxLength(50))

export const keys = {
  list: route({
    method: 'GET',
    path: '/admin/keys',
    access: secretKeyOr('keys:read'),
    output: z.object({ items: z.array(ApiKey) }),
  }),
  create: route({
    method: 'POST',
    path: '/admin/keys',
    access: writeKeysFresh,
    body: z.object({
      kind: z.enum(['publishable', 'secret']),
      label: z._default(text(200), ''),
      /** Origins that may use a publishable key: `https://shop.example`. */
      origins: z._default(origins(), []),
      /** What a secret key may do; needed for one, and none of it may be more than its maker's own. */
      scopes: z.optional(scopes()),
      expiresAt: z.optional(instant()),
    }),
    output: CreatedApiKey,
    status: 201,
    holdsSecrets: true,
    errors: ['forbidden', 'reauthentication_required'],
  }),
  update: route({
    method: 'PUT',
    path: '/admin/keys/{key_id}',
    access: writeKeysFresh,
    params: keyId,
    body: z.object({
      label: z.optional(text(200)),
      origins: z.optional(origins()),
      scopes: z.optional(scopes()),
      expiresAt: z.optional(z.nullable(instant())),
    }),
    output: ApiKey,
    errors: ['not_found', 'forbidden', 'reauthentication_required'],
  }),
  /** A new key in place of this one, which goes on for a while so that nothing stands still. */
  rotate: route({
    method: 'POST',
    path: '/admin/keys/{key_id}/rotate',
    access: writeKeysFresh,
    params: keyId,
    body: z.object({
      /** How long the old key goes on, in seconds; at most 30 days. */
      overlapSeconds: z._default(z.int().check(z.gte(0), z.lte(30 * 86_400)), 0),
    }),
    output: CreatedApiKey,
    status: 201,
    holdsSecrets: true,
    errors: ['not_found', 'forbidden', 'conflict', 'reauthentication_required'],
  }),
  revoke: route({
    method: 'DELETE',
    path: '/admin/keys/{key_id}',
    access: writeKeys,
    params: keyId,
    output: null,
    errors: ['not_found'],
  }),
}

/** A role: built-in, or the tenant's own. */
export const Role = z.object({
  name: roleName(),
  description: z.string(),
  permissions: z.array(Permission),
  isBuiltIn: z.boolean(),
})
export type Role = z.infer<typeof Role>

const roleParams = z.object({ role: roleName() })
const writeRoles = person({ permission: 'roles:write' })

export const roles = {
  list: route({
    method: 'GET',
    path: '/admin/roles',
    access: secretKeyOr('users:read'),
    output: z.object({ items: z.array(Role) }),
  }),
  get: route({
    method: 'GET',
    path: '/admin/roles/{role}',
    access: secretKeyOr('users:read'),
    params: roleParams,
    output: Role,
    errors: ['not_found'],
  }),
  /** Makes a role of the tenant's own, or changes it; whoever has it may do the new set within a second. */
  put: route({
    method: 'PUT',
    path: '/admin/roles/{role}',
    access: writeRoles,
    params: roleParams,
    body: z.object({
      description: z._default(text(500), ''),
      permissions: z.array(Permission).check(z.maxLength(50)),
    }),
    output: Role,
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/admin/roles/{role}',
    access: writeRoles,
    params: roleParams,
    output: null,
    errors: ['not_found', 'forbidden', 'conflict'],
  }),
}

export const Tenant = z.object({
  id: ownId('ten'),
  name: z.string(),
  currency: currency(),
  timeZone: z.string(),
  plan: z.string(),
  createdAt: instant(),
  suspendedAt: z.nullable(instant()),
})
export type Tenant = z.infer<typeof Tenant>

const tenantId = z.object({ tenantId: ownId('ten') })
const writeTenants = person({ permission: 'tenants:write' })
const plan = () =>
  z.string().check(z.regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be up to 40 lower-case letters, digits and dashes'))

/** Tenants of the installation. */
export const tenants = {
  list: route({
    method: 'GET',
    path: '/admin/tenants',
    access: writeTenants,
    query: z.object(pageQuery),
    output: page(Tenant),
    paged: true,
  }),
  /** Makes a tenant and invites its owner. */
  create: route({
    method: 'POST',
    path: '/admin/tenants',
    access: writeTenants,
    body: z.object({
      name: text(200, 1),
      currency: currency(),
      timeZone: text(64, 1),
      plan: z._default(plan(), 'standard'),
      ownerEmail: z.optional(emailAddress()),
    }),
    output: Tenant,
    status: 201,
  }),
  update: route({
    method: 'PUT',
    path: '/admin/tenants/{tenant_id}',
    access: writeTenants,
    params: tenantId,
    body: z.object({
      name: z.optional(text(200, 1)),
      plan: z.optional(plan()),
      /** People and keys of a suspended tenant are refused. */
      suspended: z.optional(z.boolean()),
    }),
    output: Tenant,
    errors: ['not_found', 'conflict'],
  }),
}
