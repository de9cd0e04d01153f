import type { Grant } from './state.ts'

/**
 * Where an app keeps its tokens between starts: the keychain of a phone, a file that only its user can read. Who reads the
 * text can act as the person until the session ends. In browsers keep nothing: use cookie mode.
 */
export interface TokenStorage {
  load(): string | null | undefined | Promise<string | null | undefined>
  /** `null`: forget it. */
  save(text: string | null): void | Promise<void>
}

/** A grant from its text; `undefined` where there is none, it cannot be read, or its session is over. */
export function readGrant(text: string | null | undefined, nowMs: number): Grant | undefined {
  try {
    const grant = JSON.parse(text ?? '') as Partial<Grant>
    return isGrant(grant) && Date.parse(grant.session.expiresAt) > nowMs ? grant : undefined
  } catch {
    return undefined
  }
}

export function isGrant(value: unknown): value is Grant {
  const { user, permissions, session } = (value ?? {}) as Partial<Grant>
  return typeof user?.id === 'string' && Array.isArray(permissions) && typeof session?.id === 'string'
}
