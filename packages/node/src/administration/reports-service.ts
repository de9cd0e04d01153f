import { MAX_REPORT_DAYS, type Report } from '@tillwright/core/contract'
import type { AuditService } from '../audit/service.ts'
import type { Tenant } from '../context.ts'
import type { TenantDb } from '../db/open.ts'
import { ProblemError } from '../http/problem-error.ts'
import type { Clock } from '../ports.ts'
import { csvRow } from '../security/csv.ts'
import type { Actor } from './authority.ts'
import { csvFile } from './csv-file.ts'
import { type LocalDay, localDays } from './local-days.ts'
import {
  activityByBucket,
  COUNTED,
  type Counted,
  type Counts,
  countCreated,
  countKinds,
  countSignedIn,
  countTwoFactor,
  countUsers,
  oldestEntryAt,
  type Range,
} from './reports-store.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const DEFAULT_DAYS = 30
const NAMES = Object.keys(COUNTED) as Counted[]

interface Asked {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export type ReportsService = ReturnType<typeof reportsService>

/** What happened among people: from the audit log, and from who is there now. */
export function reportsService({ clock, audit }: { clock: Clock; audit: AuditService }) {
  function rangeOf({ from, to }: Asked): Range {
    // The end is exclusive; what happened in this very millisecond counts.
    const end = to === undefined ? clock() + 1 : Date.parse(to)
    const start = from === undefined ? end - DEFAULT_DAYS * DAY_MS : Date.parse(from)
    if (start >= end) throw invalid('from', 'must be before to')
    if (end - start > MAX_REPORT_DAYS * DAY_MS) throw invalid('from', `is more than ${MAX_REPORT_DAYS} days before to`)
    return { from: start, to: end }
  }

  async function read(db: TenantDb, tenant: Tenant, asked: Asked): Promise<Report> {
    const range = rangeOf(asked)
    const days = localDays(range.from, range.to, tenant.timeZone)
    const bucketMs = days.every(({ startsAt }) => startsAt % HOUR_MS === 0) ? HOUR_MS : HOUR_MS / 4
    const perDay = sumByDay(days, await activityByBucket(db, range, bucketMs), bucketMs)
    const people = await countUsers(db)
    const ofStatus = (status: string) => sum(people.filter((row) => row.status === status))
    const oldest = await oldestEntryAt(db)
    return {
      from: new Date(range.from).toISOString(),
      to: new Date(range.to).toISOString(),
      recordedSince: oldest === null ? null : new Date(oldest).toISOString(),
      users: {
        total: sum(people),
        invited: ofStatus('invited'),
        active: ofStatus('active'),
        suspended: ofStatus('suspended'),
        created: await countCreated(db, range),
        withTwoFactor: await countTwoFactor(db),
      },
      roles: [...new Set(people.map(({ role }) => role))]
        .sort()
        .map((role) => ({ role, users: sum(people.filter((row) => row.role === role)) })),
      activity: { ...total(perDay), people: await countSignedIn(db, range) },
      days: perDay,
      kinds: await countKinds(db, range),
    }
  }

  return {
    get: read,
    async export(db: TenantDb, tenant: Tenant, actor: Actor, asked: Asked) {
      const { days } = await read(db, tenant, asked)
      await db.transaction((tx) =>
        audit.record(tx, {
          kind: 'reports.exported',
          actorId: actor.id,
          subjectId: null,
          caller: actor.caller,
          data: {},
        }),
      )
      async function* rows() {
        yield csvRow(['day', ...NAMES])
        yield days.map((day) => csvRow([day.day, ...NAMES.map((name) => day[name])])).join('')
      }
      return csvFile('report.csv', rows())
    },
  }
}

type DayCounts = Counts & { readonly day: string }

/** Both lists are in order of time, so one walk through them is enough. */
function sumByDay(
  days: readonly LocalDay[],
  buckets: readonly (Counts & { readonly bucket: number })[],
  bucketMs: number,
): DayCounts[] {
  let next = 0
  return days.map(({ day }, i) => {
    const endsAt = days[i + 1]?.startsAt ?? Number.POSITIVE_INFINITY
    const first = next
    while (next < buckets.length && buckets[next]!.bucket * bucketMs < endsAt) next++
    return { day, ...total(buckets.slice(first, next)) }
  })
}

function total(rows: readonly Counts[]): Counts {
  const sums = NAMES.map((name) => [name, rows.reduce((all, row) => all + row[name], 0)])
  return Object.fromEntries(sums) as Counts
}

function sum(rows: readonly { readonly count: number }[]): number {
  return rows.reduce((all, { count }) => all + count, 0)
}

function invalid(path: string, message: string): ProblemError {
  return new ProblemError('invalid_input', { errors: [{ path, message }] })
}
