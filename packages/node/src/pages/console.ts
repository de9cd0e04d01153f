import type { ConsoleSessions } from '../console/sessions.ts'
import type { Incoming } from '../http/incoming.ts'
import { escapeHtml, htmlAnswer, type Page } from './page.ts'
import type { WidgetFiles } from './widget-files.ts'

/** The page of the console: a shell; its script asks `/admin/status` with the session cookie. */
export function consolePage(widgets: WidgetFiles | null, sessions: ConsoleSessions): Page {
  return async ({ request, path, query }) => {
    if (path !== '/console') return null
    const token = query.get('token')
    if (token !== null) return openSession(sessions, token, request)
    if (!(await sessions.principalOf(request))) return htmlAnswer(document(SIGN_IN), PLAIN_POLICY, 401)
    if (!widgets) return htmlAnswer(document(NO_WIDGETS), PLAIN_POLICY, 503)
    return htmlAnswer(document(consoleMain(widgets), scriptTags(widgets)), CONSOLE_POLICY)
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
  "img-src 'self' data:",
  "require-trusted-types-for 'script'",
  'trusted-types tillwright',
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

const HINT = 'Run <code>tillwright console</code> on the server: it prints a fresh link.'
const SIGN_IN = `<main><h1>Tillwright console</h1><p>This page opens by a link. ${HINT}</p></main>`
const EXPIRED = `<main><h1>This link has expired</h1><p>${HINT}</p></main>`
const NO_WIDGETS =
  '<main><h1>Tillwright console</h1><p>The console needs the package <code>@tillwright/widgets</code> beside the server.</p></main>'

// Addresses are relative to `/console`: the server may be mounted below a path.

/** The place of the console, which shows the script tag that shops paste. */
function consoleMain({ version, files }: WidgetFiles): string {
  const loader = `widgets/${escapeHtml(version)}/loader.js`
  return `<main id="console" data-loader="${loader}" data-integrity="${files.get('loader.js')!.integrity}"></main>`
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
