/** Why a password is not stronger, or that it is well. */
export type StrengthAdvice = 'empty' | 'short' | 'known' | 'common' | 'run' | 'longer' | 'good'

export interface PasswordStrength {
  /** 0 very weak, 1 weak, 2 fair, 3 good, 4 strong. */
  readonly score: 0 | 1 | 2 | 3 | 4
  readonly advice: StrengthAdvice
  /** Characters that are still missing, where it is too short. */
  readonly missing: number
}

/** The server takes nothing shorter. In code points. */
const MIN_LENGTH = 8
const MIN_CONTEXT_LENGTH = 4
/** Bits of guessing that each score needs: the fourth is out of reach of who has stolen the hashes (argon2id). */
const SCORE_BITS = [25, 40, 52, 66] as const
/** What a guesser spends on one character, and on one listed word, in bits. */
const CHARACTER_BITS = { lower: 4.2, other: 5.4 } as const
const WORD_BITS = 7

const COMMON =
  /password|passwort|passw[o0]rd|qwert[yz]|azerty|letmein|welcome|willkommen|bienvenue|iloveyou|admin|login|dragon|monkey|master|sunshine|princess|football|baseball|superman|michael|jordan|shadow|secret|geheim|hello|hallo|bonjour|contrase|contraseña|summer|winter|spring|autumn|sommer|abc123|test|chocolate|charlie|freedom|whatever|trustno1|19\d\d|20\d\d/g

/**
 * How hard a password is to guess, and what would make it harder: an estimate that is made while one types, with no network.
 * Words of `context` (name, address, shop) count nothing, common ones little, and what repeats or runs on counts once.
 * The server has the last word; it knows more passwords.
 */
export function passwordStrength(password: string, context: readonly string[] = []): PasswordStrength {
  const length = [...password].length
  const folded = password.slice(0, 256).normalize('NFKC').toLowerCase()
  const known = context.flatMap(wordsOf)
  const withoutKnown = known.reduce((rest, word) => rest.replaceAll(word, ''), folded)
  const withoutCommon = withoutKnown.replace(COMMON, '')
  const wordCount = withoutKnown.match(COMMON)?.length ?? 0
  const fresh = freshCharacters(withoutCommon)
  const variety = new Set(fresh).size
  const bits = bitsOf(fresh) * Math.min(1, (variety + 4) / Math.max(8, fresh.length * 0.6)) + wordCount * WORD_BITS
  const missing = Math.max(0, MIN_LENGTH - length)
  const hasKnown = withoutKnown !== folded
  const score =
    missing > 0 || hasKnown ? 0 : (SCORE_BITS.filter((needed) => bits >= needed).length as 0 | 1 | 2 | 3 | 4)
  return { score, missing, advice: adviceFor() }

  function adviceFor(): StrengthAdvice {
    if (length === 0) return 'empty'
    if (missing > 0) return 'short'
    if (hasKnown) return 'known'
    if (score >= 3) return 'good'
    if (wordCount > 0) return 'common'
    return fresh.length < withoutCommon.length * 0.7 ? 'run' : 'longer'
  }
}

/** Characters that do not just repeat the one before or go on from it: `aaaabcd12345x` has `a`, `1` and `x`. */
function freshCharacters(text: string): string[] {
  const characters = [...text]
  return characters.filter((character, index) => {
    if (index === 0) return true
    const step = character.codePointAt(0)! - characters[index - 1]!.codePointAt(0)!
    return Math.abs(step) > 1 && !isNeighbour(characters[index - 1]!, character)
  })
}

const KEY_ROWS = ['qwertyuiop', 'qwertzuiop', 'asdfghjkl', 'zxcvbnm', 'yxcvbnm', 'azertyuiop']

function isNeighbour(before: string, after: string): boolean {
  return KEY_ROWS.some((row) => row.includes(before + after) || row.includes(after + before))
}

function bitsOf(characters: readonly string[]): number {
  return characters.reduce(
    (sum, character) => sum + (/[a-z ]/.test(character) ? CHARACTER_BITS.lower : CHARACTER_BITS.other),
    0,
  )
}

function wordsOf(text: string): string[] {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
  return words.filter((word) => [...word].length >= MIN_CONTEXT_LENGTH)
}
