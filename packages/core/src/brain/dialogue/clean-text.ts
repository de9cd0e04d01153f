/** Code units of an utterance that are looked at. */
export const MAX_TEXT_UNITS = 2_000

/** Control characters, marks of direction, and what is not seen and joins nothing. Joiners stay: emoji and Persian need them. */
const UNSEEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g
const ONLY_JOINERS = /^(?:\s|\u200c|\u200d|\p{Variation_Selector})*$/u

/** What was typed, as it may be kept and shown: one line, well-formed, at most `most` code units. */
export function cleanText(text: string, most = MAX_TEXT_UNITS): string {
  const seen = clip(text, most * 2)
    .toWellFormed()
    .replace(UNSEEN, '')
    .replace(/\s+/g, ' ')
    .trim()
  return ONLY_JOINERS.test(seen) ? '' : clip(seen, most)
}

/** At most `most` code units, and no half of a pair at the end. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text
  const last = text.charCodeAt(most - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? most - 1 : most)
}
