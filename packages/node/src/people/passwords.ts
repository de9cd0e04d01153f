import type { Tenant } from '../context.ts'
import type { TenantDb } from '../db/open.ts'
import { ProblemError } from '../http/problem-error.ts'
import type { Clock } from '../ports.ts'
import { normalisePassword, passwordProblem } from '../security/password-policy.ts'
import type { PasswordHasher } from '../security/passwords.ts'
import { findToken, type TokenPurpose } from './tokens-store.ts'
import { earlierPasswords } from './users-store.ts'

export type Passwords = ReturnType<typeof passwordsService>

/** Which passwords people may choose. */
export function passwordsService({ hasher, clock }: { hasher: PasswordHasher; clock: Clock }) {
  return {
    async refuseWeak(tenant: Tenant, person: { email: string; name: string | null }, password: string): Promise<void> {
      const found = await passwordProblem(password, contextWords(tenant, person))
      if (found) throw weakPassword(found.message, found.code)
    },
    /** Refuses the last five. */
    async refuseUsed(db: TenantDb, userId: string, password: string): Promise<void> {
      const plain = normalisePassword(password)
      for (const hash of await earlierPasswords(db, userId)) {
        if (await hasher.verify(hash, plain))
          throw weakPassword('It is one of the last five: choose another', 'used_before')
      }
    },
    findToken: (db: TenantDb, digest: string, purpose: TokenPurpose) => findToken(db, digest, purpose, clock()),
  }
}

/** Words that a guesser would try first. */
function contextWords(tenant: Tenant, { email, name }: { email: string; name: string | null }): string[] {
  return [email, name ?? '', tenant.name].filter((text) => text !== '')
}

function weakPassword(message: string, code: string): ProblemError {
  return new ProblemError('weak_password', {
    detail: message,
    errors: [{ path: 'password', message: `${code}: ${message}` }],
  })
}
