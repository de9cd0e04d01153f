export { type ReceiptsDomain, receiptsDomain } from './domain.ts'
export { receiptPage } from './link-page.ts'
