import type { Tenant } from '../context.ts'
import type { SecretBytes } from '../ports.ts'
import { escapeHtml, htmlAnswer, type Page } from './page.ts'
import type { WidgetFiles } from './widget-files.ts'

export interface SignInPagePorts {
  readonly secretBytes: SecretBytes
  /** By public id; for `null` the only one there is. */
  readonly findTenant: (publicId: string | null) => Promise<Tenant | undefined>
}

/** `/sign-in?tenant=ten_…`: where mailed links lead. The page names its tenant; nobody else can let it name another. */
export function signInPage(widgets: WidgetFiles | null, { secretBytes, findTenant }: SignInPagePorts): Page {
  return async ({ path, query }) => {
    if (path !== '/sign-in') return null
    const id = query.get('tenant')
    const tenant = await findTenant(id)
    const nonce = Buffer.from(secretBytes(NONCE_BYTES)).toString('base64')
    if (!tenant || (id !== null && tenant.publicId !== id)) {
      return htmlAnswer(document({ title: 'Sign in', body: UNKNOWN, nonce }), policy(nonce), 404)
    }
    const title = `Sign in · ${tenant.name}`
    if (!widgets) return htmlAnswer(document({ title, body: NO_WIDGETS, nonce }), policy(nonce), 503)
    const body = `<header><h1>${escapeHtml(tenant.name)}</h1></header><main>${WIDGETS}</main><script nonce="${nonce}">${SWITCH}</script>`
    return htmlAnswer(document({ title, body, nonce, head: loaderTag(widgets, tenant, nonce) }), policy(nonce))
  }
}

const NONCE_BYTES = 16

// An empty picture of the widget's height keeps its place until the widget is there.
const WIDGETS =
  '<tw-sign-in><svg width="100%" height="480" aria-hidden="true"></svg></tw-sign-in><tw-account hidden></tw-account>'
const UNKNOWN =
  '<main><section><h1>This link is not complete</h1><p>Open it once more from the mail, or ask the shop for another.</p></section></main>'
const NO_WIDGETS =
  '<main><section><h1>Sign in</h1><p>This page needs the package <code>@tillwright/widgets</code> beside the server.</p></section></main>'

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { margin: 0; min-height: 100dvh; background: light-dark(#f5f4f1, #17181a); color: light-dark(#1d1d1b, #eceae6) }
header { padding: 32px 20px 24px; text-align: center }
header h1 { margin: 0; font-size: 20px; font-weight: 600; letter-spacing: -.01em }
main h1 { margin: 0 0 8px; font-size: 24px; line-height: 1.25; letter-spacing: -.015em }
main p { margin: 0 0 8px }
body > main:first-child { padding-top: 64px }
main { display: grid; justify-items: center; padding: 0 16px 48px }
main > * {
  box-sizing: border-box;
  width: 100%;
  max-width: 440px;
  padding: 28px 28px 20px;
  border-radius: 16px;
  background: light-dark(#fff, #222427);
  box-shadow: 0 1px 2px rgb(0 0 0 / .08), 0 12px 32px rgb(0 0 0 / .06);
}
main > tw-account { max-width: 880px }
main > [hidden] { display: none }
@media (max-width: 480px) { main > * { padding: 20px 18px 16px } }
`

/** Shows one widget or the other, as these tell. */
const SWITCH = `
const [signIn, account] = ['tw-sign-in', 'tw-account'].map((tag) => document.querySelector(tag))
const show = (isSignedIn) => { signIn.hidden = isSignedIn; account.hidden = !isSignedIn }
addEventListener('tw-signed-in', () => show(true))
addEventListener('tw-signed-out', () => show(false))
`

function loaderTag({ version, files }: WidgetFiles, { publicId }: Tenant, nonce: string): string {
  const { integrity } = files.get('loader.js')!
  return `<script async src="widgets/${escapeHtml(version)}/loader.js" integrity="${integrity}" crossorigin="anonymous" nonce="${nonce}" data-tenant="${escapeHtml(publicId)}"></script>`
}

function policy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "require-trusted-types-for 'script'",
    'trusted-types tillwright',
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

interface Document {
  readonly title: string
  readonly body: string
  readonly nonce: string
  readonly head?: string
}

function document({ title, body, nonce, head = '' }: Document): string {
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">' +
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">' +
    `<link rel="icon" href="data:,"><title>${escapeHtml(title)}</title><style nonce="${nonce}">${STYLE}</style>${head}</head>` +
    `<body>${body}</body></html>`
  )
}
