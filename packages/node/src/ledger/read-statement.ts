import {
  type CsvColumn,
  csvColumns,
  fingerprintsOf,
  readStatement,
  type Statement,
  StatementError,
  type StatementErrorCode,
  type StatementOptions,
} from '@tillwright/core/brain'

export interface ReadStatementInput {
  readonly file: Uint8Array
  readonly options: StatementOptions
}

/** What came of reading a file: its entries, each with a fingerprint, or why not. */
export type ReadStatement =
  | {
      readonly kind: 'read'
      readonly statement: Statement
      /** By account and entry. */
      readonly fingerprints: readonly (readonly string[])[]
      readonly columns: readonly CsvColumn[]
    }
  | {
      readonly kind: 'refused'
      readonly code: StatementErrorCode
      readonly message: string
      readonly columns: readonly CsvColumn[]
    }

/** Reads a file of a bank; what it cannot read is an answer, too. */
export function readStatementNow({ file, options }: ReadStatementInput): ReadStatement {
  try {
    const statement = readStatement(file, options)
    return {
      kind: 'read',
      statement,
      fingerprints: statement.accounts.map(fingerprintsOf),
      columns: statement.format === 'csv' ? csvColumns(file, options) : [],
    }
  } catch (error) {
    if (!(error instanceof StatementError)) throw error
    const { code, message } = error
    const mayBeTable = code.startsWith('ambiguous_') || (code === 'unknown_format' && hasLines(file))
    return { kind: 'refused', code, message, columns: mayBeTable ? csvColumns(file, options) : [] }
  }
}

/** A table has a header and a row, or two rows; a sentence with commas has neither. */
function hasLines(file: Uint8Array): boolean {
  const [, second = ''] = new TextDecoder('latin1')
    .decode(file.subarray(0, SAMPLE_BYTES))
    .trim()
    .split(/[\r\n]+/)
  return /\d/.test(second)
}

const SAMPLE_BYTES = 65_536

/** The same, for a thread of its own. */
export async function* readStatementFile(input: ReadStatementInput): AsyncGenerator<ReadStatement> {
  yield readStatementNow(input)
}
