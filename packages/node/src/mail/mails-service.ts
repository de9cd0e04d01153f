import type { Mail, RouteParsed, TillwrightContract } from '@tillwright/core/contract'
import type { Tenant } from '../context.ts'
import type { TenantDb } from '../db/open.ts'
import { decodeCursor, toPage } from '../http/cursor.ts'
import { problem } from '../http/problem-error.ts'
import type { Clock } from '../ports.ts'
import { shortAddress } from './message.ts'
import { findMailWithJob, listMail, type MailWithJob } from './store.ts'
import { shownData } from './templates/fields.ts'
import { isTemplate, TEMPLATES } from './templates/index.ts'
import { LANGUAGES, languageOf } from './templates/language.ts'
import { type RenderedMail, sampleMail } from './templates/render.ts'

type Listing = RouteParsed<TillwrightContract['mails']['list']>

export type MailsService = ReturnType<typeof mailsService>

/**
 * Mail as those see it who look after a shop. They may run the shop, and must not get into other people's accounts by reading
 * their mail: what they see is made of the template and of what anybody may know.
 */
export function mailsService({ clock }: { clock: Clock }) {
  return {
    async list(db: TenantDb, tenant: Tenant, { cursor, limit, ...filter }: Listing) {
      const [beforeId] = cursor === undefined ? [] : decodeCursor<[string]>(cursor, ['string'])
      const now = clock()
      const rows = await listMail(db, { ...filter, beforeId, now, limit: limit + 1 })
      return toPage(
        rows,
        limit,
        ({ id }) => [id],
        (row) => present(row, sampleOf(row, tenant), now),
      )
    },
    async get(db: TenantDb, tenant: Tenant, id: string) {
      const row = await findMailWithJob(db, id)
      if (!row) throw problem('not_found', `There is no mail ${id}`)
      const sample = sampleOf(row, tenant)
      return { ...present(row, sample, clock()), sample }
    },
    preview(tenant: Tenant, template: string, tag: string) {
      if (!isTemplate(template)) throw problem('not_found', `There is no mail ${template}`)
      const brand = { shop: tenant.name, timeZone: tenant.timeZone }
      return {
        template,
        language: languageOf(tag),
        ...sampleMail(template, tag, brand),
        templates: Object.keys(TEMPLATES),
        languages: [...LANGUAGES],
      }
    },
  }
}

/** `null` for a template that this version does not have. */
function sampleOf({ template, language, data }: MailWithJob, tenant: Tenant): RenderedMail | null {
  if (!isTemplate(template)) return null
  const shown = shownData(TEMPLATES[template].fields, JSON.parse(data))
  return sampleMail(template, language, { shop: tenant.name, timeZone: tenant.timeZone }, shown)
}

function present(row: MailWithJob, sample: RenderedMail | null, now: number): Mail {
  const state = stateOf(row, now)
  return {
    id: row.id,
    template: row.template,
    language: row.language,
    subject: sample?.subject ?? row.template,
    to: row.ended_at === null ? shortAddress(row.recipient) : row.recipient,
    state,
    createdAt: new Date(row.created_at).toISOString(),
    expiresAt: new Date(row.expires_at).toISOString(),
    endedAt: instant(row.ended_at),
    jobId: row.jobState === null ? null : row.job_id,
    attempts: row.attempts ?? 0,
    nextTryAt: state === 'waiting' ? instant(row.runAt) : null,
    error: row.error,
  }
}

function stateOf({ outcome, expires_at: expiresAt, jobState }: MailWithJob, now: number): Mail['state'] {
  if (outcome !== null) return outcome
  if (expiresAt <= now) return 'expired'
  return jobState === 'dead' ? 'failed' : 'waiting'
}

function instant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
