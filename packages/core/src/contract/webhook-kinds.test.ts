import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { tillwrightOpenApi } from '../openapi/index.ts'
import { WEBHOOK_KINDS, type WebhookKind, webhookExample, webhookMessage } from './webhook-kinds.ts'

const KINDS = Object.keys(WEBHOOK_KINDS) as WebhookKind[]

describe.each(KINDS)('messages of kind %s', (kind) => {
  it('have an example that their schema accepts whole', () => {
    const example = webhookExample(kind)
    expect(z.parse(webhookMessage(kind), example)).toEqual(example)
  })

  it('are in the OpenAPI document with schema, example and the headers that are signed', () => {
    const { webhooks } = tillwrightOpenApi('1.0.0') as {
      webhooks: Record<string, { post: { parameters: { name: string }[]; requestBody: { content: object } } }>
    }
    const { parameters, requestBody } = webhooks[kind]!.post
    expect(parameters.map(({ name }) => name)).toEqual(['webhook-id', 'webhook-timestamp', 'webhook-signature'])
    expect(requestBody.content).toMatchObject({
      'application/json': { schema: { type: 'object' }, example: webhookExample(kind) },
    })
  })

  it('hold nothing about people but ids', () => {
    expect(Object.keys(WEBHOOK_KINDS[kind].data.shape)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/name|email|address|phone|customer/i)]),
    )
  })
})
