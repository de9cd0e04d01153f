import { fullJitterMs } from '@tillwright/core/contract'
import { visitorIds } from '@tillwright/core/script'
import type { WidgetClient } from '../client.ts'
import type { WidgetPlatform } from '../platform/browser.ts'
import { createOutbox } from './outbox.ts'
import { askedWaitMs, canRetry, request } from './request.ts'
import type { ScriptSettings } from './tillwright.ts'

/** How many tries may follow a failed one, and how long anyone may be kept waiting between two, in ms. */
const RETRIES = 2
const MAX_WAIT_MS = 5_000

/**
 * The client that comes with the script tag: what widgets ask for, in a fifth of the bytes of `createClient`, by the same
 * requests. The key is a publishable one; it travels in the query, so that reading needs no preflight.
 */
export function createScriptClient(
  { server, key, visitor }: Pick<ScriptSettings, 'server' | 'key' | 'visitor'>,
  platform: WidgetPlatform,
): WidgetClient {
  const address = (route: string, query: object = {}) => {
    const search = new URLSearchParams({ key })
    for (const [name, value] of Object.entries(query)) for (const item of [value].flat()) search.append(name, item)
    return `${server}/api/v1/${route}?${search}`
  }

  async function get<Answer>(url: string, signal?: AbortSignal, attempt = 0): Promise<Answer> {
    try {
      return await request(url, { signal: signal ?? null }, platform)
    } catch (error) {
      const waitMs = askedWaitMs(error) ?? fullJitterMs(attempt, platform.random)
      if (attempt >= RETRIES || signal?.aborted || !canRetry(error) || waitMs > MAX_WAIT_MS) throw error
      await new Promise<void>((resolve) => platform.schedule(resolve, waitMs))
      return get(url, signal, attempt + 1)
    }
  }

  // Plain text needs no preflight; `keepalive` lets it outlive the page, up to 64 KiB.
  const post = (route: string, input: object) => {
    const body = JSON.stringify(input)
    const init = {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body,
      keepalive: body.length < MAX_BEACON,
    }
    return request(address(route), init, platform)
  }
  const ids = visitorIds(visitor, platform)
  const { track } = createOutbox({
    ...platform,
    ids,
    post: (events) => post('events', { events }),
  })
  return {
    visitor: ids,
    recommendations: { list: (query, options) => get(address('recommendations', query), options?.signal) },
    events: { track },
  }
}

/** Browsers send 64 KiB at most on behalf of a page that is gone. In UTF-16 code units, with room for wider characters. */
const MAX_BEACON = 30_000
