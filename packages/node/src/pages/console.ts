import type { ConsoleSessions } from '../console/sessions.ts'
import type { Principal, Tenant } from '../context.ts'
import type { Incoming } from '../http/incoming.ts'
import { escapeHtml, htmlAnswer, type Page } from './page.ts'
import type { WidgetFiles } from './widget-files.ts'

/** Who is signed in with a browser's session and belongs to the people of a shop, if anybody is. */
export type SignedInStaff = (request: Incoming) => Promise<Principal | null>

/**
 * The page of the console, for who came by a link and for people of the shop who are signed in: a shell. What its script asks
 * the API for is refused or not there, each time.
 */
export function consolePage(widgets: WidgetFiles | null, sessions: ConsoleSessions, signedIn: SignedInStaff): Page {
  return async ({ request, path, query }) => {
    if (path !== '/console') return null
    const token = query.get('token')
    if (token !== null) return openSession(sessions, token, request)
    const principal = (await sessions.principalOf(request)) ?? (await signedIn(request))
    if (!principal) return htmlAnswer(document(SIGN_IN), PLAIN_POLICY, 401)
    if (!widgets) return htmlAnswer(document(NO_WIDGETS), PLAIN_POLICY, 503)
    return htmlAnswer(document(consoleMain(widgets, principal.tenant), scriptTags(widgets)), CONSOLE_POLICY)
  }
}

async function openSession(sessions: ConsoleSessions, token: string, request: Incoming) {
  const cookie = await sessions.open(token, request.isSecure)
  if (cookie === null) return htmlAnswer(document(EXPIRED), PLAIN_POLICY, 401)
  // The token goes out of the address at once, so that it stays in no history.
  return {
    status: 303,
    headers: { location: 'console', 'cache-control': 'no-store' },
    cookies: [cookie],
    body: null,
  }
}

const PLAIN_POLICY = "default-src 'none'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
const CONSOLE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  // Pictures of products are wherever the shop keeps them; those of a shop on the developer's own machine come without TLS.
  "img-src 'self' data: https: http://localhost:* http://127.0.0.1:*",
  "require-trusted-types-for 'script'",
  'trusted-types tillwright',
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

const HINT = 'Run <code>tillwright console</code> on the server: it prints a fresh link.'
const SIGN_IN = `<main><h1>Tillwright console</h1><p>This page opens by a link, or for people of the shop who are <a href="sign-in">signed in</a>. ${HINT}</p></main>`
const EXPIRED = `<main><h1>This link has expired</h1><p>${HINT}</p></main>`
const NO_WIDGETS =
  '<main><h1>Tillwright console</h1><p>The console needs the package <code>@tillwright/widgets</code> beside the server.</p></main>'

// Addresses are relative to `/console`: the server may be mounted below a path.

/** The place of the console, which shows the script tag that shops paste. */
function consoleMain({ version, files }: WidgetFiles, { name, publicId }: Tenant): string {
  const loader = `widgets/${escapeHtml(version)}/loader.js`
  const shop = `data-shop="${escapeHtml(name)}" data-tenant="${escapeHtml(publicId)}"`
  return `<main id="console" data-loader="${loader}" data-integrity="${files.get('loader.js')!.integrity}" ${shop}></main>`
}

function scriptTags({ version, files, console: [entry, ...chunks] }: WidgetFiles): string {
  const attributes = (name: string) =>
    `"widgets/${escapeHtml(version)}/${escapeHtml(name)}" integrity="${files.get(name)!.integrity}"`
  const preloads = chunks.map((name) => `<link rel="modulepreload" href=${attributes(name)}>`).join('')
  return `${preloads}<script type="module" src=${attributes(entry!)}></script>`
}

function document(body: string, head = ''): string {
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">' +
    '<meta name="viewport" content="width=device-width, initial-scale=1">' +
    `<meta name="color-scheme" content="light dark"><link rel="icon" href="data:,"><title>Tillwright console</title>${head}</head><body>${body}</body></html>`
  )
}
