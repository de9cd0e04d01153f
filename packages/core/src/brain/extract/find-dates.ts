import { fold } from './fold.ts'
import type { ReceiptDateOrder } from './types.ts'

/** A date as it stands in a text, with each way it can be read. */
export interface DateInText {
  /** `YYYY-MM-DD` by the order of its parts: one entry where only one order makes a date. */
  readonly readings: Readonly<Partial<Record<ReceiptDateOrder, string>>>
  readonly start: number
  readonly end: number
  /** How it is written: what its parts are and what parts them. */
  readonly form: string
}

const MONTHS: readonly string[] = [
  'JAN JANUARY JANUAR JANNER JANVIER JANV ENERO ENE GENNAIO GEN JANUARI JANEIRO STYCZNIA',
  'FEB FEBRUARY FEBRUAR FEVRIER FEVR FEV FEBRERO FEBBRAIO FEBRUARI FEVEREIRO LUTEGO',
  'MAR MARCH MARZ MAERZ MRZ MARS MARZO MAART MARCO MAC MARCA',
  'APR APRIL AVRIL AVR ABRIL ABR APRILE KWIETNIA',
  'MAY MAI MAYO MAGGIO MAG MEI MAIO MAJA',
  'JUN JUNE JUNI JUIN JUNIO GIUGNO GIU JUNHO CZERWCA',
  'JUL JULY JULI JUILLET JUIL JULIO LUGLIO LUG JULHO LIPCA JULAI',
  'AUG AUGUST AOUT AGOSTO AGO AUGUSTUS SIERPNIA OGOS OGO',
  'SEP SEPT SEPTEMBER SEPTEMBRE SEPTIEMBRE SETTEMBRE SET SETEMBRO WRZESNIA',
  'OCT OCTOBER OKTOBER OKT OCTOBRE OCTUBRE OTTOBRE OTT OUTUBRO OUT PAZDZIERNIKA',
  'NOV NOVEMBER NOVEMBRE NOVIEMBRE NOVEMBRO LISTOPADA',
  'DEC DECEMBER DEZEMBER DEZ DECEMBRE DICIEMBRE DIC DICEMBRE DEZEMBRO DES DISEMBER DIS GRUDNIA',
]
const MONTH_OF = new Map(MONTHS.flatMap((names, i) => names.split(' ').map((name) => [name, i + 1] as const)))
const MONTH = [...MONTH_OF.keys()].toSorted((a, b) => b.length - a.length).join('|')
const SEP = String.raw`\s?([-/.])\s?`
const YEAR = String.raw`(\d{4}|\d{2}(?!\d))`
/** A four-digit year may run into the hour after it. */
const END = String.raw`(?!\d(?!\d?:\d)|[-/.]\d)`

