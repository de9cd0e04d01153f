import type { Tenant } from '../context.ts'
import type { Database } from '../db/open.ts'
import { preferredLanguage } from '../http/preferred-language.ts'
import { escapeHtml, htmlAnswer, type Page } from '../pages/page.ts'
import type { SecretBytes } from '../ports.ts'
import { RECEIPT_POLICY, RECEIPT_STYLE, receiptArticle } from './format/html.ts'
import { sayReceipt } from './format/say.ts'
import { receiptDocument } from './handlers.ts'
import type { ReceiptPdf } from './ports.ts'
import type { ReceiptsService } from './service.ts'

export interface ReceiptPagePorts {
  readonly database: Database
  readonly service: Pick<ReceiptsService, 'followLink'>
  readonly pdf: ReceiptPdf
  readonly secretBytes: SecretBytes
  readonly findTenant: (publicId: string) => Promise<Tenant | undefined>
}

const PATH = /^\/receipt\/(ten_[0-9a-z]{26})\.([\w-]{20,64})$/
const NONCE_BYTES = 16

/**
 * `/receipt/{tenant}.{token}`: where mailed receipts lead. It shows the receipt as it stands today, `?format=pdf` as a file. A
 * link that has run out asks for the address that the receipt went to, and has another sent there.
 */
export function receiptPage({ database, service, pdf, secretBytes, findTenant }: ReceiptPagePorts): Page {
  return async ({ path, query, request }) => {
    const [, publicId, token] = PATH.exec(path) ?? []
    if (publicId === undefined || token === undefined) return null
    const words = WORDS[preferredLanguage(request.header('accept-language'), LANGUAGES)]
    const tenant = await findTenant(publicId)
    const found = tenant && (await service.followLink(database.tenant(tenant.id), token))
    if (!tenant || !found)
      return htmlAnswer(document(words.unknown, message(words.unknown, words.again)), RECEIPT_POLICY, 404)
    if ('expired' in found) {
      const nonce = Buffer.from(secretBytes(NONCE_BYTES)).toString('base64')
      const body = form(words) + script(nonce, tenant, found.expired, words)
      return htmlAnswer(
        document(words.expired, body),
        `${RECEIPT_POLICY}; script-src 'nonce-${nonce}'; connect-src 'self'`,
        410,
      )
    }
    const { receipt } = found
    if (query.get('format') === 'pdf') {
      const { body, filename } = await receiptDocument(receipt, 'pdf', tenant.timeZone, pdf)
      return {
        status: 200,
        headers: {
          'content-type': 'application/pdf',
          'content-disposition': `inline; filename="${filename}"`,
          'cache-control': 'no-store',
          'referrer-policy': 'no-referrer',
        },
        body,
      }
    }
    const said = sayReceipt(receipt, tenant.timeZone)
    const save = `<p class="save"><a href="?format=pdf">${escapeHtml(words.save)}</a></p>`
    return htmlAnswer(
      document(said.title, `<main>${save}${receiptArticle(said)}</main>`, said.language, said.direction),
      RECEIPT_POLICY,
    )
  }
}

const LANGUAGES = ['en', 'de', 'fr', 'es'] as const

interface Words {
  readonly save: string
  readonly unknown: string
  readonly again: string
  readonly expired: string
  readonly ask: string
  readonly email: string
  readonly send: string
  readonly sent: string
  readonly failed: string
}

