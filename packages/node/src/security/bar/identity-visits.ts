import { githubProvider } from '../../providers/github/provider.ts'
import { googleProvider } from '../../providers/google/provider.ts'
import {
  CLIENT,
  type IdentityServer,
  type ProviderPerson,
  type Redirect,
} from '../../providers/testing/identity-server.ts'
import { type Bar, type BarAnswer, type Call, cookiesOf, ORIGIN } from './bar-site.ts'

/** Long enough for a busy machine, short enough to wait for. */
const TIMEOUT_MS = 2_000

/** Google and GitHub as a server on this machine plays them. */
export function providersOf(server: IdentityServer) {
  const options = { ...CLIENT, timeoutMs: TIMEOUT_MS }
  return [googleProvider({ ...options, issuer: server.issuer }), githubProvider({ ...options, server: server.issuer })]
}

export interface Visitor {
  /** `name=value; …`, as the browser would send them. */
  cookies: string
}

export interface Visits {
  /** A browser that has been nowhere yet. */
  newBrowser(): Visitor
  /** Sets out from the server's own page; returns where the browser is sent. */
  start(browser: Visitor, provider?: string, returnTo?: string): Promise<string>
  finish(browser: Visitor, redirect: Partial<Redirect> & { error?: string }, call?: Call): Promise<BarAnswer>
  /** There and back. */
  signIn(browser: Visitor, person: ProviderPerson, provider?: string, returnTo?: string): Promise<BarAnswer>
  /** Any call with the browser's cookies; it keeps those that the answer sets. */
  send(browser: Visitor, method: string, path: string, body?: unknown, call?: Call): Promise<BarAnswer>
}

export function visitsOf(bar: Bar, server: IdentityServer): Visits {
  const visits: Visits = {
    newBrowser: () => ({ cookies: '' }),
    async send(browser, method, path, body, call = {}) {
      const answer = await bar.send(method, path, {
        origin: ORIGIN,
        cookies: browser.cookies,
        ...(body === undefined ? {} : { body }),
        ...call,
        headers: { host: new URL(ORIGIN).host, 'x-tillwright-tenant': bar.shop.tenant.publicId, ...call.headers },
      })
      browser.cookies = merged(browser.cookies, cookiesOf(answer))
      return answer
    },
    async start(browser, provider = 'google', returnTo) {
      server.now = () => bar.now
      const answer = await visits.send(browser, 'POST', '/auth/identities/start', {
        provider,
        ...(returnTo === undefined ? {} : { returnTo }),
      })
      if (answer.status !== 200) throw new Error(`Setting out gave ${answer.status}: ${answer.text}`)
      return answer.body.url!
    },
    finish: (browser, redirect, call) => visits.send(browser, 'POST', '/auth/identities/finish', redirect, call),
    async signIn(browser, person, provider, returnTo) {
      return visits.finish(browser, server.approve(await visits.start(browser, provider, returnTo), person))
    },
  }
  return visits
}

/** Cookies of a browser after some were set; an empty one is gone. */
function merged(cookies: string, set: string): string {
  const jar = new Map<string, string>()
  for (const pair of `${cookies}; ${set}`.split('; ').filter(Boolean)) {
    const at = pair.indexOf('=')
    jar.set(pair.slice(0, at), pair.slice(at + 1))
  }
  return [...jar].flatMap(([name, value]) => (value === '' ? [] : [`${name}=${value}`])).join('; ')
}
