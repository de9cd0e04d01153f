/** What is read of one line: more than any receipt prints in a row, and little enough for any pattern to be quick. */
const MAX_CHARACTERS = 300
/** Normalising can make text longer; this much of a line is normalised at most. */
const MAX_RAW_CHARACTERS = 1_200
const INVISIBLE = /[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu
const CONTROL = /[\p{Cc}\s]+/gu
const DASHES = /[\u2010-\u2015\u2212\u2043]/g
const APOSTROPHES = /[\u2018\u2019\u02bc\u00b4`]/g

/** One line, without control and invisible characters, in compatible forms (full-width digits as plain ones), cut where it is long. */
export function cleanText(text: unknown): string {
  if (typeof text !== 'string') return ''
  return text
    .slice(0, MAX_RAW_CHARACTERS)
    .replace(INVISIBLE, '')
    .normalize('NFKC')
    .replace(CONTROL, ' ')
    .replace(DASHES, '-')
    .replace(APOSTROPHES, "'")
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .slice(0, MAX_CHARACTERS)
    .trim()
}
