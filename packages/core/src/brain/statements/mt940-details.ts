import { plain } from './collect.ts'

/** What :86: (or the private :NS:) tells of an entry. */
export interface EntryDetails {
  readonly counterparty: string
  readonly text: string
  readonly reference: string | null
}

/** Lines of this length were cut, and words with them. */
const FULL_LINE = 65
/** A three-digit code, a sign, and two digits: the subfields of the ZKA and of many banks beyond Germany. */
const SUBFIELDS = /^\s*\d{3}([?>~^+|$@#])(?=\d{2})/
/** A subfield of this length goes on in the next one without a space. */
const FULL_SUBFIELD = 27
/** Keys of SEPA within the purpose: `EREF+12SVWZ+Rent`, or with a colon after a space. */
const SEPA =
  /(EREF|KREF|MREF|BREF|RREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|DDAT)[+]|(?<=^|\s)(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC): |(MTLG):/g
/** Keys between slashes, as in the Netherlands and Belgium: `/EREF/12/NAME/J JANSEN/REMI/Rent`. */
const SLASHED =
  /\/(TRTP|IBAN|BIC|NAME|REMI|EREF|MARF|CSID|PREF|RTRN|ISDT|BENM|ORDP|CNTP|ULTB|ULTD|ULTC|PURP|RREF|TRCD|ADDR|IREF|SVCL|ACCW|OCMT|CHGS|INIT|USTD|STRD|NOTPROVIDED|ID)\//g
const LABELLED: readonly (readonly ['counterparty' | 'text' | 'reference', RegExp])[] = [
  ['counterparty', /\bNAAM: ?([^/;]+)/],
  ['text', /\bTYT\.: ?([^;]+)/],
  ['counterparty', /\b(?:OD|DLA): ([^;]+)/],
  ['text', /^REMIT:(.+)/s],
  ['counterparty', /\bAUFTRAGGEBER: (.{1,70}?)(?= MITTEILUNGEN:| \d{6}[A-Z]{2}|$)/],
  ['text', /\bMITTEILUNGEN: (.+)/s],
]
const NONE = /^(NOTPROVIDED|NONREF|NOT PROVIDED)?$/i

/** Reads subfields, slash keys, labels or plain text, whichever is there. */
export function readDetails(fields: readonly (readonly string[])[], isPrivate: boolean): EntryDetails {
  if (isPrivate) return readPrivate(fields.flat())
  const whole = fields.map((lines) => lines.reduce((text, line) => text + line, ''))
  const separator = SUBFIELDS.exec(whole[0] ?? '')?.[1]
  if (separator) return readSubfields(whole.join(''), separator)
  const joined = fields
    .flat()
    .reduce((text, line, i, all) => text + (i > 0 && all[i - 1]!.length < FULL_LINE ? ' ' : '') + line, '')
  if (/^\s*\/[A-Z]{2,4}\//.test(joined)) return readSlashed(joined)
  return readLabelled(joined)
}

function readSubfields(text: string, separator: string): EntryDetails {
  const parts = text
    .split(separator)
    .slice(1)
    .filter((part) => /^\d{2}/.test(part))
  const of = (from: number, to: number) =>
    parts
      .filter((part) => Number(part.slice(0, 2)) >= from && Number(part.slice(0, 2)) <= to)
      .map((part) => part.slice(2))
  const purpose = join([...of(20, 29), ...of(60, 63)])
  const keyed = keyedParts(purpose, SEPA)
  const [kind = ''] = of(0, 0)
  const remittance = keyed.get('SVWZ') ?? keyed.get('') ?? ''
  return {
    counterparty: plain(join(of(32, 33)) || keyed.get('ABWA') || keyed.get('ABWE')),
    text: plain(remittance) || plain(kind),
    reference: referenceIn(keyed, 'EREF', 'KREF'),
  }
}

function join(parts: readonly string[]): string {
  return parts.reduce((text, part, i) => text + (i > 0 && parts[i - 1]!.length < FULL_SUBFIELD ? ' ' : '') + part, '')
}

function readSlashed(text: string): EntryDetails {
  const keyed = keyedParts(text, SLASHED)
  // /CNTP/account/bank/name/town/
  const counterparty = keyed.get('NAME') ?? keyed.get('CNTP')?.split('/')[2]
  const remittance = keyed.get('REMI') || keyed.get('USTD') || keyed.get('STRD') || keyed.get('TRTP') || ''
  return {
    counterparty: plain(counterparty?.replace(/\/+$/, '')),
    text: plain(remittance.replace(/^(USTD|STRD)?\/+|\/+$/g, '')) || plain(text),
    reference: referenceIn(keyed, 'EREF', 'PREF'),
  }
}

function readLabelled(text: string): EntryDetails {
  const found: { counterparty?: string; text?: string; reference?: string } = {}
  for (const [field, pattern] of LABELLED) found[field] ??= pattern.exec(text)?.[1]
  return { counterparty: plain(found.counterparty), text: plain(found.text ?? text), reference: null }
}

/** Numbered lines: 01 to 14 the purpose, 15 and 16 the name, 17 the kind. */
function readPrivate(lines: readonly string[]): EntryDetails {
  const of = (from: number, to: number) =>
    lines
      .filter((line) => /^\d{2}/.test(line) && Number(line.slice(0, 2)) >= from && Number(line.slice(0, 2)) <= to)
      .map((line) => line.slice(2))
  return {
    counterparty: plain(of(15, 16).join(' ')),
    text: plain(of(1, 14).join(' ')) || plain(of(17, 17).join('')),
    reference: null,
  }
}

/** Text behind each key, up to the next one; what stands before the first under the empty key. The first of equal keys counts. */
function keyedParts(text: string, keys: RegExp): Map<string, string> {
  const matches = [...text.matchAll(keys)]
  const parts = new Map([['', text.slice(0, matches[0]?.index ?? text.length)]])
  matches.forEach((match, i) => {
    const part = text.slice(match.index + match[0].length, matches[i + 1]?.index)
    const key = match.slice(1).find((group) => group !== undefined)!
    if (!parts.get(key)) parts.set(key, part)
  })
  return parts
}

function referenceIn(keyed: ReadonlyMap<string, string>, ...keys: readonly string[]): string | null {
  return keys.map((key) => plain(keyed.get(key)?.replace(/\/+$/, ''))).find((text) => !NONE.test(text)) ?? null
}
