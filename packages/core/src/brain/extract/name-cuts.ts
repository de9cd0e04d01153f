import { bare } from './fold.ts'

/** A way of taking a name out of a text, and the text that it leaves. */
export interface Cut {
  readonly name: string
  readonly way: string
}

/** What companies' names end with. */
export const LEGAL_END =
  /(?:\bSDN\.? ?BHD\b|\bBHD\b|\bS\/B\b|\bLTD\b|\bLIMITED\b|\bPLC\b|\bLL[CP]\b|\bINC\b|\bCORP\b|\bCO\b|\bGMBH(?: ?& ?CO\.? ?KG)?\b|\bAG\b|\bOHG\b|\bE\. ?K\b|\bSARL\b|\bSASU?\b|\bS\.?A\b|\bS\.?L\.?U?\b|\bS\.?R\.?L\b|\bS\.?P\.?A\b|\bB\.?V\b|\bAB\b|\bOY\b|\bAPS\b|\bPLT\b|\bENTERPRISES?\b|\bTRADING\b)\.?/giu
/** A number that a company is registered by, in brackets or not, with all that follows it. */
export const REGISTRATION =
  /\s*(?:[([]\s?(?:CO\.? ?(?:REG)?\.?(?: ?NO)?\.? ?:? ?)?[\dA-Z-]*\d{3,}[^)]*[)\]]?|\b\d{5,}\s?-\s?[A-Z]\b).*$/iu
const OWNER =
  /^.*?(?:\b(?:OWNED|OWNER|OWN|OPERATED|MANAGED|LICENSEE|DIMILIKI|INH\.?|INHABER)\b(?: (?:BY|OLEH|OF))?|\b[DO]W?NED? BY)\s?:?\s*/iu
const FROM_PHRASE =
  /\b(?:(?:receipt|invoice|order|purchase|payment) (?:from|at|with|to)|thank(?:s| you) for (?:shopping|your (?:order|purchase|payment)) (?:at|from|with|to)|from|you (?:paid|bought from)|rechnung von|(?:Ihre )?bestellung bei|facture de|commande chez|achat chez|(?:su )?compra en|pedido en|recibo de)\s*:?\s+(.{2,60}?)(?:\s*<[^>]*>|\s+(?:on|for|am|le|el)\s.*|\s*[#(].*|[.!,:]\s.*|[.!]?)$/iu

/** The text as it is, and without what often stands before or after a name: registrations, owners, numbers, phrases. */
export function cutsOf(text: string): Cut[] {
  const cuts: Cut[] = [{ name: text, way: 'all' }]
  const isNew = (name: string) => bare(name) !== '' && cuts.every((cut) => bare(cut.name) !== bare(name))
  const add = (name: string, way: string) => {
    if (isNew(name)) cuts.push({ name, way })
  }
  add(text.replace(REGISTRATION, ''), 'unregistered')
  add(text.replace(/\s*\([^)]*\)?\s*$/, ''), 'unbracketed')
  const owner = text.replace(OWNER, '')
  add(owner.replace(REGISTRATION, ''), 'owner')
  add(text.replace(/^(?:#[\d\s.-]+|[\d.-]{4,}\s)(?=\p{L})/u, '').replace(REGISTRATION, ''), 'unnumbered')
  for (const match of text.matchAll(LEGAL_END)) add(text.slice(0, match.index + match[0].length), 'legal')
  const from = FROM_PHRASE.exec(text)?.[1]
  if (from) add(from, 'from')
  const split = text.split(/\s+[-|@]\s+|\s{2,}|\s*[:|]\s*/)
  if (split.length > 1) add(split[0]!, 'head')
  return cuts
}
