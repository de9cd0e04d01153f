import type { WrittenDay } from './calendar-day.ts'
import { StatementError } from './errors.ts'
import type { DateOrder } from './types.ts'

export interface DayFound {
  readonly day: WrittenDay
  readonly text: string
  readonly line: number
}

/**
 * The order in which a file writes its days: the one under which most of them are days. Of years of two digits it is not plain on which end
 * they stand; a file has few years and many days. Throws `StatementError` (`ambiguous_dates`) where day and month can be taken for each
 * other throughout.
 */
export function dateOrderOf(found: readonly DayFound[]): DateOrder {
  const count = (order: DateOrder) => found.filter(({ day }) => day[order] !== undefined).length
  const years = (order: DateOrder) => new Set(found.map(({ day }) => day[order]?.slice(0, 4))).size
  const [dmy, mdy, ymd] = [count('dmy'), count('mdy'), count('ymd')]
  const isSame = found.every(({ day }) => day.dmy === day.mdy)
  const last = dmy >= mdy ? 'dmy' : 'mdy'
  const most = Math.max(dmy, mdy)
  if (ymd > most || (ymd === most && years('ymd') < years(last))) return 'ymd'
  if (dmy !== mdy || isSame) return last
  const open = found.find(({ day }) => day.dmy !== day.mdy)!
  throw new StatementError(
    'ambiguous_dates',
    `${open.text.trim()} can be ${open.day.dmy ?? 'no day'} or ${open.day.mdy ?? 'no day'}, and no day in the file tells which: set dateOrder to dmy or mdy`,
    { line: open.line },
  )
}
