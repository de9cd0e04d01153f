export { extractReceipt } from './extract-receipt.ts'
export type {
  Box,
  ExtractedReceipt,
  ExtractOptions,
  ReceiptAmount,
  ReceiptDateOrder,
  ReceiptField,
  ReceiptItem,
  ReceiptLine,
} from './types.ts'
