/** Code units of an utterance that are read. What follows is passed over: nobody asks in more, and an attack would. */
export const MAX_UNITS = 2_000
/** Words of an utterance that are read. */
export const MAX_TOKENS = 64
/** Code units of a word that are read. */
const MAX_TOKEN_UNITS = 32

/** Marks that are often left out when typing (U+0300 to U+036F: accents of Latin, Greek and Cyrillic). */
const ACCENTS = /[\u0300-\u036f]/g
/** Not seen, and in the middle of words: soft hyphen, joiners, direction marks, variation selectors, byte order mark. */
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}]/gu
const APOSTROPHES = /(?<=\p{L})['’ʼ`´](?=\p{L})/gu
/** A word or number; a sign of a script that writes no spaces; a pictograph; or the question mark. */
const TOKEN =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]\p{M}*|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}])[\p{L}\p{N}\p{M}])+|\p{Extended_Pictographic}|[?$€£]/gu

/**
 * The words of an utterance as models read them: compatibility forms unified (NFKC), case folded, accents and invisible
 * characters dropped, punctuation left out but for the question mark and signs of money. At most `MAX_TOKENS`.
 */
export function tokens(text: string): string[] {
  const folded = text
    .slice(0, MAX_UNITS)
    .toWellFormed()
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .normalize('NFD')
    .replace(ACCENTS, '')
    .normalize('NFC')
    .replace(APOSTROPHES, '')
  const found: string[] = []
  for (const [token] of folded.matchAll(TOKEN)) {
    found.push(token.slice(0, MAX_TOKEN_UNITS))
    if (found.length >= MAX_TOKENS) break
  }
  return found
}
