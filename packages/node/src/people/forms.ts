import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { VisitorContext } from '../context.ts'
import { addressSubject, type Limiter, type Rule } from '../limits/index.ts'
import { checkForm, type FormCheck } from '../security/form-check.ts'
import type { People } from './ports.ts'
import { emailKey } from './users-store.ts'

const WINDOW_MS = 15 * 60_000
/** Different accounts for which an address may send forms before it is many, in a tenant. */
export const FORM_ACCOUNTS: Rule = { name: 'form.accounts', limit: 10, windowMs: WINDOW_MS }
/** An account that an address has named counts once. */
const SAME_ACCOUNT: Rule = { name: 'form.account', limit: 1, windowMs: WINDOW_MS }
/** Forms that people of one address fill in within seconds. */
const FORM_PACE: Rule = { name: 'form.pace', limit: 3, windowMs: 3_000 }

/** The same address at the same form is noted once in this time. */
const NOTED_MS = 60_000
const NOTED_DOORS = 10_000

export type FormName = 'register' | 'login' | 'resend-verification' | 'forgot-password' | 'magic-link'

export interface Form {
  readonly name: FormName
  readonly email: string
  readonly delivery?: 'cookie' | 'token' | undefined
  /** The field that people do not see. */
  readonly website?: string | undefined
}

/** Looks at forms as they come in. */
export interface FormWatch {
  /** Whether to answer as if all were well, or the password wrong, and do nothing. What is suspicious is in the log. */
  refuses(context: VisitorContext, form: Form): Promise<boolean>
}

export interface FormWatchPorts extends Pick<People, 'audit'> {
  /** Counts what addresses send; `null`: nobody does. */
  readonly limiter: Pick<Limiter, 'take'> | null
}

export function formWatch({ audit, limiter }: FormWatchPorts): FormWatch {
  const noted = new LRUCache<string, true>({ max: NOTED_DOORS, ttl: NOTED_MS })

  async function isOver(rule: Rule, subject: string): Promise<boolean> {
    return limiter !== null && !(await limiter.take(rule, subject)).allowed
  }

  async function hasManyAccounts(address: string, email: string): Promise<boolean> {
    // A digest: stores of limits name nobody.
    const account = createHash('sha256')
      .update(`${address} ${emailKey(email)}`)
      .digest('base64url')
    if (await isOver(SAME_ACCOUNT, account)) return false
    return isOver(FORM_ACCOUNTS, address)
  }

  async function note(context: VisitorContext, { name }: Form, { signs, isRefused }: FormCheck): Promise<void> {
    const { tenant, remoteAddress } = context
    const door = `${tenant.id} ${name} ${addressSubject(remoteAddress)} ${isRefused}`
    if (noted.has(door)) return
    noted.set(door, true)
    await context.db.transaction((tx) =>
      audit(tx, {
        kind: 'form.suspicious',
        actorId: null,
        subjectId: null,
        caller: { address: remoteAddress, userAgent: context.header('user-agent') ?? '' },
        data: { form: name, signs: signs.join(' '), refused: isRefused },
      }),
    )
  }

  return {
    async refuses(context, form) {
      const hasTrap = form.website !== undefined && form.website !== ''
      // A shop's server signs in all of its shoppers, from one address and by a library.
      const isServer = context.principal.kind === 'secret'
      const address = `${context.tenant.publicId}@${addressSubject(context.remoteAddress)}`
      const check = checkForm({
        hasTrap,
        isFromPage: !isServer && context.header('origin') !== null,
        wantsCookies: form.delivery === 'cookie',
        userAgent: context.header('user-agent') ?? '',
        fetchSite: context.header('sec-fetch-site'),
        hasManyAccounts: !isServer && (await hasManyAccounts(address, form.email)),
        isRapid: !isServer && (await isOver(FORM_PACE, address)),
      })
      if (check.isSuspicious) await note(context, form, check)
      return check.isRefused
    },
  }
}
