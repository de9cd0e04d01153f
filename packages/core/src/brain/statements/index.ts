export { balancesAgree } from './balance-check.ts'
export { type CsvColumn, csvColumns } from './csv-layout.ts'
export { StatementError, type StatementErrorCode } from './errors.ts'
export { fingerprintsOf } from './fingerprints.ts'
export { readStatement } from './read-statement.ts'
export type {
  ColumnRole,
  DateOrder,
  DecimalMark,
  RejectedEntry,
  Statement,
  StatementAccount,
  StatementBalance,
  StatementFormat,
  StatementOptions,
  StatementPeriod,
  StatementTransaction,
} from './types.ts'
