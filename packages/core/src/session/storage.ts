import type { Grant } from './state.ts'

/**
 * Where an app keeps its tokens between starts: the keychain of a phone, a file that only its user can read. Who reads the
 * text can act as the person until the session ends. In browsers keep nothing: use cookie mode.
 */
export interface TokenStorage {
  load(): string | null | undefined | Promise<string | null | undefined>
  /**
   * `null`: forget it. After a sign-out the text is what the device is known by at the next sign-in, which signs nobody in
   * by itself.
   */
  save(text: string | null): void | Promise<void>
}

export interface Kept {
  /** Missing where there is none, it cannot be read, or its session is over. */
  readonly grant?: Grant
  readonly deviceToken?: string
}

/** What a stored text holds. */
export function readKept(text: string | null | undefined, nowMs: number): Kept {
  try {
    const kept = (JSON.parse(text ?? '') ?? {}) as Partial<Grant>
    return {
      ...(isGrant(kept) && Date.parse(kept.session.expiresAt) > nowMs - (kept.aheadMs ?? 0) ? { grant: kept } : {}),
      ...(typeof kept.deviceToken === 'string' ? { deviceToken: kept.deviceToken } : {}),
    }
  } catch {
    return {}
  }
}

export function isGrant(value: unknown): value is Grant {
  const { user, permissions, session } = (value ?? {}) as Partial<Grant>
  return typeof user?.id === 'string' && Array.isArray(permissions) && typeof session?.id === 'string'
}
