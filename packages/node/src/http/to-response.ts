import type { Answer } from './answer.ts'

/** An answer as a Web response. */
export function toResponse({ status, headers, cookies, body }: Answer): Response {
  return new Response(body as BodyInit | null, { status, headers: cookies ? withCookies(headers, cookies) : headers })
}

function withCookies(headers: Answer['headers'], cookies: readonly string[]): Headers {
  const all = new Headers(headers)
  for (const cookie of cookies) all.append('set-cookie', cookie)
  return all
}
