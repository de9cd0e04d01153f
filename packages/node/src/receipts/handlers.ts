import { RECEIPT_FORMATS, Receipt, type ReceiptFormat, type TillwrightContract } from '@tillwright/core/contract'
import * as z from 'zod/mini'
import { auditActor } from '../audit/actor.ts'
import type { DomainHandlers, TenantContext } from '../context.ts'
import { problem } from '../http/problem-error.ts'
import { receiptHtml } from './format/html.ts'
import { PdfUnavailableError } from './format/pdf.ts'
import { sayReceipt } from './format/say.ts'
import { receiptText } from './format/text.ts'
import type { ReceiptPdf } from './ports.ts'
import type { ReceiptsService } from './service.ts'

export function receiptsHandlers(
  service: ReceiptsService,
  pdf: ReceiptPdf,
): DomainHandlers<TillwrightContract['receipts']> {
  async function documentOf(receipt: Receipt, asked: ReceiptFormat | undefined, context: TenantContext) {
    const format = asked ?? preferredFormat(context.header('accept'))
    return { ...(await receiptDocument(receipt, format, context.tenant.timeZone, pdf)), type: RECEIPT_FORMATS[format] }
  }

  return {
    list: (input, context) => service.list(context.db, input, readerOf(context)),
    issue: (input, context) => service.issue(context, input),
    get: async ({ receiptId }, context) => shown(service, context, () => service.get(context.db, receiptId)),
    async document({ receiptId, format }, context) {
      return documentOf(await shown(service, context, () => service.get(context.db, receiptId)), format, context)
    },
    async ofTransaction({ txnId, format }, context) {
      return documentOf(await shown(service, context, () => service.of(context.db, txnId)), format, context)
    },
    async resend({ receiptId, email }, context) {
      const maySee = await mayRead(service, context, receiptId)
      await service.resend(context, receiptId, email, maySee)
      return { status: 'accepted' }
    },
    credit: ({ receiptId, ...input }, context) => service.credit(context, receiptId, input),
    settings: (_input, { db }) => service.settings(db),
    saveSettings: (input, context) => service.saveSettings(context, auditActor(context), input),
  }
}

/** A receipt in one of its forms, and the name of the file where it is one to keep. */
export async function receiptDocument(
  receipt: Receipt,
  format: ReceiptFormat,
  timeZone: string,
  pdf: ReceiptPdf,
): Promise<{ body: Uint8Array; filename?: string }> {
  const said = sayReceipt(receipt, timeZone)
  switch (format) {
    case 'json':
      return { body: Buffer.from(JSON.stringify(z.parse(Receipt, receipt))) }
    case 'text':
      return { body: Buffer.from(receiptText(said)) }
    case 'html':
      return { body: Buffer.from(receiptHtml(said)) }
    case 'pdf':
      try {
        return { body: await pdf(said), filename: `${receipt.number}.pdf` }
      } catch (error) {
        if (error instanceof PdfUnavailableError) throw problem('unavailable', error.message)
        throw error
      }
  }
}

/** The form that an `Accept` header names first; JSON where it names none of them. */
function preferredFormat(accept: string | null): ReceiptFormat {
  const wanted = (accept ?? '')
    .split(',')
    .map((part) => {
      const [type = '', ...parameters] = part.trim().toLowerCase().split(';')
      const quality = parameters.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find((q) => q !== undefined)
      return { type: type.trim(), quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
  for (const { type } of wanted) {
    const found = Object.entries(RECEIPT_FORMATS).find(([, media]) => media === type)
    if (found) return found[0] as ReceiptFormat
  }
  return 'json'
}

/** Whose receipts alone the caller sees; `undefined` where it is all of the shop's. */
function readerOf({ principal: { person } }: TenantContext): string | undefined {
  return !person || person.user.permissions.has('receipts:read') ? undefined : person.user.id
}

/** A receipt that the caller may see. To others it does not exist. */
async function shown(service: ReceiptsService, context: TenantContext, find: () => Promise<Receipt>): Promise<Receipt> {
  const reader = readerOf(context)
  const receipt = await find()
  if (reader !== undefined && !(await service.isOf(context.db, reader, receipt))) {
    throw problem('not_found', 'There is no such receipt')
  }
  return receipt
}

/** Whether somebody who may be anybody may read a receipt. */
async function mayRead(service: ReceiptsService, context: TenantContext, id: string): Promise<boolean> {
  const { kind, scopes } = context.principal
  if (kind === 'publishable' || kind === 'visitor') return false
  const reader = readerOf(context)
  if (reader === undefined) return scopes === undefined || scopes.has('receipts:read')
  const receipt = await service.find(context.db, id)
  return receipt !== undefined && service.isOf(context.db, reader, receipt)
}
