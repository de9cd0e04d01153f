import { IdentityProviderError } from '../../people/identity-provider.ts'

/** All calls of one visit together take no longer, in ms. */
export const PROVIDER_TIMEOUT_MS = 10_000
/** What providers answer is a few kilobytes; more is not read. */
const MAX_ANSWER_BYTES = 256 * 1024

export type Json = Readonly<Record<string, unknown>>

/** Calls to a provider that share one deadline, follow no redirect, and read no more than they should. */
export interface ProviderCalls {
  /** The answer's text, whatever its status. */
  send(url: string, init?: RequestInit): Promise<{ readonly status: number; readonly text: string }>
  /** The object or array of an answer that must be 200. */
  json(url: string, init?: RequestInit): Promise<object>
}

/** Throws `IdentityProviderError`: `unavailable` for silence and for 5xx, `refused` for other answers than expected. */
export function providerCalls(fetch: typeof globalThis.fetch, timeoutMs = PROVIDER_TIMEOUT_MS): ProviderCalls {
  const signal = AbortSignal.timeout(timeoutMs)
  const calls: ProviderCalls = {
    async send(url, init = {}) {
      const { origin } = sound(url)
      let response: Response
      let text: string | null
      try {
        response = await fetch(url, { ...init, redirect: 'error', signal })
        text = await textOf(response)
      } catch (cause) {
        throw new IdentityProviderError('unavailable', `${origin} did not answer: ${(cause as Error).message}`, {
          cause,
        })
      }
      if (text === null)
        throw new IdentityProviderError('refused', `${origin} answered more than ${MAX_ANSWER_BYTES} bytes`)
      if (response.status >= 500)
        throw new IdentityProviderError('unavailable', `${origin} answered ${response.status}`)
      return { status: response.status, text }
    },
    async json(url, init) {
      const { status, text } = await calls.send(url, init)
      const { origin, pathname } = new URL(url)
      // What it says about a refusal may repeat what was sent.
      if (status !== 200) throw new IdentityProviderError('refused', `${origin}${pathname} answered ${status}`)
      const value = parsed(text)
      if (typeof value === 'object' && value !== null) return value
      throw new IdentityProviderError('refused', `${origin}${pathname} answered no JSON object`)
    },
  }
  return calls
}

/** TLS, or this very machine: secrets travel there. */
export function isSafeAddress(text: string): boolean {
  const url = URL.parse(text)
  const isHere = url?.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
  return url?.protocol === 'https:' || isHere
}

function sound(text: string): URL {
  if (isSafeAddress(text)) return new URL(text)
  throw new IdentityProviderError('refused', 'An address of the provider is not https')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // Not JSON: the caller says so.
  }
}

async function textOf(response: Response): Promise<string | null> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of response.body ?? []) {
    bytes += part.length
    if (bytes > MAX_ANSWER_BYTES) return null
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
