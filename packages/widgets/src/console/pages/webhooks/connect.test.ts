import { contract, type Webhook, type WebhookDelivery } from '@tillwright/core/contract'
import { exampleOf } from '@tillwright/core/testing'
import { expect, it } from 'vitest'
import { exampleClient, refusal } from '../../../testing/example-client.ts'
import { pageContext } from '../../../testing/page-context.ts'
import { connectWebhooks } from './connect.ts'

const [WEBHOOK] = exampleOf(contract.webhooks.list.output).items as [Webhook]
const [DELIVERY] = exampleOf(contract.webhooks.deliveries.output).items as [WebhookDelivery]

async function open(path: readonly string[] = [], answers = {}) {
  const fake = exampleClient(answers)
  const context = pageContext(fake.client)
  const page = connectWebhooks(context)
  page.open(path)
  await context.platform.advance(0)
  return { ...page, ...fake, ...context, value: () => page.state.value }
}

it('lists endpoints, and asks for no deliveries before one is opened', async () => {
  const { value, of } = await open()
  expect(value().webhooks).toEqual([WEBHOOK])
  expect(of('webhooks.deliveries')).toEqual([])
})

it('shows a new secret once, until something else is done', async () => {
  const { rotate, toggle, value } = await open([], {
    'webhooks.rotateSecret': () => ({ webhook: WEBHOOK, secret: 'whsec_1' }),
  })
  await rotate(WEBHOOK)
  expect(value().secret).toBe('whsec_1')
  await toggle(WEBHOOK)
  expect(value().secret).toBeNull()
})

it('adds an endpoint for everything, and shows its secret', async () => {
  const { add, of, value } = await open([], { 'webhooks.create': () => ({ webhook: WEBHOOK, secret: 'whsec_2' }) })
  await add({ url: 'https://a.example/in', description: '' })
  expect(of('webhooks.create')).toEqual([{ url: 'https://a.example/in', description: '', events: ['*'] }])
  expect(value()).toMatchObject({ secret: 'whsec_2', made: 1 })
})

it('goes to the deliveries of an endpoint that is tested', async () => {
  const { test, went } = await open()
  await test(WEBHOOK)
  expect(went).toEqual([`webhooks/${WEBHOOK.id}`])
})

it('sends a message again, and shows what becomes of it', async () => {
  const { replay, of } = await open([WEBHOOK.id])
  await replay(DELIVERY)
  expect(of('webhooks.retryDelivery')).toEqual([{ webhookId: WEBHOOK.id, deliveryId: DELIVERY.id }])
  expect(of('webhooks.deliveries')).toHaveLength(2)
})

it('says that a change needs a recent sign-in', async () => {
  const { toggle, value } = await open([], {
    'webhooks.update': () => {
      throw refusal(403, 'reauthentication_required')
    },
  })
  await toggle(WEBHOOK)
  expect(value()).toMatchObject({ failure: { kind: 'not-fresh' }, webhooks: [WEBHOOK] })
})
