import { MAX_RECORD_BYTES, type RecordSplitter } from './csv.ts'

export interface JsonLinesSink {
  object(value: Readonly<Record<string, unknown>>, line: number): void
  /** A line that cannot be read; `raw` is its beginning. Reading goes on with the line after it. */
  broken(line: number, reason: string, raw: string): void
}

const NEWLINE = 10
const MAX_RAW_BYTES = 4_096
const TOO_LONG = `a line of more than ${MAX_RECORD_BYTES} bytes`

/** Splits JSON lines that arrive in pieces: one object a line; empty lines are passed over. */
export function jsonLinesSplitter(sink: JsonLinesSink): RecordSplitter {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest: Uint8Array = new Uint8Array()
  let line = 1
  /** Within a line that is too long. */
  let isSkipping = false

  function take(piece: Uint8Array): void {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    let at = 0
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, at)) {
      readLine(bytes.subarray(at, end))
      at = end + 1
      line++
    }
    rest = bytes.subarray(at)
    if (!isSkipping && rest.length > MAX_RECORD_BYTES) {
      refuse(TOO_LONG, rest)
      isSkipping = true
    }
    if (isSkipping) rest = rest.subarray(rest.length)
  }

  function readLine(bytes: Uint8Array): void {
    if (isSkipping) isSkipping = false
    else if (bytes.length > MAX_RECORD_BYTES) refuse(TOO_LONG, bytes)
    else {
      const problem = readObject(bytes)
      if (problem) refuse(problem, bytes)
    }
  }

  /** Gives what is wrong with the line, if anything is. */
  function readObject(bytes: Uint8Array): string | undefined {
    let text: string
    try {
      text = decoder.decode(bytes).trim()
    } catch {
      return 'holds bytes that are not UTF-8'
    }
    if (text === '') return undefined
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      return 'is not JSON'
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'is JSON but not an object'
    sink.object(value as Record<string, unknown>, line)
    return undefined
  }

  function refuse(reason: string, bytes: Uint8Array): void {
    sink.broken(line, reason, new TextDecoder().decode(bytes.subarray(0, MAX_RAW_BYTES)).trim())
  }

  return {
    push: take,
    end() {
      if (rest.length > 0) readLine(rest)
      rest = rest.subarray(rest.length)
    },
  }
}
