import type { Tenant } from '../context.ts'
import { preferredLanguage } from '../http/preferred-language.ts'
import type { SecretBytes } from '../ports.ts'
import { escapeHtml, htmlAnswer, type Page } from './page.ts'
import type { WidgetFiles } from './widget-files.ts'

export interface SignInPagePorts {
  readonly secretBytes: SecretBytes
  /** By public id; for `null` the only one there is. */
  readonly findTenant: (publicId: string | null) => Promise<Tenant | undefined>
}

/**
 * `/sign-in?tenant=ten_…`: where mailed links lead. The page names its tenant; nobody else can let it name another.
 * `/auth/{provider}/callback` is the same page: providers send browsers there, with a state that names the tenant first. It
 * changes nothing by being opened; what it was given is taken by a call of its own.
 */
export function signInPage(widgets: WidgetFiles | null, { secretBytes, findTenant }: SignInPagePorts): Page {
  return async ({ path, query, request }) => {
    const isLanding = LANDING.test(path)
    if (path !== '/sign-in' && !isLanding) return null
    const id = isLanding ? (query.get('state') ?? '').split('.', 1)[0]! : query.get('tenant')
    const tenant = await findTenant(id)
    const language = preferredLanguage(request.header('accept-language'), LANGUAGES)
    const words = WORDS[language]
    const nonce = Buffer.from(secretBytes(NONCE_BYTES)).toString('base64')
    if (!tenant || (id !== null && tenant.publicId !== id)) {
      return htmlAnswer(document({ language, title: words.title, body: unknown(words), nonce }), policy(nonce), 404)
    }
    const title = `${words.title} · ${tenant.name}`
    if (!widgets) return htmlAnswer(document({ language, title, body: NO_WIDGETS, nonce }), policy(nonce), 503)
    const body = `<header><h1>${escapeHtml(tenant.name)}</h1></header><main>${isLanding ? SIGN_IN : WIDGETS}</main>${isLanding ? '' : `<script nonce="${nonce}">${SWITCH}</script>`}`
    return htmlAnswer(
      document({ language, title, body, nonce, head: loaderTag(widgets, tenant, nonce, isLanding ? '../../' : '') }),
      policy(nonce),
    )
  }
}

/** Those of the widgets. */
const LANGUAGES = ['en', 'de', 'fr', 'es'] as const

interface Words {
  readonly title: string
  readonly incomplete: string
  readonly again: string
}

const WORDS: Readonly<Record<(typeof LANGUAGES)[number], Words>> = {
  en: {
    title: 'Sign in',
    incomplete: 'This link is not complete',
    again: 'Open it once more from the mail, or ask the shop for another.',
  },
  de: {
    title: 'Anmelden',
    incomplete: 'Dieser Link ist nicht vollständig',
    again: 'Öffnen Sie ihn noch einmal aus der E-Mail, oder bitten Sie den Laden um einen neuen.',
  },
  fr: {
    title: 'Connexion',
    incomplete: 'Ce lien n’est pas complet',
    again: 'Ouvrez-le encore une fois depuis l’e-mail, ou demandez-en un autre à la boutique.',
  },
  es: {
    title: 'Iniciar sesión',
    incomplete: 'Este enlace no está completo',
    again: 'Ábralo de nuevo desde el correo, o pida otro a la tienda.',
  },
}

const NONCE_BYTES = 16
const LANDING = /^\/auth\/[a-z][a-z0-9-]{0,31}\/callback$/

// An empty picture of the widget's height keeps its place until the widget is there.
const SIGN_IN = '<tw-sign-in><svg width="100%" height="480" aria-hidden="true"></svg></tw-sign-in>'
const WIDGETS = `${SIGN_IN}<tw-account hidden></tw-account>`
const unknown = ({ incomplete, again }: Words) =>
  `<main><section><h1>${escapeHtml(incomplete)}</h1><p>${escapeHtml(again)}</p></section></main>`
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

function loaderTag({ version, files }: WidgetFiles, { publicId }: Tenant, nonce: string, root: string): string {
  const { integrity } = files.get('loader.js')!
  return `<script async src="${root}widgets/${escapeHtml(version)}/loader.js" integrity="${integrity}" crossorigin="anonymous" nonce="${nonce}" data-tenant="${escapeHtml(publicId)}"></script>`
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
  readonly language: string
  readonly title: string
  readonly body: string
  readonly nonce: string
  readonly head?: string
}

function document({ language, title, body, nonce, head = '' }: Document): string {
  return (
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">` +
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">' +
    `<link rel="icon" href="data:,"><title>${escapeHtml(title)}</title><style nonce="${nonce}">${STYLE}</style>${head}</head>` +
    `<body>${body}</body></html>`
  )
}
