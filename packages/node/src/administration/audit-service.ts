import type { AuditRecord, RouteParsed, TillwrightContract } from '@tillwright/core/contract'
import type { AuditService } from '../audit/service.ts'
import type { TenantDb } from '../db/open.ts'
import { decodeCursor, toPage } from '../http/cursor.ts'
import { csvRow } from '../security/csv.ts'
import type { Actor } from './authority.ts'
import { csvFile } from './csv-file.ts'

const EXPORT_PAGE = 1_000

/** What somebody who watches over security wants to see: refusals, credentials, rights, keys, and what left the house. */
export const SECURITY_KINDS = [
  'access.denied',
  'sign_in.failed',
  'account.locked',
  'address.blocked',
  'address.unblocked',
  'form.suspicious',
  'session.token_reused',
  'user.password_changed',
  'user.password_reset',
  'user.email_change_requested',
  'user.email_verified',
  'user.reclaimed',
  'user.two_factor_on',
  'user.two_factor_off',
  'user.recovery_codes_renewed',
  'identity.linked',
  'identity.unlinked',
  'user.role_changed',
  'user.suspended',
  'user.removed',
  'user.impersonated',
  'user.sessions_ended',
  'users.exported',
  'audit.exported',
  'key.created',
  'key.changed',
  'key.rotated',
  'key.revoked',
  'role.changed',
  'role.removed',
  'tenant.created',
  'tenant.changed',
] as const

type Listing = RouteParsed<TillwrightContract['audit']['list']>
type Filter = Omit<Listing, 'cursor' | 'limit'>
type Row = Awaited<ReturnType<AuditService['search']>>[number]

export type AuditAdministration = ReturnType<typeof auditAdministration>

/** The audit log as administrators read it. */
export function auditAdministration(audit: AuditService) {
  const search = (db: TenantDb, filter: Filter, limit: number, before?: number) =>
    audit.search(db, {
      personId: filter.personId,
      kind: filter.kind,
      kinds: filter.security === true ? SECURITY_KINDS : undefined,
      from: filter.from === undefined ? undefined : Date.parse(filter.from),
      to: filter.to === undefined ? undefined : Date.parse(filter.to),
      before,
      limit,
    })

  return {
    async list(db: TenantDb, { cursor, limit, ...filter }: Listing) {
      const [before] = cursor === undefined ? [] : decodeCursor<[number]>(cursor, ['number'])
      const rows = await search(db, filter, limit + 1, before)
      return toPage(rows, limit, ({ number }) => [number], present)
    },
    /** Newest first; the export itself is an entry, the newest. */
    async export(db: TenantDb, actor: Actor, filter: Filter) {
      await db.transaction((tx) =>
        audit.record(tx, {
          kind: 'audit.exported',
          actorId: actor.id,
          subjectId: null,
          caller: actor.caller,
          data: {},
        }),
      )
      async function* rows() {
        yield csvRow(COLUMNS)
        let before: number | undefined
        for (;;) {
          const read = await search(db, filter, EXPORT_PAGE, before)
          yield read.map(csvLine).join('')
          before = read.at(-1)?.number
          if (read.length < EXPORT_PAGE) return
        }
      }
      return csvFile('audit.csv', rows())
    },
    verify: audit.verify,
  }
}

const COLUMNS = ['number', 'at', 'kind', 'actorId', 'subjectId', 'address', 'userAgent', 'data', 'hash'] as const

function csvLine(row: Row): string {
  return csvRow(COLUMNS.map((column) => (column === 'at' ? new Date(row.at).toISOString() : row[column])))
}

function present({ number, at, kind, actorId, subjectId, address, userAgent, data, hash }: Row): AuditRecord {
  const facts = JSON.parse(data) as Record<string, unknown>
  return { number, at: new Date(at).toISOString(), kind, actorId, subjectId, address, userAgent, data: facts, hash }
}
