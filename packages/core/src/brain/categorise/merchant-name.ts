import { tokens } from '../intent/tokens.ts'

/** What companies write behind their name to say what kind of company they are. */
const LEGAL_FORMS = new Set(
  (
    'ltd limited plc llp llc inc incorporated corp corporation co company gmbh mbh ag kg kgaa ug ohg ek ev sa sas sarl sasu srl spa snc sl slu ' +
    'bv nv vof cv oy oyj ab as asa aps sro doo dd kft zrt nyrt sp zoo ooo pty pte pvt sdn bhd kk pjsc sae'
  ).split(' '),
)
/** What stands before the star, or behind the name, and says how it was paid rather than to whom. */
const PAYMENT_WORDS = new Set(
  (
    'paypal sq square sumup zettle izettle iz stripe sp shopify wpy worldpay klarna ppl pp crv apple google pay ' +
    'pos card purchase payment debit visa vis mastercard maestro contactless ecom online'
  ).split(' '),
)
const WEB_WORDS = new Set('www http https com net org biz info shop store'.split(' '))
const COUNTRY_CODES = new Set(
  'gb gbr uk us usa de deu fr fra nl nld be ie irl es esp it ita at ch lu pl pt se no dk fi'.split(' '),
)
/** A name that is padded to a fixed width has the place behind the gap. */
const GAP = /\s{2,}|\t/
const MASKED = /\b[x*#]{2,}[\dx*#-]*|\*{2,}\d*/gi
/** Legal forms with points or spaces in them, and addresses on the web, as single words. */
const SPELLED_OUT: readonly (readonly [RegExp, string])[] = [
  [/\bs\.?\s?p\.?\s?a\.?(?=\s|$)/gi, ' spa '],
  [/\bs\.?\s?r\.?\s?l\.?(?=\s|$)/gi, ' srl '],
  [/\bs\.\s?a\.(\s?r\.\s?l\.?)?(?=\s|$)/gi, ' sa '],
  [/\bb\.\s?v\.?(?=\s|$)/gi, ' bv '],
  [/\bn\.\s?v\.?(?=\s|$)/gi, ' nv '],
  [/\bsp\.?\s?z\.?\s?o\.?\s?o\.?(?=\s|$)/gi, ' zoo '],
  [/\bs\.\s?r\.\s?o\.?(?=\s|$)/gi, ' sro '],
  [/\bco\.(uk|jp|nz|za|in)\b/gi, ' com '],
  [/\.(com|net|org|co|de|fr|nl|it|es|eu|io|uk|ie|at|ch|be|pl)\b/gi, ' com '],
]
const HAS_DIGIT = /\p{N}/u

export interface MerchantNameOptions {
  /** Words, in lower case, that are places and not names where they end a descriptor: `london`, `leeds`. */
  readonly places?: ReadonlySet<string>
}

/**
 * The name in what a bank or card scheme writes of a payment: `PAYPAL *FIGMA INC 4029357733 GB` is `figma`, `TESCO STORES 3858` is
 * `tesco stores`. Case, accents, numbers, dates, masked cards, payment services, legal forms, web addresses, a country at the end and what
 * stands behind a gap of spaces are dropped, as are given places at the end. Where nothing would be left, what it had is kept. Empty for
 * a text without a letter or digit.
 */
export function merchantName(text: string, { places }: MerchantNameOptions = {}): string {
  const all = words(text)
  const named = words(beforeGap(afterStar(text)))
  let kept = named.filter((word) => !HAS_DIGIT.test(word) && !LEGAL_FORMS.has(word) && !WEB_WORDS.has(word))
  while (kept.length > 1 && (COUNTRY_CODES.has(kept.at(-1)!) || places?.has(kept.at(-1)!))) kept = kept.slice(0, -1)
  const own = kept.filter((word) => !PAYMENT_WORDS.has(word))
  if (own.length > 0) return own.join(' ')
  if (kept.length > 0) return kept.join(' ')
  return (named.length > 0 ? named : all).join(' ')
}

function words(text: string): string[] {
  let spelled = text.slice(0, 400).replace(MASKED, ' ')
  for (const [pattern, word] of SPELLED_OUT) spelled = spelled.replace(pattern, word)
  return tokens(spelled).filter((word) => /[\p{L}\p{N}]/u.test(word))
}

/** `SQ *COFFEE CART` is the coffee cart; `AMZN MKTP*2H4AB` is Amazon, and a code. */
function afterStar(text: string): string {
  const at = text.indexOf('*')
  if (at < 0) return text
  const [before, after] = [text.slice(0, at), text.slice(at + 1)]
  const service = tokens(before)
  const isService = service.length > 0 && service.every((word) => PAYMENT_WORDS.has(word))
  return (isService || service.length === 0) && /\p{L}{2}/u.test(after) ? after : before
}

function beforeGap(text: string): string {
  const [name = ''] = text.trim().split(GAP)
  return /\p{L}{2}/u.test(name) ? name : text
}
