import type { Receipt, ReceiptLineInput } from '@tillwright/core/contract'

export type ReceiptTotals = Pick<Receipt, 'lines' | 'taxes'> & {
  readonly netMinor: number
  readonly taxMinor: number
  readonly totalMinor: number
}

/** An amount that no receipt can hold exactly. */
export class AmountTooLargeError extends Error {
  override name = 'AmountTooLargeError'
}

/**
 * Sums the lines of a receipt, whose prices hold the tax. Tax is computed once for each rate on what its lines come to,
 * rounded half away from zero to the minor unit, so that net and tax of each rate add up to what was paid. All amounts are in
 * minor units. Throws `AmountTooLargeError` beyond what a double holds exactly.
 */
export function receiptTotals(inputs: readonly ReceiptLineInput[]): ReceiptTotals {
  const lines = inputs.map((line) => ({
    ...line,
    totalMinor: exact(BigInt(line.quantity) * BigInt(line.unitPriceMinor)),
  }))
  const grossOf = new Map<number, bigint>()
  for (const { taxPercent, totalMinor } of lines) {
    if (taxPercent !== undefined) grossOf.set(taxPercent, (grossOf.get(taxPercent) ?? 0n) + BigInt(totalMinor))
  }
  const taxes = [...grossOf]
    .sort(([a], [b]) => b - a)
    .map(([percent, gross]) => {
      const tax = taxWithin(gross, percent)
      return { percent, netMinor: exact(gross - tax), taxMinor: exact(tax), grossMinor: exact(gross) }
    })
  const totalMinor = exact(lines.reduce((sum, line) => sum + BigInt(line.totalMinor), 0n))
  const taxMinor = exact(taxes.reduce((sum, tax) => sum + BigInt(tax.taxMinor), 0n))
  return { lines, taxes, totalMinor, taxMinor, netMinor: totalMinor - taxMinor }
}

/** The tax that a gross amount holds: gross · rate / (1 + rate). */
function taxWithin(gross: bigint, percent: number): bigint {
  const rate = BigInt(Math.round(percent * 100))
  const divisor = 10_000n + rate
  const doubled = 2n * (gross < 0n ? -gross : gross) * rate
  const tax = (doubled + divisor) / (2n * divisor)
  return gross < 0n ? -tax : tax
}

function exact(amount: bigint): number {
  const number = Number(amount)
  if (!Number.isSafeInteger(number)) throw new AmountTooLargeError('An amount is too large to be held exactly')
  return number
}
