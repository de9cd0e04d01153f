import { amountOf, type FoundMoney } from './find-money.ts'

export interface BoundedMoney extends FoundMoney {
  readonly bound?: 'at-most' | 'at-least'
}

const AT_MOST_BEFORE =
  /(?:\b(?:under|below|beneath|within|max(?:imum)?(?:\s+of)?|up\s+to|at\s+most|(?:less|cheaper|lower|no\s+more|not\s+more|not\s+over)\s+than|not\s+over)|<=?)\s*$/i
const AT_LEAST_BEFORE =
  /(?:\b(?:over|above|min(?:imum)?(?:\s+of)?|at\s+least|starting\s+(?:at|from)|(?:more|higher|greater|no\s+less|not\s+less)\s+than)|>=?)\s*$/i
const AT_MOST_AFTER = /^\s*(?:or\s+(?:less|under|below|cheaper)|max(?:imum)?\b|tops\b|at\s+(?:the\s+)?most)/i
const AT_LEAST_AFTER = /^\s*(?:or\s+(?:more|over|above)|and\s+(?:up|over|above)|min(?:imum)?\b|at\s+least|\+)/i
const JOINT = /^\s*(?:and|to|-|–)\s*$/i
const OPENS_RANGE = /\b(?:between|from)\s*$/i
/** "between 10 and": the sum's other end, whose sign was not said twice. */
const BARE_START =
  /(?<lead>\b(?:between|from)\s+)?(?<![\w.,])(?<amount>\d{1,9}(?:\.\d{1,3})?)(?<joint>\s*(?:and|to|-|–)\s*)$/i
const CONTEXT_UNITS = 40

/** Says of sums whether they are a limit: "under £20", "£50 or more", "between £10 and £20", "10-20 pounds". Read in English. */
export function boundMoney(text: string, sums: readonly FoundMoney[]): BoundedMoney[] {
  const bounded: BoundedMoney[] = []
  for (const [i, sum] of sums.entries()) {
    const before = text.slice(Math.max(0, sum.from - CONTEXT_UNITS), sum.from)
    const after = text.slice(sum.to, sum.to + CONTEXT_UNITS)
    const previous = bounded.at(-1)
    const isEnd = previous !== undefined && sums[i - 1]!.to <= sum.from && JOINT.test(text.slice(previous.to, sum.from))
    if (isEnd && (previous.bound === 'at-least' || /[-–]|to/i.test(text.slice(previous.to, sum.from)))) {
      bounded[bounded.length - 1] = { ...previous, bound: 'at-least' }
      bounded.push({ ...sum, bound: 'at-most' })
      continue
    }
    const start = BARE_START.exec(before)?.groups
    if (start && (start.lead || /[-–]/.test(start.joint!))) {
      const amount = amountOf(start.amount!, sum.currency)
      const to = sum.from - start.joint!.length
      if (amount !== undefined && amount < sum.amount) {
        const { currency } = sum
        bounded.push({ amount, currency, bound: 'at-least', from: to - start.amount!.length, to })
        bounded.push({ ...sum, bound: 'at-most' })
        continue
      }
    }
    const opens = OPENS_RANGE.test(before) && JOINT.test(text.slice(sum.to, sums[i + 1]?.from ?? sum.to))
    if (AT_MOST_BEFORE.test(before) || AT_MOST_AFTER.test(after)) bounded.push({ ...sum, bound: 'at-most' })
    else if (opens || AT_LEAST_BEFORE.test(before) || AT_LEAST_AFTER.test(after))
      bounded.push({ ...sum, bound: 'at-least' })
    else bounded.push(sum)
  }
  return bounded
}
