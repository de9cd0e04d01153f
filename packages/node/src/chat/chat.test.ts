import type { ChatAnswer, ChatPart } from '@tillwright/core/contract'
import { describe, expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { type SignedInPerson, signInAs } from '../testing/sign-in-as.ts'
import { json, type Shop, useSite } from '../testing/test-site.ts'
import { sweepConversations } from './sweep.ts'

const CARD = '4242 4242 4242 4242'
let sent = 0
const messageId = () => `message-${++sent}-of-a-test`

type Said = { text?: string; choice?: string; form?: object; [more: string]: unknown }

async function answerOf(response: Response): Promise<ChatAnswer> {
  const body = await response.text()
  expect(response.status, body).toBeLessThan(300)
  return JSON.parse(body) as ChatAnswer
}

/** Somebody with the shop's publishable key. */
function visitorOf(shop: Shop, site: ReturnType<typeof useSite>) {
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    site.send(`${path}?key=${shop.publishableKey}`, json(body, headers))
  return {
    post,
    say: async (said: Said) => answerOf(await post('/api/chat', { clientMessageId: messageId(), ...said })),
  }
}

async function sayAs(person: SignedInPerson, said: Said): Promise<ChatAnswer> {
  return answerOf(await person.send('/api/chat', json({ clientMessageId: messageId(), ...said })))
}

const partsOf = ({ messages }: ChatAnswer) => messages.slice(1).flatMap(({ parts }) => parts)
const textOf = (answer: ChatAnswer) =>
  partsOf(answer)
    .map((part) => ('text' in part ? part.text : ''))
    .join('\n')
const partOf = <T extends ChatPart['type']>(answer: ChatAnswer, type: T) =>
  partsOf(answer).find((part) => part.type === type) as Extract<ChatPart, { type: T }> | undefined

async function verifiedCustomer(site: ReturnType<typeof useSite>, shop: Shop, customerId: string) {
  const person = await signInAs(site, shop, 'customer')
  await shop.db.query.updateTable('users').set({ email_verified_at: 1 }).where('id', '=', person.id).execute()
  await shop.api.customers.upsert({ items: [{ id: customerId, email: person.email.toUpperCase() }] })
  return person
}

async function orderOf(shop: Shop, customerId: string, id: string) {
  const line = { productId: 'mug', name: 'Blue mug', quantity: 2, unitPriceMinor: 650 }
  await shop.api.orders.upsert({
    items: [{ id, placedAt: '2026-11-01T10:00:00Z', currency: 'GBP', customerId, lines: [line] }],
  })
}

describeOnDatabases('the chat', (engine) => {
  const site = useSite(engine)

  describe('an anonymous conversation', () => {
    it('begins with a secret, and goes on for whoever holds it only', async () => {
      const shop = await site.newShop()
      const visitor = visitorOf(shop, site)
      const first = await visitor.say({ text: 'hello' })
      expect(first.secret).toMatch(/^[\w-]{43}$/)
      expect(first.conversation).toMatchObject({ owner: 'visitor', state: 'bot', seq: 2, title: 'hello' })
      expect(first.messages.map(({ role, seq }) => [role, seq])).toEqual([
        ['user', 1],
        ['assistant', 2],
      ])
      expect(textOf(first)).toBe('Anybody: hello')
      const { id } = first.conversation
      const second = await visitor.say({ conversationId: id, secret: first.secret, text: 'and now' })
      expect(second.messages.map(({ seq }) => seq)).toEqual([3, 4])
      expect(second.secret).toBeUndefined()

      const refused = async (body: object) => {
        const answer = await visitor.post('/api/chat', { clientMessageId: messageId(), text: 'a', ...body })
        const { code } = (await answer.json()) as { code: string }
        return [answer.status, code]
      }
      const gone = [404, 'not_found']
      expect(await refused({ conversationId: id })).toEqual(gone)
      expect(await refused({ conversationId: id, secret: 'x'.repeat(43) })).toEqual(gone)
      expect(await refused({ conversationId: `cnv_${'0'.repeat(26)}`, secret: first.secret })).toEqual(gone)
      const stored = await shop.db.query.selectFrom('chat_conversations').selectAll().executeTakeFirstOrThrow()
      expect(JSON.stringify(stored)).not.toContain(first.secret)
    })

    it('is begun once by a queue that brings its own secret, and goes on without an id', async () => {
      const shop = await site.newShop()
      const visitor = visitorOf(shop, site)
      const secret = 'a-secret-of-the-device-that-nobody-guesses'
      const clientMessageId = messageId()
      const [a, b] = await Promise.all([
        visitor.say({ secret, clientMessageId, text: 'hello' }),
        visitor.say({ secret, clientMessageId, text: 'hello' }),
      ])
      expect(a).toEqual(b)
      const next = await visitor.say({ secret, text: 'again' })
      expect(next.conversation).toMatchObject({ id: a.conversation.id, seq: 4 })
    })

    it('is greeted once, however often it is begun', async () => {
      const shop = await site.newShop()
      const visitor = visitorOf(shop, site)
      const start = async () =>
        answerOf(await visitor.post('/api/chat/conversations', { secret: 'the-secret-of-a-page-that-was-reloaded' }))
      const first = await start()
      expect(first.messages).toMatchObject([{ role: 'assistant', parts: [{ text: 'Hello' }] }])
      expect(await start()).toEqual(first)
    })

    it('goes to the account that claims it, and its secret opens nothing any more', async () => {
      const shop = await site.newShop()
      const visitor = visitorOf(shop, site)
      const { conversation, secret } = await visitor.say({ text: 'hello' })
      const path = `/api/chat/conversations/${conversation.id}`
      expect((await visitor.post(`${path}/claim`, { secret })).status).toBe(401)
      const person = await signInAs(site, shop, 'customer')
      const stranger = await signInAs(site, shop, 'customer')
      expect((await stranger.send(`${path}/claim`, json({ secret: 'y'.repeat(43) }))).status).toBe(404)
      for (let i = 0; i < 2; i++) {
        const claimed = await person.send(`${path}/claim`, json({ secret }))
        expect(await claimed.json()).toMatchObject({ id: conversation.id, owner: 'account' })
      }
      expect((await visitor.post(`${path}/messages`, { secret })).status).toBe(404)
      expect((await stranger.send(`${path}/messages`, json({ secret }))).status).toBe(404)
      expect((await person.send(`${path}/messages`, json({}))).status).toBe(200)
      expect((await visitor.post('/api/chat', { clientMessageId: messageId(), secret, text: 'a' })).status).toBe(404)
    })
  })

  describe('a message', () => {
    it('that is sent twice is answered once, with the same answer', async () => {
      const shop = await site.newShop()
      const person = await signInAs(site, shop, 'customer')
      const clientMessageId = messageId()
      const first = await sayAs(person, { clientMessageId, text: 'hello' })
      const again = await sayAs(person, { clientMessageId, text: 'hello' })
      expect(again).toEqual(first)
      const many = await Promise.all(
        Array.from({ length: 5 }, (_, i) =>
          sayAs(person, {
            conversationId: first.conversation.id,
            clientMessageId: `same-id-${i % 2}`,
            text: `${i % 2}`,
          }),
        ),
      )
      expect(new Set(many.flatMap(({ messages }) => messages.map(({ id }) => id))).size).toBe(4)
      const rows = await shop.db.query.selectFrom('chat_messages').orderBy('seq').select('seq').execute()
      expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6])
    })

    it('comes back in pieces where they are asked for, and goes on after the last one that arrived', async () => {
      const shop = await site.newShop()
      const visitor = visitorOf(shop, site)
      const secret = 'the-secret-of-one-who-reads-in-pieces'
      const body = { secret, clientMessageId: messageId(), text: 'hello' }
      const streamed = await visitor.post('/api/chat', body, { accept: 'text/event-stream' })
      expect(streamed.headers.get('content-type')).toContain('text/event-stream')
      const events = await streamed.text()
      expect(events).toMatch(
        /"type":"conversation".*id: 1\n.*"typing".*id: 2\.0\ndata: \{"type":"part".*id: 2\ndata: \{"type":"message".*event: end/s,
      )
      const resumed = await visitor.post('/api/chat', body, { accept: 'text/event-stream', 'last-event-id': '2.0' })
      const rest = await resumed.text()
      expect(rest).not.toContain('id: 1\n')
      expect(rest).toContain('id: 2\n')
      const client = shop.shopper.chat.send.stream({ secret, clientMessageId: messageId(), text: 'with the SDK' })
      const types: string[] = []
      for await (const { data } of client) types.push(data.type)
      expect(types).toEqual(['conversation', 'message', 'typing', 'part', 'message', 'conversation'])
    })

    it('of nothing, or of several things at once, is refused', async () => {
      const visitor = visitorOf(await site.newShop(), site)
      for (const said of [{}, { text: 'a', choice: 'b' }, { text: '  ' }]) {
        expect((await visitor.post('/api/chat', { clientMessageId: messageId(), ...said })).status).toBe(422)
      }
      expect((await visitor.post('/api/chat', { clientMessageId: messageId(), text: 'x'.repeat(10_001) })).status).toBe(
        422,
      )
    })

    it.each([
      ['10,000 characters', 'x'.repeat(10_000)],
      ['500 emoji', '🙂'.repeat(500)],
      ['right to left, zero width and control characters', 'שלום\u200f\u200b\u0007 hi'],
      ['markup and SQL', `<script>alert(1)</script>'; drop table users; --`],
    ])('of %s is kept as it is, and answered', async (_, text) => {
      const visitor = visitorOf(await site.newShop(), site)
      const answer = await visitor.say({ text })
      expect(answer.messages[0]!.parts).toEqual([{ type: 'text', text }])
      expect(answer.messages).toHaveLength(2)
    })

    it('with a card number is refused with advice, and the number is nowhere', async () => {
      const shop = await site.newShop()
      const visitor = visitorOf(shop, site)
      const answer = await visitor.say({ text: `my card is ${CARD}, charge it` })
      expect(partOf(answer, 'notice')).toMatchObject({ code: 'card_number_refused' })
      expect(answer.messages[0]!.parts).toEqual([{ type: 'text', text: 'my card is [card number removed], charge it' }])
      await visitor.say({ form: { id: 'slot:x', values: { x: CARD } } })
      const rows = await shop.db.query.selectFrom('chat_messages').selectAll().execute()
      const conversations = await shop.db.query.selectFrom('chat_conversations').selectAll().execute()
      const everything = JSON.stringify([rows, conversations, site.log.lines])
      expect(everything).not.toMatch(/4242[ -]?4242/)
    })

    it('from the device is kept once, in order, and says where it was answered', async () => {
      const visitor = visitorOf(await site.newShop(), site)
      const secret = 'the-secret-of-one-who-was-away-a-while'
      const at = '2026-11-01T10:00:00Z'
      const fromDevice = [
        { role: 'user', at, text: 'hi', clientMessageId: 'device-message-1' },
        { role: 'assistant', at, text: 'hello there', clientMessageId: 'device-answer-1' },
      ]
      await visitor.say({ secret, text: 'I am back', fromDevice })
      const { conversation } = await visitor.say({ secret, text: 'again', fromDevice })
      const read = await visitor.post(`/api/chat/conversations/${conversation.id}/messages`, { secret })
      const { messages } = (await read.json()) as ChatAnswer
      expect(messages.map(({ source, role }) => [source, role])).toEqual([
        ['device', 'user'],
        ['device', 'assistant'],
        ['server', 'user'],
        ['server', 'assistant'],
        ['server', 'user'],
        ['server', 'assistant'],
      ])
    })
  })

  describe('skills', () => {
    it('show a person their own orders, and of somebody else’s as little as of none', async () => {
      const shop = await site.newShop()
      const ann = await verifiedCustomer(site, shop, 'ann')
      await orderOf(shop, 'ann', 'A-1')
      await orderOf(shop, 'bob', 'B-1')
      const own = await sayAs(ann, { text: 'call order-status' })
      expect(partOf(own, 'orders')?.items).toMatchObject([
        { id: 'A-1', total: { amount: 1300, currency: 'GBP' }, lines: [{ name: 'Blue mug', quantity: 2 }] },
      ])
      const ask = async (order: string) => textOf(await sayAs(ann, { text: `call order-status {"order":"${order}"}` }))
      expect(await ask('#A-1')).toContain('"order":"A-1"')
      expect(await ask('B-1')).toBe(await ask('no such order'))
      expect(await ask('B-1')).toContain('"code":"not_found"')
    })

    it('that need somebody are not for anybody, nor for an address that nobody has confirmed', async () => {
      const shop = await site.newShop()
      await orderOf(shop, 'ann', 'A-1')
      const anybody = await visitorOf(shop, site).say({ text: 'call order-status {"order":"A-1"}' })
      expect(textOf(anybody)).toContain('"code":"sign_in"')
      const person = await signInAs(site, shop, 'customer')
      await shop.db.query.updateTable('users').set({ email_verified_at: null }).where('id', '=', person.id).execute()
      await shop.api.customers.upsert({ items: [{ id: 'ann', email: person.email }] })
      expect(textOf(await sayAs(person, { text: 'call order-status {"order":"A-1"}' }))).toContain('"code":"not_found"')
    })

    it('that change something run only after a yes to it, whatever the engine says', async () => {
      const shop = await site.newShop()
      const person = await signInAs(site, shop, 'customer')
      const answer = await sayAs(person, { text: 'call transfer {"amount":{"amount":100,"currency":"GBP"}}' })
      expect(textOf(answer)).toContain('"code":"denied"')
    })

    it('that are not there are unavailable', async () => {
      const visitor = visitorOf(await site.newShop(), site)
      expect(textOf(await visitor.say({ text: 'call fly-to-the-moon' }))).toContain('"code":"unavailable"')
    })

    it('find products by need and price, and never one that is hidden', async () => {
      const shop = await site.newShop()
      const price = (amount: number) => ({ amount, currency: 'GBP' })
      await shop.api.products.upsert({
        items: [
          { id: 'mug', name: 'Blue coffee mug', price: price(900), categories: ['Kitchen'] },
          { id: 'grinder', name: 'Coffee grinder', price: price(4900), description: 'For every coffee drinker' },
          { id: 'beans', name: 'Dark roast beans', price: price(1200), description: 'A gift for coffee drinkers' },
          { id: 'secret', name: 'Coffee prototype', price: price(100), visible: false },
          { id: 'sofa', name: 'Sofa', price: price(1000) },
        ],
      })
      const visitor = visitorOf(shop, site)
      const search = async (args: object) =>
        partOf(await visitor.say({ text: `call product-search ${JSON.stringify(args)}` }), 'products')?.items.map(
          ({ id }) => id,
        )
      const text = 'a gift under £20 for a coffee drinker'
      expect((await search({ text, max: price(2000) }))?.toSorted()).toEqual(['beans', 'mug'])
      expect((await search({ text: 'coffee' }))?.toSorted()).toEqual(['beans', 'grinder', 'mug'])
      expect(await search({ text: 'a helicopter' })).toBeUndefined()
      const added = await visitor.say({ text: 'call cart-add {"product":"mug","quantity":2}' })
      expect(partOf(added, 'cart')).toEqual({
        type: 'cart',
        change: 'add',
        productId: 'mug',
        name: 'Blue coffee mug',
        quantity: 2,
      })
      const hidden = await visitor.say({ text: 'call cart-add {"product":"secret"}' })
      expect(textOf(hidden)).toContain('not_found')
    })
  })

  describe('an account', () => {
    it('lists, searches, renames, exports, mails and removes its own conversations, and no others', async () => {
      const shop = await site.newShop()
      const ann = await verifiedCustomer(site, shop, 'ann')
      const bob = await signInAs(site, shop, 'customer')
      const { conversation } = await sayAs(ann, { text: 'about teapots' })
      await sayAs(ann, { text: 'about kettles' })
      await sayAs(bob, { text: 'about teapots as well' })
      const list = async (search = '') => {
        const answer = await ann.send(`/api/chat/conversations?search=${search}`)
        return ((await answer.json()) as { items: { title: string }[] }).items.map(({ title }) => title)
      }
      expect((await list()).toSorted()).toEqual(['about kettles', 'about teapots'])
      expect(await list('TEAPOTS')).toEqual(['about teapots'])
      const path = `/api/chat/conversations/${conversation.id}`
      for (const [what, body] of [
        ['rename', { title: 'mine' }],
        ['export', {}],
        ['transcript', {}],
        ['remove', {}],
      ] as const) {
        expect([what, (await bob.send(`${path}/${what}`, json(body))).status]).toEqual([what, 404])
      }
      expect(await (await ann.send(`${path}/rename`, json({ title: 'Tea' }))).json()).toMatchObject({ title: 'Tea' })
      expect(await (await ann.send(`${path}/export`, json({}))).text()).toMatch(/ user: about teapots\n.* assistant: /)
      expect((await ann.send(`${path}/transcript`, json({}))).status).toBe(202)
      const [mail] = await shop.db.query.selectFrom('mail_messages').select(['recipient', 'template', 'data']).execute()
      expect(mail).toMatchObject({ recipient: ann.email, template: 'chat-transcript' })
      expect(mail!.data).toContain('about teapots')
      expect((await ann.send(`${path}/remove`, json({}))).status).toBe(204)
      expect((await ann.send(`${path}/messages`, json({}))).status).toBe(404)
      expect(await list()).toEqual(['about kettles'])
    })

    it('keeps nothing longer than the tenant says', async () => {
      const shop = await site.newShop()
      await visitorOf(shop, site).say({ text: 'hello' })
      const countOf = async () => (await shop.db.query.selectFrom('chat_messages').select('id').execute()).length
      const day = 86_400_000
      expect(await sweepConversations(shop.db, Date.now() + 29 * day, 30)).toBe(0)
      expect(await countOf()).toBe(2)
      expect(await sweepConversations(shop.db, Date.now() + 31 * day, 30)).toBe(1)
      expect(await countOf()).toBe(0)
    })
  })
})
