import type { Webhook, WebhookDelivery } from '@tillwright/core/contract'
import type { Tillwright } from '@tillwright/core/script'
import { type PageState, pageStore } from '../../kit/page-store.ts'
import type { PageConnection, PageContext } from '../../page.ts'

const LIMIT = 50

export interface WebhooksClient {
  readonly webhooks: Pick<
    Tillwright['webhooks'],
    'list' | 'create' | 'update' | 'remove' | 'rotateSecret' | 'test' | 'deliveries' | 'retryDelivery'
  >
}

export interface WebhooksState extends PageState {
  readonly webhooks: readonly Webhook[] | null
  /** The endpoint that the address names, whose deliveries are shown; `null` for the list. */
  readonly opened: string | null
  readonly deliveries: readonly WebhookDelivery[] | null
  /** Shown this once. */
  readonly secret: string | null
  /** Counts up with each endpoint that was made, so that the form is fresh again. */
  readonly made: number
}

export interface WebhooksConnection extends PageConnection<WebhooksState> {
  add(input: { readonly url: string; readonly description: string }): Promise<void>
  toggle(webhook: Webhook): Promise<void>
  remove(webhook: Webhook): Promise<void>
  rotate(webhook: Webhook): Promise<void>
  /** Sends a message of kind `webhook.test`. */
  test(webhook: Webhook): Promise<void>
  /** Sends a message again. */
  replay(delivery: WebhookDelivery): Promise<void>
}

export function connectWebhooks({ client: { webhooks: api }, go }: PageContext<WebhooksClient>): WebhooksConnection {
  const store = pageStore<WebhooksState>({
    webhooks: null,
    opened: null,
    deliveries: null,
    secret: null,
    made: 0,
    failure: null,
    busy: [],
  })
  const { state, set, run } = store
  const options = { signal: store.signal }

  async function load(): Promise<void> {
    set({ webhooks: (await api.list({}, options)).items })
  }

  async function loadDeliveries(): Promise<void> {
    const { opened } = state.value
    if (opened === null) return
    const { items } = await api.deliveries({ webhookId: opened, limit: LIMIT }, options)
    if (state.value.opened === opened) set({ deliveries: items })
  }

  /** Does something, and shows what has become of it. */
  const change = (name: string, work: () => Promise<{ secret?: string } | undefined | unknown>) =>
    run(name, async () => {
      const answer = (await work()) as { secret?: string } | undefined
      set({ secret: answer?.secret ?? null })
      await load()
    })

  return {
    state,
    open([opened = null]) {
      set({ opened, deliveries: null, secret: null })
      if (state.value.webhooks === null) void run('load', load)
      void run(`deliveries ${opened}`, loadDeliveries)
    },
    add: ({ url, description }) =>
      change('add', async () => {
        const added = await api.create({ url, description, events: ['*'] }, options)
        set({ made: state.value.made + 1 })
        return added
      }),
    toggle: ({ id, enabled }) => change(id, () => api.update({ webhookId: id, enabled: !enabled }, options)),
    remove: ({ id }) => change(id, () => api.remove({ webhookId: id }, options)),
    rotate: ({ id }) => change(id, () => api.rotateSecret({ webhookId: id }, options)),
    test: ({ id }) =>
      run(id, async () => {
        await api.test({ webhookId: id }, options)
        go(`webhooks/${id}`)
      }),
    replay: ({ id }) =>
      run(id, async () => {
        const { opened } = state.value
        if (opened === null) return
        await api.retryDelivery({ webhookId: opened, deliveryId: id }, options)
        await loadDeliveries()
      }),
    dispose: store.dispose,
  }
}