const FORMS: readonly {
  readonly form: string
  readonly pattern: RegExp
  readonly read: (parts: string[]) => Readings
}[] = [
  {
    form: 'y-m-d',
    pattern: new RegExp(String.raw`(?<!\d|\d[-/.])(\d{4})${SEP}(\d{1,2})\s?\2\s?(\d{1,2})(?!\d(?!\d?:\d))`, 'g'),
    read: ([y, , m, d]) => ({ ymd: dateOf(y!, m!, d!) }),
  },
  {
    form: 'y年m月d日',
    pattern: /(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?/g,
    read: ([y, m, d]) => ({ ymd: dateOf(y!, m!, d!) }),
  },
  {
    form: 'n-n-n',
    pattern: new RegExp(String.raw`(?<!\d|\d[-/.,])(\d{1,2})${SEP}(\d{1,2})\s?\2\s?${YEAR}${END}`, 'g'),
    read: ([a, , b, c]) => ({
      dmy: dateOf(c!, b!, a!),
      mdy: dateOf(c!, a!, b!),
      ...(c!.length === 2 && a!.length === 2 && { ymd: dateOf(a!, b!, c!) }),
    }),
  },
  {
    form: 'd mon y',
    pattern: new RegExp(
      String.raw`(?<!\d)(\d{1,2})(?:ST|ND|RD|TH|ER|\.|º)?[-/., ']{0,3}(?:DE |OF )?(${MONTH})(?![A-Z])\.?[-/., ']{0,3}(?:DE |DEL )?${YEAR}(?!\d(?!\d?:\d))`,
      'g',
    ),
    read: ([d, name, y]) => ({ dmy: dateOf(y!, String(MONTH_OF.get(name!)), d!) }),
  },
  {
    form: 'mon d y',
    pattern: new RegExp(
      String.raw`(?<![A-Z])(${MONTH})(?![A-Z])\.?[- ]{0,2}(\d{1,2})(?:ST|ND|RD|TH)?(?:,\s?|\s|-|/)'?${YEAR}(?!\d(?!\d?:\d))`,
      'g',
    ),
    read: ([name, d, y]) => ({ mdy: dateOf(y!, String(MONTH_OF.get(name!)), d!) }),
  },
  {
    form: 'y mon d',
    pattern: new RegExp(String.raw`(?<!\d)(\d{4})[-/ ](${MONTH})[-/ ](\d{1,2})(?!\d)`, 'g'),
    read: ([y, name, d]) => ({ ymd: dateOf(y!, String(MONTH_OF.get(name!)), d!) }),
  },
  {
    form: 'ymd',
    pattern: /(?<![\d.,-])((?:19|20)\d{2})(\d{2})(\d{2})(?![\d.,])/g,
    read: ([y, m, d]) => ({ ymd: dateOf(y!, m!, d!) }),
  },
  {
    form: 'dmy',
    pattern: /(?<![\d.,-])(\d{2})(\d{2})((?:19|20)\d{2})(?![\d.,])/g,
    read: ([a, b, y]) => ({ dmy: dateOf(y!, b!, a!), mdy: dateOf(y!, a!, b!) }),
  },
]

type Readings = Partial<Record<ReceiptDateOrder, string | undefined>>

/** Dates in a text, left to right. What is no day of any calendar, such as 31/02, is none. */
export function findDates(text: string): DateInText[] {
  const folded = foldInPlace(text)
  const found: DateInText[] = []
  for (const { form, pattern, read } of FORMS) {
    for (const match of folded.matchAll(pattern)) {
      const start = match.index
      const end = start + match[0].length
      if (found.some((other) => start < other.end && other.start < end)) continue
      const readings = Object.fromEntries(Object.entries(read(match.slice(1))).filter(([, date]) => date !== undefined))
      if (Object.keys(readings).length > 0) found.push({ readings, start, end, form: withMark(form, match) })
    }
  }
  return found.toSorted((a, b) => a.start - b.start)
}

function withMark(form: string, match: RegExpMatchArray): string {
  if (form !== 'n-n-n' && form !== 'y-m-d') return form
  return `${form}${match[2]}${form === 'n-n-n' ? match[4]!.length : ''}`
}

/** Folded where folding keeps the length, which places in the text depend on. */
function foldInPlace(text: string): string {
  return Array.from(text, (sign) => {
    const folded = fold(sign)
    return folded.length === sign.length ? folded : sign
  }).join('')
}

/** `YYYY-MM-DD`, or undefined where there is no such day. Two digits of a year mean 1970 to 2069. */
function dateOf(year: string, month: string, day: string): string | undefined {
  const [y, m, d] = [fullYear(year), Number(month), Number(day)]
  if (y < FIRST_YEAR || y > LAST_YEAR || m < 1 || m > 12 || d < 1 || d > daysIn(y, m)) return undefined
  return `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`
}

const FIRST_YEAR = 1970
const LAST_YEAR = 2069

function fullYear(year: string): number {
  if (year.length !== 2) return Number(year)
  return Number(year) + (Number(year) >= FIRST_YEAR % 100 ? 1900 : 2000)
}

function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  if (month === 2) return isLeap ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}
