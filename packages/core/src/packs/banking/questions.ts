import { EVERYDAY_QUESTIONS } from '../everyday/questions.ts'

/** Frequent questions that the bank's own words answer: intent → what it is about, for people. */
export const BANKING_QUESTIONS: Readonly<Record<string, string>> = {
  ...EVERYDAY_QUESTIONS,
  card_abroad: 'using your card abroad',
  account_details: 'your account details',
  open_account: 'opening an account',
  loans: 'loans and overdrafts',
  cash_machine: 'cash machines and branches',
  opening_hours: 'opening hours',
}
