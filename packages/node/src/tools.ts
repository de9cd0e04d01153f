import { BUILT_IN_ROLES, emailAddress } from '@tillwright/core/contract'
import type { AuditService, ChainReport } from './audit/service.ts'
import type { Tenant } from './context.ts'
import type { Database } from './db/open.ts'
import { type CreatedKey, createKey, type NewKey } from './keys/service.ts'
import type { RegistrationService } from './people/registration.ts'
import type { TokenIssuer } from './people/signing-keys.ts'
import type { Clock, Random, SecretBytes } from './ports.ts'
import { createTenant, findTenant, type TenantSettings } from './tenants/service.ts'

/** What is wrong with a person's settings, in a sentence. */
export class PersonSettingsError extends Error {
  override name = 'PersonSettingsError'
}

export interface NewPersonSettings {
  readonly email: string
  /** One of the built-in roles: `owner`, `admin`, `operator`, … */
  readonly role: string
  readonly name?: string | undefined
}

export interface CreatedPerson {
  readonly id: string
  /** Lets whoever holds it choose the person's password: once, within a week. */
  readonly link: string
  /** What the link carries, for `POST /auth/reset-password`. */
  readonly token: string
}

/** What an installation is set up and looked after with, by its commands or by the program that it is part of. */
export interface SetupTools {
  /** Adds a shop. Throws `TenantSettingsError`. */
  createTenant(settings: Pick<TenantSettings, 'name'> & Partial<TenantSettings>): Promise<Tenant>
  /** Finds a tenant by its public id (`ten_…`) or, where only one has it, by its name. */
  findTenant(idOrName: string): Promise<Tenant | undefined>
  /** Makes an API key. It is shown this once: the database keeps its digest. Throws `KeySettingsError`. */
  createKey(tenant: Tenant, settings: Pick<NewKey, 'kind'> & Partial<NewKey>): Promise<CreatedKey>
  /**
   * Adds somebody without a password, such as the first owner, and sends no mail. `null`: the address is taken. Throws
   * `PersonSettingsError`.
   */
  createPerson(tenant: Tenant, settings: NewPersonSettings): Promise<CreatedPerson | null>
  /** Makes a new key the one that signs access tokens; the old one verifies until its last token has run out. Returns its id. */
  rotateSigningKey(): Promise<string>
  /** Walks the tenant's audit log from its beginning, and says where it is not as it was written. */
  verifyAudit(tenant: Tenant): Promise<ChainReport>
}

export interface SetupPorts {
  readonly database: Database
  readonly clock: Clock
  readonly random: Random
  readonly secretBytes: SecretBytes
  readonly publicUrl: string
  readonly audit: AuditService
  readonly registration: RegistrationService
  readonly tokens: TokenIssuer
}

export function setupTools(ports: SetupPorts): SetupTools {
  const { database, publicUrl, audit, registration, tokens } = ports
  return {
    createTenant: (settings) => createTenant(ports, { currency: 'EUR', timeZone: 'UTC', ...settings }),
    findTenant: (idOrName) => findTenant(database, idOrName),
    createKey: (tenant, settings) =>
      createKey(ports, database.tenant(tenant.id), { label: '', origins: [], ...settings }),
    async createPerson(tenant, { email, role, name = null }) {
      const person = { email: soundEmail(email), role: soundRole(role), name, language: null }
      const added = await registration.bootstrap(tenant, person)
      if (!added) return null
      const { user, token } = added
      return { id: user.id, token, link: `${publicUrl}/sign-in?tenant=${tenant.publicId}#invitation=${token}` }
    },
    rotateSigningKey: () => tokens.rotate(),
    verifyAudit: (tenant) => audit.verify(database.tenant(tenant.id)),
  }
}

function soundEmail(email: string): string {
  if (emailAddress().safeParse(email).success) return email
  throw new PersonSettingsError(`An e-mail address looks like ann@example.com, got "${email}"`)
}

function soundRole(role: string): string {
  if ((BUILT_IN_ROLES as readonly string[]).includes(role)) return role
  throw new PersonSettingsError(`There is no role "${role}"; there are ${BUILT_IN_ROLES.join(', ')}`)
}
