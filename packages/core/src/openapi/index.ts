import { contract, WEBHOOK_KINDS, type WebhookKind, webhookExample, webhookMessage } from '../contract/index.ts'
import { docs } from './docs.ts'
import { openApi } from './generate.ts'

export { docs } from './docs.ts'
export { type OpenApiOptions, type OpenApiWebhook, openApi } from './generate.ts'

/** Tillwright's own OpenAPI 3.1 document. */
export function tillwrightOpenApi(version: string): Record<string, unknown> {
  const kinds = (Object.keys(WEBHOOK_KINDS) as WebhookKind[]).map((kind) => {
    const { summary } = WEBHOOK_KINDS[kind]
    return [kind, { summary, schema: webhookMessage(kind), example: webhookExample(kind) }] as const
  })
  return openApi(contract, { version, docs, webhooks: Object.fromEntries(kinds) })
}
