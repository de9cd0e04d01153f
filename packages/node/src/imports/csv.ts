import { Interner } from './interner.ts'

/** Longest record in bytes. A longer one is a broken quote or not a table. */
export const MAX_RECORD_BYTES = 1 << 20

export interface RecordSink {
  record(fields: string[], line: number): void
  /** A record that cannot be read; `raw` is its first physical line. Reading goes on with the line after it. */
  broken(line: number, reason: string, raw: string): void
}

/** Takes a file's bytes in pieces, in order, and `end` once. */
export interface RecordSplitter {
  push(bytes: Uint8Array): void
  end(): void
}

const REMEMBERED_COLUMNS = 64
const QUOTE = 34
const NEWLINE = 10
const RETURN = 13
const HASH_SEED = 0x811c9dc5
const HASH_PRIME = 0x01000193

const UNREADABLE = 'holds NUL characters or bytes that are not UTF-8'
const UNCLOSED = 'a quote is opened and never closed'
const AFTER_QUOTE = 'text follows a closing quote'

/**
 * Splits CSV (RFC 4180) that arrives in pieces: UTF-8, LF or CRLF, quoted fields with line breaks and doubled quotes, a
 * quote within an unquoted field as itself; empty lines are passed over. `line` counts physical lines from 1. Memory stays
 * below one piece and one record. A broken quote costs its own line only: reading resumes at the next one.
 */
export function csvSplitter(delimiter: string, sink: RecordSink): RecordSplitter {
  return new CsvSplitter(delimiter.charCodeAt(0), sink)
}

class CsvSplitter implements RecordSplitter {
  readonly #delimiter: number
  readonly #sink: RecordSink
  readonly #interner = new Interner()
  #bytes: Uint8Array = new Uint8Array()
  #isFinal = false
  /** Where reading is: `#at` in `#bytes`, in physical line `#line`. */
  #at = 0
  #line = 1
  /** Within a line that is too long to be a record. */
  #isSkipping = false
  /** The last unquoted field of each column, in `#bytes`: in sorted tables half the fields repeat it. Length -1: none. */
  readonly #lastStarts = new Int32Array(REMEMBERED_COLUMNS)
  readonly #lastLengths = new Int32Array(REMEMBERED_COLUMNS).fill(-1)
  readonly #lastTexts: string[] = []

  constructor(delimiter: number, sink: RecordSink) {
    this.#delimiter = delimiter
    this.#sink = sink
  }

  push(piece: Uint8Array): void {
    this.#bytes = joined(this.#bytes.subarray(this.#at), piece)
    this.#at = 0
    this.#lastLengths.fill(-1)
    this.#readRecords()
  }

  end(): void {
    this.#isFinal = true
    this.#readRecords()
  }

