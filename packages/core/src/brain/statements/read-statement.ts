import { readCamt } from './camt.ts'
import { createCollector, NO_CURRENCY } from './collect.ts'
import { readCsv } from './csv.ts'
import { decode } from './decode.ts'
import { StatementError } from './errors.ts'
import { readMt940 } from './mt940.ts'
import { readOfx } from './ofx.ts'
import { readQif } from './qif.ts'
import type { Statement, StatementFormat, StatementOptions } from './types.ts'

const MAX_BYTES = 16 * 1024 * 1024
const MAX_TRANSACTIONS = 200_000
const HEAD = 8_192

/**
 * Reads a bank's statement: CAMT.052, .053 or .054, MT940 or MT942, OFX, QIF or CSV, whichever it is. Amounts are exact, in minor units of their
 * currency; days are the bank's. Entries that cannot be read are in `rejected`, each with its line; the rest of the file counts.
 *
 * Throws `StatementError` for a file of which nothing can be used: too large, binary, cut short, of another kind, with days or amounts that can be
 * read in two ways, or without one readable entry. Time and memory grow with the size of the file, which is bounded first.
 */
export function readStatement(source: Uint8Array | string, options: StatementOptions = {}): Statement {
  const { maxBytes = MAX_BYTES, maxTransactions = MAX_TRANSACTIONS, currency = NO_CURRENCY } = options
  if (!/^[A-Z]{3}$/.test(currency)) throw new TypeError(`currency must be a code such as EUR, got ${currency}`)
  if (source.length > maxBytes) {
    throw new StatementError('too_large', `The file has ${source.length} bytes, more than ${maxBytes}: split it`)
  }
  const text = (typeof source === 'string' ? source : decode(source, options.encoding))
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
  if (text.trim() === '') throw new StatementError('empty', 'The file is empty')
  const format = formatOf(text)
  const collector = createCollector(maxTransactions)
  const read = {
    camt: () => readCamt(text, collector, currency),
    mt940: () => readMt940(text, collector, currency),
    ofx: () => readOfx(text, collector, currency),
    qif: () => readQif(text, collector, options, currency),
    csv: () => readCsv(text, collector, { ...options, maxTransactions }, currency),
  }
  return collector.finish(format, read[format]())
}

function formatOf(text: string): StatementFormat {
  const head = text.slice(0, HEAD)
  if (/^\s*OFXHEADER|<\?OFX\b|<OFX\s*>/i.test(head)) return 'ofx'
  if (/^\s*<!doctype html|^\s*<html\b/i.test(head))
    throw new StatementError('unknown_format', 'The file is a web page, not a statement')
  if (/^\s*</.test(head)) return 'camt'
  if (/^![ ]?(type|account|option|clear)\b/im.test(head)) return 'qif'
  if (/^:(20|25P?|28C?|60[FM]|61|62[FM]|64|86|NS):/m.test(head)) return 'mt940'
  if (/^\s*[[{]/.test(head)) throw new StatementError('unknown_format', 'The file is JSON, not a statement')
  return 'csv'
}
