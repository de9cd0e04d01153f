import type { ConsolePage } from '../../page.ts'
import { connectWebhooks, type WebhooksConnection, type WebhooksState } from './connect.ts'
import { style } from './style.ts'
import { webhooksView } from './view.tsx'

/** Where messages of the shop go, and what became of each. */
export const webhooks: ConsolePage<WebhooksState, WebhooksConnection> = {
  connect: connectWebhooks,
  view: webhooksView,
  style,
}