  #readRecords(): void {
    if (this.#isSkipping && !this.#skipLine()) return
    while (this.#at < this.#bytes.length) {
      const outcome = this.#readRecord()
      if (outcome !== 'read') {
        const isLineThere = this.#bytes.indexOf(NEWLINE, this.#at) >= 0
        // What is refused is refused whole, so that the reason never depends on how the file came in pieces.
        const isWaiting = outcome === 'incomplete' || (!isLineThere && !this.#isFinal)
        if (isWaiting && this.#bytes.length - this.#at <= MAX_RECORD_BYTES) return
        this.#refuseLine(outcome !== 'incomplete' ? outcome : isLineThere ? UNCLOSED : tooLong)
      }
      if (this.#isSkipping) return
    }
  }

  /** Reads the record at `#at`; says why not where it is broken, and then stays. */
  #readRecord(): 'read' | 'incomplete' | string {
    const bytes = this.#bytes
    const { length } = bytes
    const delimiter = this.#delimiter
    const interner = this.#interner
    const fields: string[] = []
    let isReadable = true
    let lines = 1
    let at = this.#at
    for (;;) {
      let text: string | null
      if (bytes[at] === QUOTE) {
        const close = this.#closingQuote(at + 1)
        if (close < 0) return this.#isFinal ? UNCLOSED : 'incomplete'
        text = this.#quotedText(at + 1, close)
        if (text !== null) lines += countNewlines(text)
        at = close + 1
        if (bytes[at] === RETURN && (at + 1 === length || bytes[at + 1] === NEWLINE)) at++
        if (at < length && bytes[at] !== delimiter && bytes[at] !== NEWLINE) return AFTER_QUOTE
      } else if (this.#isRepeated(fields.length, at)) {
        text = this.#lastTexts[fields.length]!
        at += this.#lastLengths[fields.length]!
      } else {
        const start = at
        let hash = HASH_SEED
        while (at < length) {
          const byte = bytes[at]!
          if (byte === delimiter || byte === NEWLINE) break
          hash = Math.imul(hash ^ byte, HASH_PRIME)
          at++
        }
        const isLast = at === length || bytes[at] === NEWLINE
        const end = isLast && at > start && bytes[at - 1] === RETURN ? at - 1 : at
        text = interner.text(bytes, start, end, end === at ? hash : hashOf(bytes, start, end))
        if (end === at && text !== null) this.#remember(fields.length, start, end, text)
      }
      if (at === length && !this.#isFinal) return 'incomplete'
      if (text === null) isReadable = false
      fields.push(text ?? '')
      if (bytes[at] === delimiter && at < length) {
        at++
        continue
      }
      if (!isReadable) return UNREADABLE
      if (at - this.#at > MAX_RECORD_BYTES) return tooLong
      this.#at = at + 1
      if (fields.length > 1 || fields[0] !== '') this.#sink.record(fields, this.#line)
      this.#line += lines
      return 'read'
    }
  }

  /** Whether the unquoted field at `at` is the one that its column had last. */
  #isRepeated(column: number, at: number): boolean {
    if (column >= REMEMBERED_COLUMNS) return false
    const bytes = this.#bytes
    const length = this.#lastLengths[column]!
    const next = bytes[at + length]
    if (length < 0 || (next !== this.#delimiter && next !== NEWLINE)) return false
    const last = this.#lastStarts[column]!
    for (let i = 0; i < length; i++) if (bytes[at + i] !== bytes[last + i]) return false
    return true
  }

  #remember(column: number, start: number, end: number, text: string): void {
    if (column >= REMEMBERED_COLUMNS) return
    this.#lastStarts[column] = start
    this.#lastLengths[column] = end - start
    this.#lastTexts[column] = text
  }

  #closingQuote(from: number): number {
    for (let at = this.#bytes.indexOf(QUOTE, from); at >= 0; at = this.#bytes.indexOf(QUOTE, at + 2)) {
      if (at + 1 === this.#bytes.length && !this.#isFinal) return -1
      if (this.#bytes[at + 1] !== QUOTE) return at
    }
    return -1
  }

  #quotedText(start: number, end: number): string | null {
    const text = this.#interner.text(this.#bytes, start, end, hashOf(this.#bytes, start, end))
    return text?.includes('"') ? text.replaceAll('""', '"') : text
  }

  /** Gives up the physical line at `#at`. */
  #refuseLine(reason: string): void {
    const newline = this.#bytes.indexOf(NEWLINE, this.#at)
    const end = newline < 0 ? this.#bytes.length : newline
    const raw = new TextDecoder().decode(this.#bytes.subarray(this.#at, Math.min(end, this.#at + MAX_RAW_BYTES)))
    this.#sink.broken(this.#line, reason, raw.replace(/\r$/, ''))
    this.#at = end
    this.#isSkipping = true
    this.#skipLine()
  }

  /** Goes to the start of the next line, if it is there yet. */
  #skipLine(): boolean {
    const newline = this.#bytes.indexOf(NEWLINE, this.#at)
    this.#at = newline < 0 ? this.#bytes.length : newline + 1
    if (newline < 0) return false
    this.#isSkipping = false
    this.#line++
    return true
  }
}

const MAX_RAW_BYTES = 4_096
const tooLong = `a record of more than ${MAX_RECORD_BYTES} bytes`

/** FNV-1a, 32 bits. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = HASH_SEED
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, HASH_PRIME)
  return hash
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

function countNewlines(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
}

/** The delimiter of a header line: whichever of comma, semicolon and tab occurs most often. */
export function detectDelimiter(header: string): string {
  const counted = [',', ';', '\t'].map((delimiter) => ({ delimiter, count: header.split(delimiter).length }))
  return counted.reduce((best, candidate) => (candidate.count > best.count ? candidate : best)).delimiter
}