const WORDS: Readonly<Record<(typeof LANGUAGES)[number], Words>> = {
  en: {
    save: 'Save as PDF',
    unknown: 'This link is not complete',
    again: 'Open it once more from the mail, or ask the shop for another.',
    expired: 'This link has run out',
    ask: 'Type the e-mail address to which the receipt was sent, and a new link goes there.',
    email: 'E-mail address',
    send: 'Send a new link',
    sent: 'If that is the address, a new link is on its way. Look into your mail.',
    failed: 'That did not work. Check the address, or try again in a minute.',
  },
  de: {
    save: 'Als PDF speichern',
    unknown: 'Dieser Link ist nicht vollständig',
    again: 'Öffnen Sie ihn noch einmal aus der E-Mail, oder bitten Sie den Laden um einen neuen.',
    expired: 'Dieser Link ist abgelaufen',
    ask: 'Geben Sie die E-Mail-Adresse ein, an die der Beleg ging; ein neuer Link wird dorthin gesendet.',
    email: 'E-Mail-Adresse',
    send: 'Neuen Link senden',
    sent: 'Wenn das die Adresse ist, ist ein neuer Link unterwegs. Sehen Sie in Ihrem Postfach nach.',
    failed: 'Das hat nicht geklappt. Prüfen Sie die Adresse, oder versuchen Sie es in einer Minute noch einmal.',
  },
  fr: {
    save: 'Enregistrer en PDF',
    unknown: 'Ce lien n’est pas complet',
    again: 'Ouvrez-le encore une fois depuis l’e-mail, ou demandez-en un autre à la boutique.',
    expired: 'Ce lien a expiré',
    ask: 'Saisissez l’adresse e-mail à laquelle le reçu a été envoyé : un nouveau lien y sera envoyé.',
    email: 'Adresse e-mail',
    send: 'Envoyer un nouveau lien',
    sent: 'Si c’est la bonne adresse, un nouveau lien est en route. Consultez votre messagerie.',
    failed: 'Cela n’a pas fonctionné. Vérifiez l’adresse ou réessayez dans une minute.',
  },
  es: {
    save: 'Guardar como PDF',
    unknown: 'Este enlace no está completo',
    again: 'Ábralo de nuevo desde el correo, o pida otro a la tienda.',
    expired: 'Este enlace ha caducado',
    ask: 'Escriba la dirección de correo a la que se envió el recibo y enviaremos allí un enlace nuevo.',
    email: 'Correo electrónico',
    send: 'Enviar un enlace nuevo',
    sent: 'Si es esa la dirección, el enlace nuevo va en camino. Mire su correo.',
    failed: 'No ha funcionado. Compruebe la dirección o inténtelo de nuevo en un minuto.',
  },
}

function document(title: string, body: string, language = 'en', direction = 'ltr'): string {
  return (
    `<!doctype html><html lang="${escapeHtml(language)}" dir="${direction}"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">` +
    `<meta name="referrer" content="no-referrer"><title>${escapeHtml(title)}</title><style>${RECEIPT_STYLE}${STYLE}</style></head>` +
    `<body>${body}</body></html>`
  )
}

const STYLE = `
body { min-height: 100dvh }
.save { max-width: 720px; margin: 0 auto; padding: 16px; text-align: end }
label { display: block; margin: 24px 0 4px; font-weight: 600 }
input, button { box-sizing: border-box; width: 100%; padding: 12px; border: 1px solid light-dark(#8b8880, #77746d); border-radius: 8px; font: inherit }
button { margin-top: 12px; border-color: transparent; background: light-dark(#1d1d1b, #eceae6); color: light-dark(#fff, #17181a); font-weight: 600; cursor: pointer }
:focus-visible { outline: 3px solid light-dark(#2457c5, #8fb2ff); outline-offset: 2px }
@media print { .save { display: none } }
`

const message = (title: string, text: string) =>
  `<main><article><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p></article></main>`

const form = ({ expired, ask, email, send }: Words) =>
  `<main><article><h1>${escapeHtml(expired)}</h1><form><p>${escapeHtml(ask)}</p>` +
  `<label for="email">${escapeHtml(email)}</label><input id="email" type="email" autocomplete="email" maxlength="254" required>` +
  `<button>${escapeHtml(send)}</button></form><p role="status"></p></article></main>`

/** Calls the API for the tenant that the page names. */
function script(nonce: string, tenant: Tenant, receiptId: string, { sent, failed }: Words): string {
  const data = JSON.stringify({ tenant: tenant.publicId, receiptId, sent, failed }).replace(/</g, '\\u003c')
  return `<script nonce="${nonce}">
const known = ${data}
const form = document.querySelector('form')
form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const status = document.querySelector('[role=status]')
  const answer = await fetch('../api/v1/receipt/resend', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-tillwright-tenant': known.tenant },
    body: JSON.stringify({ receiptId: known.receiptId, email: form.email.value }),
  }).catch(() => null)
  status.textContent = answer?.ok ? known.sent : known.failed
  if (answer?.ok) form.hidden = true
})
</script>`
}
