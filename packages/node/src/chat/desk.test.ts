import type { ChatAnswer, ChatMessage, DeskConversation, Job } from '@tillwright/core/contract'
import { describe, expect, it } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { addPerson, type SignedInPerson, signInAs } from '../testing/sign-in-as.ts'
import { json, useSite } from '../testing/test-site.ts'

let sent = 0
const messageId = () => `message-${++sent}-at-the-desk`

async function bodyOf<T>(response: Response, status = 200): Promise<T> {
  const text = await response.text()
  expect(response.status, text).toBe(status)
  return (text === '' ? undefined : JSON.parse(text)) as T
}

describeOnDatabases('the desk', (engine) => {
  // Noon on a Wednesday, in London.
  let now = Date.parse('2026-11-25T12:00:00Z')
  const site = useSite(engine, {
    clock: () => now++,
  })

  async function sayAs(person: SignedInPerson, said: object): Promise<ChatAnswer> {
    return bodyOf(await person.send('/api/chat', json({ clientMessageId: messageId(), ...said })))
  }

  async function setUp() {
    const shop = await site.newShop({ timeZone: 'Europe/London' })
    const visitor = await signInAs(site, shop, 'customer')
    const agent = await signInAs(site, shop, 'operator')
    await shop.db.query.updateTable('users').set({ name: 'Kim' }).where('id', '=', agent.id).execute()
    const post = async <T>(path: string, body: object = {}, status = 200): Promise<T> =>
      bodyOf<T>(await agent.send(`/admin/chat${path}`, json(body)), status)
    return { shop, visitor, agent, post }
  }

  const noticesIn = (messages: readonly ChatMessage[]) =>
    messages.flatMap(({ parts }) => parts).flatMap((part) => (part.type === 'notice' ? [part.code] : []))

  describe('a hand-off', () => {
    it('waits in the queue, is told of, taken, answered and given back, and the assistant is silent meanwhile', async () => {
      const { shop, visitor, agent, post } = await setUp()
      const administrator = await signInAs(site, shop, 'admin')
      await bodyOf(
        await administrator.send(
          '/admin/webhooks',
          json({ url: 'https://hook.example/', events: ['chat.handoff_requested', 'chat.message'], description: '' }),
        ),
        201,
      )
      const asked = await sayAs(visitor, { text: 'person' })
      const { id } = asked.conversation
      expect(asked.conversation.state).toBe('waiting')
      expect(noticesIn(asked.messages)).toEqual(['handoff_waiting'])
      const list = await bodyOf<{ items: DeskConversation[] }>(
        await agent.send('/admin/chat/conversations?state=waiting'),
      )
      expect(list.items).toMatchObject([{ id, waitingFor: 'person', userId: visitor.id }])

      const silent = await sayAs(visitor, { conversationId: id, text: 'anybody there?' })
      expect(silent.messages.map(({ role }) => role)).toEqual(['user'])
      const told = await shop.db.query
        .selectFrom('webhook_deliveries')
        .orderBy('created_at')
        .select(['kind', 'body'])
        .execute()
      expect(told.map(({ kind }) => kind)).toEqual(['chat.handoff_requested', 'chat.message'])
      expect(told.map(({ body }) => body).join()).not.toContain('anybody there')

      const early = await agent.send(
        `/admin/chat/conversations/${id}/messages`,
        json({ clientMessageId: messageId(), text: 'a' }),
      )
      expect(early.status).toBe(409)
      expect(await post(`/conversations/${id}/take`)).toMatchObject({
        state: 'agent',
        agentName: 'Kim',
        agentId: agent.id,
      })
      const clientMessageId = messageId()
      const said = await post<ChatMessage>(`/conversations/${id}/messages`, { clientMessageId, text: 'I am here' }, 201)
      expect(await post(`/conversations/${id}/messages`, { clientMessageId, text: 'I am here' }, 201)).toEqual(said)
      expect((await sayAs(visitor, { conversationId: id, text: 'thanks' })).messages).toHaveLength(1)
      await post(`/conversations/${id}/give-back`)
      const after = await sayAs(visitor, { conversationId: id, text: 'hello' })
      expect(after.messages.map(({ role }) => role)).toEqual(['user', 'assistant'])
      const read = await bodyOf<{ messages: ChatMessage[] }>(await agent.send(`/admin/chat/conversations/${id}`))
      expect(noticesIn(read.messages)).toEqual(['handoff_waiting', 'handoff_joined', 'handoff_left'])
      expect(read.messages.map(({ seq }) => seq)).toEqual(read.messages.map((_, i) => i + 1))
      expect(read.messages.filter(({ role }) => role === 'agent')).toMatchObject([{ agentName: 'Kim' }])
    })

    it('reaches the visitor while they listen', async () => {
      const { visitor, post } = await setUp()
      const { conversation } = await sayAs(visitor, { text: 'person' })
      const ending = new AbortController()
      const path = `/api/chat/conversations/${conversation.id}/updates`
      const stream = await visitor.send(path, { ...json({ after: conversation.seq }), signal: ending.signal })
      const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader()
      await post(`/conversations/${conversation.id}/take`)
      let text = ''
      while (!text.includes('handoff_joined')) text += (await reader.read()).value
      expect(text).toContain('"agentName":"Kim"')
      await reader.cancel()
      ending.abort()
    })

    it('can be ended by the visitor, and is not begun where nobody is there', async () => {
      const { shop, visitor, agent } = await setUp()
      const { conversation } = await sayAs(visitor, { choice: 'handoff' })
      expect(conversation.state).toBe('waiting')
      const back = await sayAs(visitor, { conversationId: conversation.id, choice: 'handoff-end' })
      expect(back.conversation.state).toBe('bot')
      expect(noticesIn(back.messages)).toEqual(['handoff_left'])
      const settings = await bodyOf<object>(await agent.send('/admin/chat/settings'))
      const officeHours = [{ day: 'wednesday', from: '13:00', to: '17:00' }]
      const set = { ...json({ ...settings, officeHours }), method: 'PUT' }
      await bodyOf(await agent.send('/admin/chat/settings', set))
      const closed = await sayAs(visitor, { text: 'person' })
      expect(closed.conversation.state).toBe('bot')
      expect(noticesIn(closed.messages)).toEqual(['handoff_closed'])
      expect(JSON.stringify(closed.messages)).toContain('Wednesday 13:00–17:00')
      expect((await sayAs(visitor, { conversationId: closed.conversation.id, text: 'hi' })).messages).toHaveLength(2)
      now += 90 * 60_000
      const later = await signInAs(site, shop, 'customer')
      expect((await sayAs(later, { text: 'person' })).conversation.state).toBe('waiting')
    })

    it('goes from one person to another who may answer, and to nobody else', async () => {
      const { shop, visitor, agent, post } = await setUp()
      const { conversation } = await sayAs(visitor, { text: 'person' })
      const path = `/conversations/${conversation.id}`
      await post(`${path}/take`)
      const other = await signInAs(site, shop, 'operator')
      const taken = await other.send(`/admin/chat${path}/take`, json({}))
      expect(taken.status).toBe(409)
      const accountant = await addPerson(shop, 'accountant')
      await post(`${path}/assign`, { userId: accountant.id }, 409)
      expect(await post(`${path}/assign`, { userId: other.id })).toMatchObject({ agentId: other.id })
      await post(`${path}/messages`, { clientMessageId: messageId(), text: 'still me?' }, 409)
      expect(agent.id).not.toBe(other.id)
      const stranger = await signInAs(site, await site.newShop(), 'owner')
      expect((await stranger.send(`/admin/chat${path}`)).status).toBe(404)
    })

    it('is answered with canned words by their id', async () => {
      const { visitor, agent, post } = await setUp()
      const settings = await bodyOf<object>(await agent.send('/admin/chat/settings'))
      const cannedAnswers = [{ id: 'hours', title: 'Opening hours', text: 'We are open from 9 to 5.' }]
      await bodyOf(await agent.send('/admin/chat/settings', { ...json({ ...settings, cannedAnswers }), method: 'PUT' }))
      const { conversation } = await sayAs(visitor, { text: 'person' })
      await post(`/conversations/${conversation.id}/take`)
      const path = `/conversations/${conversation.id}/messages`
      const said = await post<ChatMessage>(path, { clientMessageId: messageId(), cannedAnswerId: 'hours' }, 201)
      expect(said.parts).toEqual([{ type: 'text', text: 'We are open from 9 to 5.' }])
      await post(path, { clientMessageId: messageId(), cannedAnswerId: 'none' }, 404)
      await post(path, { clientMessageId: messageId() }, 422)
    })
  })

  describe('teaching', () => {
    it('turns what was not understood into examples, and these into a model that can be taken back', {
      timeout: 120_000,
    }, async () => {
      const { shop, visitor, agent, post } = await setUp()
      const admin = await signInAs(site, shop, 'admin')
      const questions = [
        'gibberish wismo parcel please',
        'gibberish wismo parcel now',
        'gibberish wismo parcel, write to ann@example.com',
        'gibberish what about vouchers',
      ]
      for (const text of questions) await sayAs(visitor, { text })
      type Cluster = { id: string; count: number; texts: string[]; suggestions: { intent: string; label: string }[] }
      const clusters = async () =>
        (await bodyOf<{ items: Cluster[] }>(await agent.send('/admin/chat/unanswered'))).items
      const [first, second] = await clusters()
      expect(first).toMatchObject({ count: 3, suggestions: [{ intent: 'order_status', label: 'Where my order is' }] })
      expect(JSON.stringify(first)).not.toContain('ann@example.com')
      await post(`/unanswered/${first!.id}/teach`, { intent: 'no_such_intent' }, 422)
      expect(await post(`/unanswered/${first!.id}/teach`, { intent: 'order_status' })).toEqual({ added: 3 })
      await post(`/unanswered/${second!.id}/dismiss`, {}, 204)
      expect(await clusters()).toEqual([])
      const examples = await bodyOf<{ items: { text: string }[] }>(await agent.send('/admin/chat/examples'))
      expect(examples.items).toHaveLength(3)
      for (const line of ['wismo again', 'my wismo', 'wismo parcel', 'wismo late', 'the wismo question', 'a wismo']) {
        await post('/examples', { text: line, intent: 'order_status' }, 201)
      }

      const device = async () => {
        const answer = await site.send(`/api/chat/device?key=${shop.publishableKey}`)
        return (await bodyOf<{ model: { digest: string; url: string } }>(answer)).model
      }
      const before = await device()
      const job = await bodyOf<Job>(await admin.send('/admin/chat/models/train', json({})), 202)
      while ((await site.server.jobs.runDue()) > 0);
      const report = await bodyOf<Job>(await admin.send(`/admin/jobs/${job.id}`))
      expect(report.error).toBeNull()
      const models = async () =>
        (
          await bodyOf<{ items: { modelVersion: string; active: boolean; metrics: object; counts: object }[] }>(
            await admin.send('/admin/chat/models'),
          )
        ).items
      const [trained, base] = await models()
      expect(trained).toMatchObject({ active: true, counts: { own: 9, intents: 2 } })
      expect(trained!.metrics).toMatchObject({
        'before.accuracy': expect.any(Number),
        'after.accuracy': expect.any(Number),
      })
      expect(base).toMatchObject({ active: false, modelVersion: before.digest })
      const after = await device()
      expect(after.digest).toBe(trained!.modelVersion)
      const file = await site.send(`/${after.url}?key=${shop.publishableKey}`)
      expect([file.status, file.headers.get('etag')]).toEqual([200, `"${after.digest}"`])
      await bodyOf(await admin.send('/admin/chat/models/rollback', json({})))
      expect((await device()).digest).toBe(before.digest)
      await bodyOf(await admin.send(`/admin/chat/models/${trained!.modelVersion}/activate`, json({})))
      expect((await device()).digest).toBe(trained!.modelVersion)
    })
  })
})
