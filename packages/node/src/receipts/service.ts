import { createHash } from 'node:crypto'
import {
  newId,
  type Receipt,
  type ReceiptInput,
  ReceiptSettings,
  type RouteInput,
  type TillwrightContract,
} from '@tillwright/core/contract'
import * as z from 'zod/mini'
import type { AuditActor } from '../audit/actor.ts'
import type { AuditService } from '../audit/service.ts'
import type { Tenant } from '../context.ts'
import type { TenantDb } from '../db/open.ts'
import { decodeCursor, toPage } from '../http/cursor.ts'
import { problem } from '../http/problem-error.ts'
import type { Clock, Random, SecretBytes } from '../ports.ts'
import { sayReceipt } from './format/say.ts'
import { contentOf, creditLines, type Draft, digestOf, numberOf, prefixOf, returnedBy, sourcesOf } from './issue.ts'
import type { ReceiptPorts } from './ports.ts'
import { issuedContent, presentReceipt } from './present.ts'
import {
  addLink,
  addReceipt,
  creditsOf,
  findLink,
  findReceipt,
  findReceiptFor,
  holdReceipt,
  holdSeries,
  listReceipts,
  nextNumber,
  type ReceiptRow,
  readSettings,
  writeSettings,
} from './store.ts'

/** How long a mailed link shows the receipt; then it asks for the address and sends another. */
const LINK_MS = 30 * 24 * 3_600_000
const TOKEN_BYTES = 24

type Listing = RouteInput<TillwrightContract['receipts']['list']> & { limit: number }
type Credit = Omit<RouteInput<TillwrightContract['receipts']['credit']>, 'receiptId'>

export interface ReceiptsPorts extends ReceiptPorts {
  readonly clock: Clock
  readonly random: Random
  readonly secretBytes: SecretBytes
  readonly audit: Pick<AuditService, 'record'>
}

/** Where a call is made: the tenant and its data. */
export interface Place {
  readonly db: TenantDb
  readonly tenant: Tenant
}

export type ReceiptsService = ReturnType<typeof receiptsService>

