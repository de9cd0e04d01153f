export { minorDigits, parseAmount } from './parse-amount.ts'
