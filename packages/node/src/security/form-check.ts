/** What speaks for a program behind a form. */
export type FormSign =
  /** A field is filled in that people do not see. */
  | 'honeypot'
  /** It comes from a page, and names no browser: every browser does. */
  | 'no_user_agent'
  /** It comes from a page, and names a library for HTTP: no browser runs one. */
  | 'program_agent'
  /** It comes from a page, and lacks what the browser that it names sends with every request. */
  | 'forged_agent'
  /** It names a browser that is driven by a program. */
  | 'driven_browser'
  /** The address has sent forms for many different accounts lately. */
  | 'many_accounts'
  /** The address sends forms faster than people fill them in. */
  | 'rapid'

/** What is known of a form as it arrives. */
export interface FormFacts {
  /** Whether the field that people do not see is filled in. */
  readonly hasTrap: boolean
  /** Whether it says that a page sends it: browsers put `Origin` on every POST, apps and servers do not. */
  readonly isFromPage: boolean
  /** Whether it asks for a session in cookies. They are `Secure`, so a browser that asks for them has a secure context. */
  readonly wantsCookies: boolean
  readonly userAgent: string
  /** `Sec-Fetch-Site`, which no script can set. */
  readonly fetchSite: string | null
  readonly hasManyAccounts: boolean
  readonly isRapid: boolean
}

export interface FormCheck {
  readonly signs: readonly FormSign[]
  /** Whether whoever watches over security should hear of it. */
  readonly isSuspicious: boolean
  /** Whether it is answered as the honeypot is: as if all were well, or the password wrong. */
  readonly isRefused: boolean
}

const WEIGHTS: Readonly<Record<FormSign, number>> = {
  honeypot: 7,
  no_user_agent: 4,
  program_agent: 4,
  forged_agent: 4,
  driven_browser: 2,
  many_accounts: 3,
  rapid: 1,
}
const SUSPICIOUS_FROM = 2
const REFUSED_FROM = 7

/** How libraries call themselves, at the beginning. */
const PROGRAMS =
  /^(?:aiohttp|apache-httpclient|axios|bun|curl|dart|deno|go-http-client|got|guzzle|guzzlehttp|httpie|httpx|insomnia|java|jakarta|libwww-perl|lwp|mechanize|node|node-fetch|okhttp|php|postmanruntime|python|python-requests|python-urllib|reqwest|rest-client|ruby|scrapy|superagent|typhoeus|undici|wget|winhttp)\b/i

const DRIVEN = /HeadlessChrome|PhantomJS|SlimerJS|Puppeteer|Playwright|Selenium|Cypress|jsdom|HappyDOM/i

/** Browsers that send fetch metadata to a secure context, by the version since which they do. */
const WITH_METADATA: readonly (readonly [agent: RegExp, since: number])[] = [
  [/\bFirefox\/(\d+)/, 90],
  [/\bChrome\/(\d+)/, 80],
  [/\bVersion\/(\d+)[\d.]* (?:Mobile\/\w+ )?Safari\//, 17],
]

/**
 * Weighs what speaks for a program behind a form to sign in or up, or for a link.
 *
 * Programs are welcome here: apps and servers sign people in over the same routes, with library agents or none at all, and a
 * developer's first call is `curl`. So an agent says nothing by itself. It says something where it contradicts the rest: a
 * request with `Origin` claims that a page sends it, and a page runs in a browser, which names itself and, where it asks for
 * cookies, sends `Sec-Fetch-Site`. One sign about the agent counts, the first that is there.
 *
 * A contradiction alone is recorded and let through: somebody may try a page's call by hand, and a proxy may take headers
 * away. So is behaviour alone: behind one address there may be an office, and a driven browser may be the shop's own test. Only
 * both together, or the honeypot, are answered as the honeypot is. What passes all of this is still held by the limit of
 * five a minute, the block of who goes on, and the lock of accounts; those decide, and this makes it visible.
 *
 * How long the form was open is not asked: the page would have to say it, and what a page says a program says as well.
 */
export function checkForm(facts: FormFacts): FormCheck {
  const agent = agentSign(facts)
  const signs: FormSign[] = [
    ...(facts.hasTrap ? (['honeypot'] as const) : []),
    ...(agent === null ? [] : [agent]),
    ...(facts.hasManyAccounts ? (['many_accounts'] as const) : []),
    ...(facts.isRapid ? (['rapid'] as const) : []),
  ]
  const score = signs.reduce((sum, sign) => sum + WEIGHTS[sign], 0)
  return { signs, isSuspicious: score >= SUSPICIOUS_FROM, isRefused: score >= REFUSED_FROM }
}

function agentSign({ isFromPage, wantsCookies, userAgent, fetchSite }: FormFacts): FormSign | null {
  if (!isFromPage) return null
  if (userAgent.trim() === '') return 'no_user_agent'
  if (PROGRAMS.test(userAgent)) return 'program_agent'
  if (wantsCookies && fetchSite === null && sendsMetadata(userAgent)) return 'forged_agent'
  return DRIVEN.test(userAgent) ? 'driven_browser' : null
}

function sendsMetadata(userAgent: string): boolean {
  return WITH_METADATA.some(([agent, since]) => Number(agent.exec(userAgent)?.[1] ?? 0) >= since)
}
