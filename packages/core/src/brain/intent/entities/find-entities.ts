import { MAX_UNITS } from '../tokens.ts'
import { dayAt, isoOf } from './calendar-day.ts'
import { findEnglishDates } from './english-dates.ts'
import { findMoney } from './find-money.ts'
import { findNames } from './find-names.ts'
import { findOrdinals } from './find-ordinals.ts'
import { boundMoney } from './money-bounds.ts'
import type { Entity, EntityContext } from './types.ts'

const EMAIL = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,3}\.\p{L}{2,24}/gu
/** `#1234`, `order 1234`, `order no. AB-1234`, or capitals and digits as `AB-12345`. */
const ORDER_ID =
  /#(?<a>[\p{L}\p{N}][\p{L}\p{N}-]{1,30})|\border\s+(?:(?:number|no\.?|id)\s+)?(?:is\s+)?(?<b>[a-z]{0,5}[-_]?\d[\w-]{2,30})|\b(?<c>[A-Z]{2,5}-?\d{4,20})\b/giu
const NUMBER =
  /(?<![\p{L}\p{N}.,-])-?\d{1,3}(?:,\d{3})+(?:\.\d{1,9})?(?![\p{L}\p{N}])|(?<![\p{L}\p{N}.,-])-?\d{1,12}(?:\.\d{1,9})?(?![\p{L}\p{N}])/gu
const WORDS = new Map(
  'zero one two three four five six seven eight nine ten eleven twelve'.split(' ').map((word, value) => [word, value]),
)
const NUMBER_WORD = new RegExp(`\\b(?:${[...WORDS.keys()].join('|')})\\b`, 'gi')

/**
 * Sums of money, days, order ids, e-mail addresses, names, places in a row and numbers in an utterance, in the order in which they stand there. No two
 * overlap: what comes first in this list has the first say. The first 2,000 code units are read. Throws `RangeError` for a
 * time zone that is none.
 */
export function findEntities(text: string, context: EntityContext): Entity[] {
  const { now, timeZone, language = 'en', currency, prefer = 'past', orderId, lists = {} } = context
  const read = text.slice(0, MAX_UNITS)
  const found: Entity[] = []
  const add = (entity: Entity) => {
    if (!found.some(({ from, to }) => entity.from < to && from < entity.to)) found.push(entity)
  }
  const at = (from: number, to: number) => ({ text: read.slice(from, to), from, to })

  for (const match of read.matchAll(EMAIL)) {
    add({ kind: 'email', address: match[0], ...at(match.index, match.index + match[0].length) })
  }
  for (const { from, to, ...sum } of boundMoney(read, findMoney(read, currency))) {
    add({ kind: 'money', ...sum, ...at(from, to) })
  }
  const reading = { today: dayAt(now, timeZone), prefer, isMonthFirst: language.toLowerCase() === 'en-us' }
  for (const { first, last, from, to } of findEnglishDates(read, reading)) {
    add({ kind: 'dates', first: isoOf(first), last: isoOf(last), ...at(from, to) })
  }
  for (const { id, from, to } of orderIds(read, orderId)) add({ kind: 'order-id', id, ...at(from, to) })
  for (const { from, to, ...name } of findNames(read, lists)) add({ kind: 'name', ...name, ...at(from, to) })
  for (const { value, from, to } of findOrdinals(read)) add({ kind: 'ordinal', value, ...at(from, to) })
  for (const match of read.matchAll(NUMBER)) {
    const value = Number(match[0].replaceAll(',', ''))
    add({ kind: 'number', value, ...at(match.index, match.index + match[0].length) })
  }
  for (const match of read.matchAll(NUMBER_WORD)) {
    const value = WORDS.get(match[0].toLowerCase())!
    add({ kind: 'number', value, ...at(match.index, match.index + match[0].length) })
  }
  return found.sort((a, b) => a.from - b.from)
}

function orderIds(text: string, own: RegExp | undefined): { id: string; from: number; to: number }[] {
  if (own) {
    return [...text.matchAll(/[^\s,;!?]+/g)].flatMap((match) => {
      const word = match[0].replace(/^[#("']+|[.)"':]+$/g, '')
      const from = match.index + match[0].indexOf(word)
      const isId = new RegExp(`^(?:${own.source})$`, own.flags.replace(/[gy]/g, '')).test(word)
      return isId ? [{ id: word, from, to: from + word.length }] : []
    })
  }
  return [...text.matchAll(ORDER_ID)].map((match) => {
    const { a, b, c } = match.groups!
    const id = (a ?? b ?? c)!
    const from = match.index + match[0].lastIndexOf(id)
    return { id, from, to: from + id.length }
  })
}