export function receiptsService(ports: ReceiptsPorts) {
  const { clock, random, secretBytes, audit } = ports

  async function settings(db: TenantDb): Promise<ReceiptSettings> {
    return z.parse(ReceiptSettings, JSON.parse((await readSettings(db)) ?? '{}'))
  }

  async function presented(db: TenantDb, rows: readonly ReceiptRow[]): Promise<Receipt[]> {
    const credits = await creditsOf(
      db,
      rows.map(({ id }) => id),
    )
    return rows.map((row) =>
      presentReceipt(
        row,
        credits.filter(({ credit_of: of }) => of === row.id),
      ),
    )
  }

  async function mustFind(db: TenantDb, id: string): Promise<ReceiptRow> {
    const row = await findReceipt(db, id)
    if (!row) throw problem('not_found', 'There is no such receipt')
    return row
  }

  /** Numbers and keeps a draft. */
  async function add(tx: TenantDb, tenant: Tenant, draft: Draft, source: string | null): Promise<ReceiptRow> {
    const now = clock()
    const shop = await settings(tx)
    const prefix = prefixOf(draft.kind, shop, now, tenant.timeZone)
    const number = numberOf(prefix, await nextNumber(tx, prefix))
    const content = contentOf(draft, { tenant, settings: shop, number, now })
    const text = JSON.stringify(content)
    const email = draft.more.buyer?.email
    const row: ReceiptRow = {
      id: newId('rcp', clock, random),
      number,
      kind: draft.kind,
      source,
      order_id: draft.more.orderId ?? null,
      transaction_id: draft.more.transactionId ?? null,
      credit_of: draft.more.creditOf?.id ?? null,
      buyer_email_key: email === undefined ? null : keyOf(email),
      currency: content.currency,
      total_minor: content.totalMinor,
      issued_at: now,
      content: text,
      digest: digestOf(text),
    }
    await addReceipt(tx, row)
    await ports.issued(tx, { receiptId: row.id, number, kind: row.kind })
    return row
  }

  async function draftOf(tx: TenantDb, tenant: Tenant, input: ReceiptInput): Promise<Draft> {
    const { orderId, transactionId, buyer, payment, note } = input
    const order = orderId === undefined ? undefined : await ports.findOrder(tx, orderId)
    if (orderId !== undefined && !order) throw problem('not_found', `There is no order ${orderId}`)
    const transaction = transactionId === undefined ? undefined : await ports.findTransaction?.(tx, transactionId)
    const lines =
      input.lines ??
      order?.lines.map(({ productId, name, quantity, unitPriceMinor }) => ({
        productId,
        name: name ?? productId,
        quantity,
        unitPriceMinor,
      })) ??
      (transaction && [{ name: transaction.name, quantity: 1, unitPriceMinor: transaction.amountMinor }])
    if (!lines) throw problem('conflict', 'A receipt needs lines, or an order that has them')
    const customer = order?.customerId === undefined ? undefined : await ports.findCustomer(tx, order.customerId)
    const known = buyer ?? (customer && (customer.name || customer.email) ? customer : undefined)
    return {
      kind: lines.some(({ quantity }) => quantity > 0) ? 'receipt' : 'credit-note',
      lines,
      currency: input.currency ?? order?.total.currency ?? transaction?.currency ?? tenant.currency,
      suppliedAt: Date.parse(input.suppliedAt ?? order?.placedAt ?? '') || (transaction?.at ?? clock()),
      language: input.language ?? (await settings(tx)).language,
      more: {
        ...(orderId === undefined ? {} : { orderId }),
        ...(transactionId === undefined ? {} : { transactionId }),
        ...(known ? { buyer: known } : {}),
        ...(payment ? { payment } : {}),
        ...(note ? { note } : {}),
      },
    }
  }

  /** Issues what is asked for, unless it has been: an order or a transaction has one receipt. */
  async function issueIn(tx: TenantDb, tenant: Tenant, input: ReceiptInput): Promise<ReceiptRow> {
    const sources = sourcesOf(input)
    // Of two that ask for one order at once, the second waits here, and finds what the first has issued.
    await holdSeries(tx, prefixOf('receipt', await settings(tx), clock(), tenant.timeZone))
    const earlier = sources.length > 0 ? await findReceiptFor(tx, sources) : undefined
    const row = earlier ?? (await add(tx, tenant, await draftOf(tx, tenant, input), sources[0] ?? null))
    if (input.mailTo !== undefined) await mailIt(tx, tenant, row, input.mailTo)
    return row
  }

  async function mailIt(tx: TenantDb, tenant: Tenant, row: ReceiptRow, to: string): Promise<void> {
    const token = Buffer.from(secretBytes(TOKEN_BYTES)).toString('base64url')
    await addLink(tx, { digest: tokenDigest(token), receipt_id: row.id, expires_at: clock() + LINK_MS })
    const [receipt] = await presented(tx, [row])
    const { language, total } = sayReceipt(receipt!, tenant.timeZone)
    await ports.mail(tx, {
      to,
      language,
      receiptId: row.id,
      number: row.number,
      total: total[1],
      link: ports.linkTo(tenant, token),
    })
  }

  return {
    settings,
    async saveSettings({ db }: Place, actor: AuditActor, next: ReceiptSettings): Promise<ReceiptSettings> {
      await db.transaction(async (tx) => {
        await audit.record(tx, {
          kind: 'receipt.settings_changed',
          actorId: actor.id,
          subjectId: null,
          caller: actor.caller,
          data: { receiptPrefix: next.receiptPrefix, creditPrefix: next.creditPrefix, automatic: next.automatic },
        })
        await writeSettings(tx, JSON.stringify(next))
      })
      return next
    },
    async issue({ db, tenant }: Place, input: ReceiptInput): Promise<Receipt> {
      const row = await db.transaction((tx) => issueIn(tx, tenant, input))
      return (await presented(db, [row]))[0]!
    },
    /** Receipts for new orders, where the shop wants them by themselves. */
    async issueFor({ db, tenant }: Place, orderIds: readonly string[]): Promise<number> {
      const { mailAutomatic } = await settings(db)
      let issued = 0
      for (const orderId of orderIds) {
        await db.transaction(async (tx) => {
          // Done before: this job ran once already, or somebody asked.
          if (await findReceiptFor(tx, sourcesOf({ orderId }))) return
          // Gone again, or sold to nobody.
          if (!(await ports.findOrder(tx, orderId))) return
          const row = await issueIn(tx, tenant, { orderId })
          const email = issuedContent(row).buyer?.email
          if (mailAutomatic && email !== undefined) await mailIt(tx, tenant, row, email)
          issued++
        })
      }
      return issued
    },
    async credit({ db, tenant }: Place, id: string, { lines: asked, note, mailTo }: Credit): Promise<Receipt> {
      const row = await db.transaction(async (tx) => {
        await holdReceipt(tx, id)
        const original = (await presented(tx, [await mustFind(tx, id)]))[0]!
        if (original.kind !== 'receipt') throw problem('conflict', 'A credit note cannot be credited')
        const returned = returnedBy((await creditsOf(tx, [id])).map(issuedContent))
        const { lines, places } = creditLines(original.lines, returned, asked)
        const { language, currency, suppliedAt, orderId, transactionId, buyer } = original
        const draft: Draft = {
          kind: 'credit-note',
          lines,
          language,
          currency,
          suppliedAt: Date.parse(suppliedAt),
          more: {
            creditOf: { id, number: original.number },
            creditPlaces: places,
            ...(orderId === undefined ? {} : { orderId }),
            ...(transactionId === undefined ? {} : { transactionId }),
            ...(buyer ? { buyer } : {}),
            ...(note ? { note } : {}),
          },
        }
        const added = await add(tx, tenant, draft, null)
        if (mailTo !== undefined) await mailIt(tx, tenant, added, mailTo)
        return added
      })
      return (await presented(db, [row]))[0]!
    },
    async list(db: TenantDb, { cursor, limit, search, from, to }: Listing, ofUserId?: string) {
      const email = ofUserId === undefined ? undefined : await ports.emailOf(db, ofUserId)
      if (ofUserId !== undefined && email === undefined) return { items: [], nextCursor: null }
      const beforeId = cursor === undefined ? undefined : decodeCursor<[string]>(cursor, ['string'])[0]
      const rows = await listReceipts(db, {
        buyerEmailKey: email === undefined ? undefined : keyOf(email),
        search,
        searchEmailKey: search && keyOf(search),
        from: from === undefined ? undefined : Date.parse(from),
        to: to === undefined ? undefined : Date.parse(to),
        beforeId,
        limit: limit + 1,
      })
      const receipts = await presented(db, rows)
      return toPage(
        receipts,
        limit,
        ({ id }) => [id],
        (receipt) => receipt,
      )
    },
    async get(db: TenantDb, id: string): Promise<Receipt> {
      return (await presented(db, [await mustFind(db, id)]))[0]!
    },
    async find(db: TenantDb, id: string): Promise<Receipt | undefined> {
      const row = await findReceipt(db, id)
      return row && (await presented(db, [row]))[0]
    },
    async of(db: TenantDb, transactionOrOrderId: string): Promise<Receipt> {
      const id = transactionOrOrderId
      const row = await findReceiptFor(db, sourcesOf({ transactionId: id, orderId: id }))
      if (!row) throw problem('not_found', 'There is no such receipt')
      return (await presented(db, [row]))[0]!
    },
    /** Whether a receipt is that of somebody who is signed in. */
    async isOf(db: TenantDb, userId: string, { buyer }: Receipt): Promise<boolean> {
      const email = await ports.emailOf(db, userId)
      return email !== undefined && buyer?.email !== undefined && keyOf(buyer.email) === keyOf(email)
    },
    /** Mails a receipt: to any address where the caller may, or else to the buyer's if that is the one named. */
    async resend({ db, tenant }: Place, id: string, to: string | undefined, maySee: boolean): Promise<void> {
      const row = await findReceipt(db, id)
      const buyer = row?.buyer_email_key ?? undefined
      if (maySee) {
        if (!row) throw problem('not_found', 'There is no such receipt')
        const email = to ?? issuedContent(row).buyer?.email
        if (email === undefined) throw problem('not_found', 'This receipt has no e-mail address; name one')
        await db.transaction((tx) => mailIt(tx, tenant, row, email))
        return
      }
      if (row && to !== undefined && buyer === keyOf(to)) await db.transaction((tx) => mailIt(tx, tenant, row, to))
    },
    /** What a mailed link leads to: the receipt, or that the link has run out, or nothing. */
    async followLink(db: TenantDb, token: string): Promise<{ receipt: Receipt } | { expired: string } | undefined> {
      const link = await findLink(db, tokenDigest(token))
      if (!link) return undefined
      if (Number(link.expiresAt) <= clock()) return { expired: link.receiptId }
      return { receipt: (await presented(db, [await mustFind(db, link.receiptId)]))[0]! }
    },
  }
}

/** The form of an address by which people are told apart. */
function keyOf(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase()
}

function tokenDigest(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
