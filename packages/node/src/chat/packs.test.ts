import type { ChatAnswer, ChatPart } from '@tillwright/core/contract'
import { describe, expect, it } from 'vitest'
import { type SignedInPerson, signInAs } from '../testing/sign-in-as.ts'
import { json, type Shop, useSite } from '../testing/test-site.ts'

let sent = 0

/** The assistant as it comes: engine, packs and models, over real orders and accounts. */
describe('the assistant', () => {
  const site = useSite('sqlite', { chat: { isThorough: false } })

  async function say(person: SignedInPerson, said: object): Promise<ChatAnswer> {
    const body = { clientMessageId: `message-${++sent}-to-a-pack`, ...said }
    const response = await person.send('/api/chat', json(body))
    const text = await response.text()
    expect(response.status, text).toBe(200)
    return JSON.parse(text) as ChatAnswer
  }

  const partsOf = ({ messages }: ChatAnswer) => messages.slice(1).flatMap(({ parts }) => parts)
  const partOf = <T extends ChatPart['type']>(answer: ChatAnswer, type: T) =>
    partsOf(answer).find((part) => part.type === type) as Extract<ChatPart, { type: T }> | undefined

  async function customerOf(shop: Shop): Promise<SignedInPerson> {
    const person = await signInAs(site, shop, 'customer')
    await shop.api.customers.upsert({ items: [{ id: 'ann', email: person.email }] })
    return person
  }

  it('of a shop tells where an order is, and finds products under a price', { timeout: 120_000 }, async () => {
    const shop = await site.newShop()
    const person = await customerOf(shop)
    const line = { productId: 'mug', name: 'Blue mug', quantity: 1, unitPriceMinor: 900 }
    await shop.api.orders.upsert({
      items: [{ id: '1043', placedAt: '2026-11-01T10:00:00Z', currency: 'GBP', customerId: 'ann', lines: [line] }],
    })
    await shop.api.products.upsert({
      items: [
        { id: 'mug', name: 'Blue mug', price: { amount: 900, currency: 'GBP' } },
        { id: 'lamp', name: 'Blue lamp', price: { amount: 9000, currency: 'GBP' } },
      ],
    })
    const status = await say(person, { text: 'where is my order 1043?' })
    expect(partOf(status, 'orders')?.items).toMatchObject([{ id: '1043', total: { amount: 900 } }])
    const { id: conversationId } = status.conversation
    const search = await say(person, { conversationId, text: 'show me blue things under £20' })
    expect(partOf(search, 'products')?.items.map(({ id }) => id)).toEqual(['mug'])
  })

  it('of a bank tells a balance, and moves money after a yes, once', { timeout: 120_000 }, async () => {
    const shop = await site.newShop()
    const settings = await shop.api.chatDesk.settings()
    await shop.api.chatDesk.setSettings({ ...settings, pack: 'banking' })
    const person = await signInAs(site, shop, 'customer')
    const open = async (name: string, openingBalanceMinor: number) => {
      const body = { kind: 'bank', name, currency: 'GBP', openingBalanceMinor }
      const response = await person.send('/api/accounts', json(body))
      const text = await response.text()
      expect(response.status, text).toBe(201)
      return JSON.parse(text) as { id: string }
    }
    await open('Current account', 50_000)
    const savings = await open('Household', 1_000)
    const balance = await say(person, { text: 'what is the balance of my current account?' })
    expect(JSON.stringify(partsOf(balance))).toContain('£500')
    const { id: conversationId } = balance.conversation
    const asked = await say(person, { conversationId, text: 'transfer £25 to Household' })
    const confirm = partOf(asked, 'confirm')
    expect(confirm?.title).toContain('£25')
    const yes = { conversationId, clientMessageId: 'the-yes-that-is-sent-twice', choice: confirm!.yes.id }
    const first = await say(person, yes)
    expect(JSON.stringify(partsOf(first))).toContain('Household')
    expect(await say(person, yes)).toEqual(first)
    const account = await person.send(`/api/accounts/${savings.id}`)
    expect(await account.json()).toMatchObject({ balance: { amount: 3_500 } })
  })
})
