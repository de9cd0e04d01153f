import { extractWith } from './extract-with.ts'
import { LEARNT } from './learnt.gen.ts'
import type { ExtractedReceipt, ExtractOptions, ReceiptLine } from './types.ts'

/**
 * What a receipt says: merchant, date, total, tax, currency and goods, each with a confidence, from its lines as OCR or a mail gives them.
 * Boxes, where lines have them, put parts of a row together; without them each line is a row. The first and last 1,000 lines are
 * read, and 300 characters of each. Never throws for what lines say, and never gives an amount that is not in them.
 */
export function extractReceipt(lines: readonly ReceiptLine[], options: ExtractOptions = {}): ExtractedReceipt {
  return extractWith(LEARNT, lines, options)
}
