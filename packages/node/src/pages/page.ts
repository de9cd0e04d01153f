import type { Answer } from '../http/answer.ts'
import type { Incoming } from '../http/incoming.ts'

/** A request for something that is no API route: a page, a script, the API's description. */
export interface PageRequest {
  readonly request: Incoming
  readonly path: string
  readonly query: URLSearchParams
  readonly acceptsGzip: boolean
}

/** Answers a request, or gives `null` where it is somebody else's. */
export type Page = (request: PageRequest) => Promise<Answer | null> | Answer | null

/** Text that means itself within HTML, attributes included. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

export function htmlAnswer(html: string, policy: string, status = 200): Answer {
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': policy,
    },
    body: html,
  }
}
