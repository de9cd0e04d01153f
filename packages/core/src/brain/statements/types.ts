export type StatementFormat = 'ofx' | 'qif' | 'camt' | 'mt940' | 'csv'
export type DateOrder = 'dmy' | 'mdy' | 'ymd'
export type DecimalMark = '.' | ','

/** A balance as the bank gives it; negative where the account is overdrawn. */
export interface StatementBalance {
  /** Minor units of `currency`. */
  readonly amount: number
  readonly currency: string
  /** A calendar day, `2026-03-31`, where the file says which. */
  readonly on: string | null
}

export interface StatementTransaction {
  /** The calendar day, `2026-03-31`, on which the bank booked it, in the bank's own time. */
  readonly bookedAt: string
  /** The calendar day from which it counts for interest. */
  readonly valuedAt: string | null
  /** Minor units of `currency`; positive where money came in. */
  readonly amount: number
  /** ISO 4217; `XXX` where neither the file nor the options name one. */
  readonly currency: string
  /** Who paid or was paid; empty where the file does not keep it apart from the text. */
  readonly counterparty: string
  readonly text: string
  /** What both sides know it by: an end-to-end id, a cheque's number; null for none. */
  readonly reference: string | null
  /** What the bank knows it by: FITID, AcctSvcrRef, the reference behind `//` of :61:. Not always unique. */
  readonly bankId: string | null
  readonly isPending: boolean
  /** The balance after it, where the file has one with each entry. */
  readonly balanceAfter: number | null
  /** Where it stands in the file, from 1. */
  readonly line: number
}

/** One statement within a file; a file may hold many of one account, for example one a day. */
export interface StatementPeriod {
  readonly openingBalance: StatementBalance | null
  readonly closingBalance: StatementBalance | null
  /** Its transactions are `transactions.slice(from, to)` of the account. */
  readonly from: number
  readonly to: number
}

export interface StatementAccount {
  /** As the file writes it: an IBAN, a number, a card; empty where it names none. */
  readonly id: string
  /** ISO 4217; `XXX` for unknown. */
  readonly currency: string
  readonly transactions: readonly StatementTransaction[]
  /** Of the first statement of the account in the file. */
  readonly openingBalance: StatementBalance | null
  /** Of the last one. */
  readonly closingBalance: StatementBalance | null
  readonly statements: readonly StatementPeriod[]
}

/** An entry that could not be read; the others of the file are there. */
export interface RejectedEntry {
  readonly line: number
  readonly reason: string
}

export interface Statement {
  readonly format: StatementFormat
  readonly accounts: readonly StatementAccount[]
  /** What a person should know before they take it over: a currency that is assumed, balances that do not follow each other. */
  readonly warnings: readonly string[]
  readonly rejected: readonly RejectedEntry[]
}

/** What a column of a CSV is. */
export type ColumnRole =
  | 'bookedAt'
  | 'valuedAt'
  | 'amount'
  | 'debit'
  | 'credit'
  | 'direction'
  | 'currency'
  | 'counterparty'
  | 'text'
  | 'reference'
  | 'bankId'
  | 'balance'
  | 'account'
  | 'status'

export interface StatementOptions {
  /** ISO 4217, for files that name none (QIF, most CSV). Default `XXX`, which has two decimals. */
  readonly currency?: string
  /** How days such as 01/02/2026 are meant. Default: found in the file; refused where it does not tell. */
  readonly dateOrder?: DateOrder
  /** What separates decimals. Default: found in the file; refused where it does not tell. */
  readonly decimalMark?: DecimalMark
  /** Of CSV: which column is what, by number from 0 or by the header's text. Default: found by the header, or by what is in the columns. */
  readonly columns?: Readonly<Partial<Record<ColumnRole, number | string>>>
  /** Of files that do not say: a label of `TextDecoder`. Default: UTF-8, and Windows-1252 where it is none. */
  readonly encoding?: string
  /** Larger files are refused before they are read. Default 16 MiB. */
  readonly maxBytes?: number
  /** Default 200,000. */
  readonly maxTransactions?: number
}
