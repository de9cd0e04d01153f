export type StatementErrorCode =
  /** Nothing in it. */
  | 'empty'
  /** More bytes, rows or depth than the options allow. */
  | 'too_large'
  /** No format that is read here: a PDF, a picture, another XML message, prose. */
  | 'unknown_format'
  /** Cut short, or against the rules of its format. */
  | 'damaged'
  /** Days such as 01/02/03 that can be read in two ways: say which with `dateOrder`. */
  | 'ambiguous_dates'
  /** Amounts such as 1.234 that can be read in two ways: say which with `decimalMark`. */
  | 'ambiguous_amounts'
  /** The bank's own message that it has no statement to give. */
  | 'bank_error'
  /** Not one entry could be read; the message is about the first. */
  | 'nothing_readable'

interface StatementErrorOptions extends ErrorOptions {
  /** From 1. */
  readonly line?: number | undefined
}

/** A statement that is refused as a whole: what was expected, what came, and where. */
export class StatementError extends Error {
  override name = 'StatementError'
  readonly code: StatementErrorCode
  /** From 1, where there is a line to name. */
  readonly line: number | undefined

  constructor(code: StatementErrorCode, message: string, { line, ...options }: StatementErrorOptions = {}) {
    super(line === undefined ? message : `Line ${line}: ${message}`, options)
    this.code = code
    this.line = line
  }
}
