import { createHash, createHmac, randomBytes } from 'node:crypto'
import { newId, pathParams, type Route } from '@tillwright/core/contract'
import { createKey } from '../keys/service.ts'
import { insertIdentity } from '../people/identities-store.ts'
import { type RouteRequest, requestFor } from './contract-routes.ts'
import { type SignedInPerson, signInAs } from './sign-in-as.ts'
import type { Shop, TestSite } from './test-site.ts'

/** Ids of something that a shop has, by the parameter that names it. */
export type Ids = Readonly<Record<string, string>>

/** Gives a shop something of each kind, with `mark` in its names, and returns what the parameters of routes name it by. */
export async function fillShop(site: Pick<TestSite, 'server' | 'send'>, shop: Shop, mark: string): Promise<Ids> {
  const { api } = shop
  const price = { amount: 100, currency: 'GBP' }
  const names = ['cup', 'pot', 'tin'].map((id) => `${mark} ${id}`)
  await api.products.upsert({ items: names.map((id) => ({ id, name: id, price })) })
  await api.customers.upsert({ items: [{ id: `${mark} customer`, name: `${mark} name` }] })
  await api.orders.upsert({
    items: names.map((productId, i) => ({
      id: `${mark} order ${i}`,
      placedAt: '2026-03-01T12:00:00Z',
      currency: 'GBP',
      customerId: `${mark} customer`,
      lines: names.map((name) => ({ productId: name, name: productId, quantity: 1, unitPriceMinor: 100 })),
    })),
  })
  await api.events.send({
    events: [{ id: `${mark}-event`, type: 'product_viewed', at: '2026-03-01T12:00:00Z', productId: names[0]! }],
  })
  const job = await api.products.import({ body: `id,name\n,${mark}\n`, type: 'text/csv' })
  const batch = await api.recommendations.createBatch({ queries: [{ kind: 'popular' }] })
  const rule = await api.recommendationRules.create({ name: mark, action: 'boost', match: { ids: [names[0]!] } })
  await api.receipts.saveSettings({ footer: mark })
  const receipt = await api.receipts.issue({ orderId: `${mark} order 0`, note: mark })
  await site.server.jobs.runDue()
  await site.server.tools.train(shop.tenant)
  const model = await api.models.current()
  const person = await signInAs(site, shop, 'customer')
  const administrator = await signInAs(site, shop, 'superadmin')
  await administrator.send(`/admin/roles/${mark}-role`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ description: mark, permissions: ['catalogue:read'] }),
  })
  await administrator.send('/admin/users', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${mark.replace(/\W/g, '')}@invited.example`, name: mark }),
  })
  const blocked = await administrator.send('/admin/blocks', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ address: '192.0.2.66', forSeconds: 86_400, reason: mark }),
  })
  const block = (await blocked.json()) as { id: string }
  const mails = await api.mails.list({ template: 'invitation' })
  await api.chatDesk.setSettings({ name: mark })
  const { conversation } = await api.chat.send({ clientMessageId: `${mark.replace(/\W/g, '-')}-message`, text: mark })
  const example = await api.chatDesk.addExample({ text: mark, intent: 'order_status' })
  const modelVersion = createHash('sha256').update(mark).digest('hex')
  await shop.db.query
    .insertInto('chat_models')
    .values({
      version: modelVersion,
      pack: 'shop',
      trained_at: 0,
      training_cpu_ms: 0,
      example_count: 0,
      own_count: 0,
      intent_count: 0,
      byte_count: 1,
      active: 0,
      metrics: '{}',
      file: new Uint8Array(1),
    })
    .execute()
  const unansweredId = newId('unq', Date.now, Math.random)
  await shop.db.query
    .insertInto('chat_unanswered')
    .values({ id: unansweredId, text: mark, guess: null, at: Date.now() })
    .execute()
  const post = async (path: string, body?: object) =>
    (await (
      await administrator.send(path, {
        method: 'POST',
        ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
      })
    ).json()) as { id: string; webhook: { id: string } }
  const { webhook } = await post('/admin/webhooks', { url: 'https://hook.example/', events: ['*'], description: mark })
  const delivery = await post(`/admin/webhooks/${webhook.id}/test`)
  const secret = `the secret of ${mark}`
  const source = await post('/admin/webhook-sources', { name: mark, scheme: 'github', secret })
  const eventId = await sendSigned(site, source.id, mark, secret, administrator)
  const ports = { clock: Date.now, random: Math.random, secretBytes: (count: number) => randomBytes(count) }
  const ledger = await fillLedger(shop, person, mark)
  const key = await createKey(ports, shop.db, { kind: 'publishable', label: mark, origins: [] })
  const identityId = newId('idn', Date.now, Math.random)
  await shop.db.transaction((tx) =>
    insertIdentity(tx, {
      id: identityId,
      user_id: person.id,
      provider: 'google',
      issuer: 'https://accounts.google.com',
      subject: `${mark} subject`,
      email: person.email,
      created_at: Date.now(),
      last_used_at: Date.now(),
    }),
  )
  return {
    ...ledger,
    identityId,
    productId: names[0]!,
    customerId: `${mark} customer`,
    orderId: `${mark} order 0`,
    receiptId: receipt.id,
    txnId: `${mark} order 0`,
    jobId: job.id,
    batchId: batch.id,
    ruleId: rule.id,
    digest: model.modelVersion,
    userId: person.id,
    sessionId: person.sessionId,
    role: `${mark}-role`,
    keyId: key.id,
    webhookId: webhook.id,
    deliveryId: delivery.id,
    sourceId: source.id,
    eventId,
    mailId: mails.items[0]!.id,
    template: 'invitation',
    blockId: block.id,
    conversationId: conversation.id,
    modelVersion,
    unansweredId,
    exampleId: example.id,
    tenantId: shop.tenant.publicId,
  }
}

/** Sends an event from a source, and returns what it is known by. */
async function sendSigned(
  site: Pick<TestSite, 'send'>,
  sourceId: string,
  body: string,
  secret: string,
  reader: SignedInPerson,
): Promise<string> {
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature }
  await site.send(`/api/webhooks/${sourceId}`, { method: 'POST', headers, body })
  const events = await reader.send(`/admin/webhook-sources/${sourceId}/events`)
  const { items } = (await events.json()) as { items: { id: string }[] }
  return items[0]!.id
}

/** Gives somebody of a shop an account, with something of each kind on it. */
async function fillLedger(shop: Shop, person: SignedInPerson, mark: string): Promise<Ids> {
  const { api } = shop
  const account = await api.accounts.create({
    name: mark,
    kind: 'bank',
    currency: 'GBP',
    number: mark,
    ownerId: person.id,
  })
  const category = await api.categories.create({ name: mark })
  await api.categories.setBudget({ categoryId: category.id, amountMinor: 100, currency: 'GBP' })
  const categoryRule = await api.categoryRules.create({ match: { text: mark }, categoryId: category.id })
  const transaction = await api.transactions.create({ accountId: account.id, amountMinor: -100, description: mark })
  const filter = await api.transactions.saveFilter({ name: mark, filter: { search: mark } })
  const bill = await api.bills.create({
    name: mark,
    amountMinor: 100,
    currency: 'GBP',
    every: 'month',
    nextDueOn: '2030-01-31',
  })
  const statement = await api.statements.upload({
    body: `Date,Description,Amount\n2026-03-31,${mark},-2.50\n`,
    type: 'text/csv',
    name: mark,
    accountId: account.id,
  })
  return {
    accountId: account.id,
    categoryId: category.id,
    categoryRuleId: categoryRule.id,
    transactionId: transaction.id,
    filterId: filter.id,
    billId: bill.id,
    statementId: statement.id,
  }
}

/** Ids that look like the others and name nothing. */
export const MISSING_IDS: Ids = {
  accountId: `acc_${'0'.repeat(26)}`,
  categoryId: `cat_${'0'.repeat(26)}`,
  categoryRuleId: `crl_${'0'.repeat(26)}`,
  transactionId: `txn_${'0'.repeat(26)}`,
  filterId: `flt_${'0'.repeat(26)}`,
  billId: `bil_${'0'.repeat(26)}`,
  statementId: `stm_${'0'.repeat(26)}`,
  identityId: `idn_${'0'.repeat(26)}`,
  productId: 'no such product',
  customerId: 'no such customer',
  orderId: 'no such order',
  receiptId: `rcp_${'0'.repeat(26)}`,
  txnId: 'no such transaction',
  jobId: `job_${'0'.repeat(26)}`,
  batchId: `job_${'0'.repeat(26)}`,
  ruleId: `rul_${'0'.repeat(26)}`,
  digest: '0'.repeat(64),
  userId: `usr_${'0'.repeat(26)}`,
  sessionId: `ses_${'0'.repeat(26)}`,
  role: 'no-such-role',
  keyId: `key_${'0'.repeat(26)}`,
  webhookId: `whk_${'0'.repeat(26)}`,
  deliveryId: `dlv_${'0'.repeat(26)}`,
  sourceId: `whs_${'0'.repeat(26)}`,
  eventId: `whe_${'0'.repeat(26)}`,
  mailId: `mail_${'0'.repeat(26)}`,
  template: 'no-such-template',
  blockId: `blk_${'0'.repeat(26)}`,
  conversationId: `cnv_${'0'.repeat(26)}`,
  modelVersion: '0'.repeat(64),
  unansweredId: `unq_${'0'.repeat(26)}`,
  exampleId: `exm_${'0'.repeat(26)}`,
  tenantId: `ten_${'0'.repeat(26)}`,
}

/** A request for a route about the things that `ids` name. Throws for a parameter that they lack: add it to `fillShop`. */
export function requestAbout(route: Route, ids: Ids): RouteRequest {
  const params = pathParams(route.path).map((name) => {
    if (ids[name] === undefined) throw new Error(`fillShop and MISSING_IDS need something that ${name} names`)
    return [name, encodeURIComponent(ids[name])]
  })
  const body = BODIES[`${route.method} ${route.path}`]
  return requestFor(route, { params: Object.fromEntries(params) as Record<string, string>, body })
}

/** Bodies where the contract's example says something that the server does not take. */
const BODIES: Readonly<Record<string, object>> = {
  // Origins are not of every shape that text can have.
  'PUT /admin/keys/{key_id}': { label: 'changed' },
  'POST /admin/blocks': { address: '192.0.2.99' },
  // What pages must not ask is left out.
  'POST /api/recommendations': { kind: 'popular' },
  // Lines that there are, of no order.
  'POST /api/receipts': { lines: [{ name: 'Tea', quantity: 1, unitPriceMinor: 100 }] },
  'POST /api/receipts/{receipt_id}/credit': {},
  // An end that is after the beginning.
  'PUT /api/recommendation-rules/{rule_id}': { name: 'changed', action: 'bury', match: {} },
}

/** What of the contract belongs to the installation and not to one tenant: tenants themselves, and templates of mail. */
export function isOfInstallation({ access, path }: Route): boolean {
  if (path.startsWith('/admin/mail-templates/')) return true
  return 'permission' in access && access.permission === 'tenants:write'
}

/** What administrators of the installation do in other tenants as in their own. */
export function reachesAllTenants({ path }: Route, role: string): boolean {
  return role === 'superadmin' && path === '/admin/blocks/{block_id}'
}
