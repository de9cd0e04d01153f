import type { Tenant } from '../context.ts'
import type { Database, TenantDb } from '../db/open.ts'
import { problem } from '../http/problem-error.ts'
import type { Clock, SecretBytes } from '../ports.ts'
import { newRecoveryCodes, recoveryCodeDigest } from '../security/recovery-codes.ts'
import type { SecretBox } from '../security/secret-box.ts'
import { newTotpSecret, totpStepOf, totpUri } from '../security/totp.ts'
import type { People } from './ports.ts'
import type { Caller } from './sessions.ts'
import {
  confirmTwoFactor,
  dropTwoFactor,
  findTwoFactor,
  keepUnconfirmed,
  replaceRecoveryCodes,
  takeStep,
  useRecoveryCode,
} from './two-factor-store.ts'
import type { UserRow } from './users-store.ts'

const RECOVERY_CODES = 10

export interface TwoFactorPorts extends People {
  readonly database: Database
  readonly clock: Clock
  readonly secretBytes: SecretBytes
  readonly box: () => Promise<SecretBox>
}

export type TwoFactorService = ReturnType<typeof twoFactorService>

/** The second factor: an authenticator's codes, each good once, and recovery codes for when it is lost. */
export function twoFactorService({ database, clock, secretBytes, box, audit, mail }: TwoFactorPorts) {
  /** Where a secret belongs: sealed for one person, it opens for no other. */
  const contextOf = (userId: string) => `two-factor:${userId}`

  async function acceptTotp(tx: TenantDb, userId: string, code: string, isConfirmed: boolean): Promise<boolean> {
    const stored = await findTwoFactor(tx, userId)
    if (!stored || (stored.confirmedAt !== null) !== isConfirmed) return false
    const secret = Buffer.from((await box()).open(stored.secret, contextOf(userId))).toString('utf8')
    const step = totpStepOf({ secret, code, now: clock() })
    return step !== null && (await takeStep(tx, userId, step))
  }

  async function freshCodes(tx: TenantDb, userId: string): Promise<string[]> {
    const codes = newRecoveryCodes(secretBytes, RECOVERY_CODES)
    await replaceRecoveryCodes(
      tx,
      userId,
      codes.map(({ digest }) => digest),
    )
    return codes.map(({ code }) => code)
  }

  return {
    async isOn(db: TenantDb, userId: string): Promise<boolean> {
      return typeof (await findTwoFactor(db, userId))?.confirmedAt === 'number'
    },

    /** Checks a code of either kind, and uses it up. The owner is told of a recovery code. */
    async accept(tx: TenantDb, tenant: Tenant, user: UserRow, code: string, caller: Caller): Promise<boolean> {
      if (await acceptTotp(tx, user.id, code.replace(/\s/g, ''), true)) return true
      const digest = recoveryCodeDigest(code)
      if (digest === null || !(await useRecoveryCode(tx, user.id, digest, clock()))) return false
      await mail(tx, { tenant, user, template: 'two-factor-changed', data: { change: 'recovery-code-used' }, caller })
      await audit(tx, {
        kind: 'two_factor.recovery_code_used',
        actorId: user.id,
        subjectId: user.id,
        caller,
        data: {},
      })
      return true
    },

    /** Takes away what somebody set up who did not own the address. */
    drop: (tx: TenantDb, userId: string): Promise<boolean> => dropTwoFactor(tx, userId),

    async start(tenant: Tenant, user: UserRow): Promise<{ secret: string; uri: string }> {
      const db = database.tenant(tenant.id)
      if (await this.isOn(db, user.id)) throw problem('conflict', 'The second factor is on already: remove it first')
      const secret = newTotpSecret(secretBytes)
      const sealed = (await box()).seal(secret, contextOf(user.id))
      await db.transaction((tx) => keepUnconfirmed(tx, user.id, sealed))
      return { secret, uri: totpUri({ secret, issuer: tenant.name, account: user.email }) }
    },

    /** Switches it on once a code proves that the authenticator has the secret; returns recovery codes, shown this once. */
    async confirm(tenant: Tenant, user: UserRow, code: string, caller: Caller): Promise<string[] | null> {
      return database.tenant(tenant.id).transaction(async (tx) => {
        if (await this.isOn(tx, user.id)) throw problem('conflict', 'The second factor is on already')
        if (!(await acceptTotp(tx, user.id, code.replace(/\s/g, ''), false))) return null
        await confirmTwoFactor(tx, user.id, clock())
        await mail(tx, { tenant, user, template: 'two-factor-changed', data: { change: 'enabled' }, caller })
        await audit(tx, { kind: 'two_factor.on', actorId: user.id, subjectId: user.id, caller, data: {} })
        return freshCodes(tx, user.id)
      })
    },

    async remove(tenant: Tenant, user: UserRow, actorId: string, caller: Caller): Promise<void> {
      await database.tenant(tenant.id).transaction(async (tx) => {
        if (!(await dropTwoFactor(tx, user.id))) return
        await mail(tx, { tenant, user, template: 'two-factor-changed', data: { change: 'disabled' }, caller })
        await audit(tx, { kind: 'two_factor.off', actorId, subjectId: user.id, caller, data: {} })
      })
    },

    async newRecoveryCodes(tenant: Tenant, user: UserRow, caller: Caller): Promise<string[]> {
      return database.tenant(tenant.id).transaction(async (tx) => {
        if (!(await this.isOn(tx, user.id))) throw problem('conflict', 'The second factor is not on')
        await mail(tx, {
          tenant,
          user,
          template: 'two-factor-changed',
          data: { change: 'recovery-codes-renewed' },
          caller,
        })
        await audit(tx, { kind: 'two_factor.codes_renewed', actorId: user.id, subjectId: user.id, caller, data: {} })
        return freshCodes(tx, user.id)
      })
    },
  }
}
