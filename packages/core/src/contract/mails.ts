import * as z from 'zod/mini'
import { route, secretKeyOr } from './define.ts'
import { languageTag } from './people.ts'
import { instant, ownId, page, pageQuery } from './schema.ts'

/**
 * `waiting`: to be sent, or to be tried again. `failed`: every try failed; it waits among the dead letters, and its job can be
 * retried. `expired`: what it says had run out before it could be sent.
 */
export const MAIL_STATES = ['waiting', 'sent', 'failed', 'expired'] as const

function templateName() {
  return z.string().check(z.regex(/^[a-z][a-z0-9-]{1,39}$/, 'must be lower-case letters, digits and dashes'))
}

/** A mail to a person, without what only its reader may know. */
export const Mail = z.object({
  id: ownId('mail'),
  template: z.string(),
  language: z.string(),
  subject: z.string(),
  /** In part: `a…@example.com`. */
  to: z.string(),
  state: z.enum(MAIL_STATES),
  createdAt: instant(),
  /** From then on it is not sent any more. */
  expiresAt: instant(),
  /** When it was sent or ran out. */
  endedAt: z.nullable(instant()),
  /** Of the job that sends it; `null` where that is not kept any more. */
  jobId: z.nullable(ownId('job')),
  attempts: z.int(),
  /** When it is tried next. */
  nextTryAt: z.nullable(instant()),
  /** Why the last try failed. */
  error: z.nullable(z.string()),
})
export type Mail = z.infer<typeof Mail>

/** What a mail says. */
export const MailWords = z.object({ subject: z.string(), text: z.string(), html: z.string() })

/** Mail to people: what went out, what waits, and what the templates look like. No answer holds a link that lets somebody in. */
export const mails = {
  list: route({
    method: 'GET',
    path: '/admin/mails',
    access: secretKeyOr('mails:read'),
    query: z.object({
      ...pageQuery,
      state: z.optional(z.enum(MAIL_STATES)),
      template: z.optional(templateName()),
    }),
    output: page(Mail),
    paged: true,
  }),
  /** With its words around example data: links and whatever else concerns its reader alone are left out. */
  get: route({
    method: 'GET',
    path: '/admin/mails/{mail_id}',
    access: secretKeyOr('mails:read'),
    params: z.object({ mailId: ownId('mail') }),
    output: z.object({ ...Mail.shape, sample: z.nullable(MailWords) }),
    errors: ['not_found'],
  }),
  /** A template with example data, as people of the shop would get it. */
  preview: route({
    method: 'GET',
    path: '/admin/mail-templates/{template}',
    access: secretKeyOr('mails:read'),
    params: z.object({ template: templateName() }),
    query: z.object({ language: z._default(languageTag(), 'en') }),
    output: z.object({
      template: z.string(),
      language: z.string(),
      ...MailWords.shape,
      /** What else there is to look at. */
      templates: z.array(z.string()),
      languages: z.array(z.string()),
    }),
    errors: ['not_found'],
  }),
}
