import { commonPasswords } from './common-passwords.ts'

export interface PasswordProblem {
  readonly code: 'too_short' | 'too_long' | 'too_common' | 'too_obvious'
  /** For people: what is wrong and what to do. */
  readonly message: string
}

/** In code points after normalisation. */
const MIN_LENGTH = 8
const MAX_LENGTH = 128
/**
 * In UTF-16 units before normalisation, which can compose four code points of two units each into one: what is longer is
 * refused unread, since normalising takes time that grows faster than the text.
 */
export const MAX_RAW_LENGTH = MAX_LENGTH * 8
const MIN_CONTEXT_LETTERS = 4
const MAX_CONTEXT_LENGTH = 320
const PRODUCT = 'tillwright'

const TOO_SHORT: PasswordProblem = { code: 'too_short', message: `Use at least ${MIN_LENGTH} characters` }
const TOO_LONG: PasswordProblem = { code: 'too_long', message: `Use at most ${MAX_LENGTH} characters` }
const TOO_COMMON: PasswordProblem = {
  code: 'too_common',
  message: 'Many people use this password or one like it; a few unrelated words make a better one',
}
const TOO_OBVIOUS: PasswordProblem = {
  code: 'too_obvious',
  message: 'This is easy to guess: leave out names, your e-mail address, and runs such as 12345678',
}

/** What a password is hashed and checked as: the same for each way that keyboards have to type it (NFKC). */
export function normalisePassword(password: string): string {
  return password.length > MAX_RAW_LENGTH ? password : password.normalize('NFKC')
}

/**
 * What is wrong with a new password; `null` for nothing. 8 to 128 characters, whichever they are (OWASP ASVS 5.0, 6.2.1 to
 * 6.2.11): no composition rules, nothing cut off. `context` holds what others know of the account: its e-mail address, the
 * shop's name; their words of four letters or more must not occur.
 */
export async function passwordProblem(password: string, context: readonly string[]): Promise<PasswordProblem | null> {
  if (password.length > MAX_RAW_LENGTH) return TOO_LONG
  const normal = normalisePassword(password)
  const { length } = [...normal]
  if (length < MIN_LENGTH) return TOO_SHORT
  if (length > MAX_LENGTH) return TOO_LONG
  const folded = normal.toLowerCase()
  if (isRepeated(folded) || isSequence(folded) || containsContext(folded, context)) return TOO_OBVIOUS
  return isCommon(folded, await commonPasswords()) ? TOO_COMMON : null
}

function isRepeated(folded: string): boolean {
  return new Set(folded).size === 1
}

/** Where fingers go in order; each may be entered anywhere, wraps round, and runs backwards as well. */
const RUNS = [
  '0123456789',
  '1234567891011121314151617181920',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  'asdfghjkl',
  'zxcvbnm',
  '1234567890qwertyuiop',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik',
  'qazwsxedcrfvtgbyhnujmikolp',
  '!@#$%^&*()',
]

function isSequence(folded: string): boolean {
  const backwards = [...folded].reverse().join('')
  return RUNS.some((run) => {
    const endless = run.repeat(Math.ceil(folded.length / run.length) + 1)
    return endless.includes(folded) || endless.includes(backwards)
  })
}

function containsContext(folded: string, context: readonly string[]): boolean {
  const spellings = withoutLeet(folded)
  return [PRODUCT, ...context].flatMap(wordsOf).some((word) => spellings.some((spelling) => spelling.includes(word)))
}

/** The words of a name or an address, and those that go together run together: `anna.bell@shop.example` has annabell. */
function wordsOf(text: string): string[] {
  const folded = text.slice(0, MAX_CONTEXT_LENGTH).normalize('NFKC').toLowerCase()
  const words = folded.split(/[^\p{L}\p{N}]+/u)
  const joined = folded.split('@').map((part) => part.replace(/[^\p{L}\p{N}]+/gu, ''))
  return [...words, ...joined, ...folded.split('@')].filter(
    (word) => (word.match(/\p{L}/gu)?.length ?? 0) >= MIN_CONTEXT_LETTERS,
  )
}

/** Whether a listed password is left once leet is undone and digits and punctuation are taken off the ends. */
function isCommon(folded: string, listed: ReadonlySet<string>): boolean {
  return withoutEnds(folded)
    .filter((rest) => saysMuchOf(rest, folded))
    .some((rest) => withoutLeet(rest).some((word) => listed.has(word) || listed.has(halfOf(word))))
}

/** A short number is listed somewhere, but a long number that begins with it is another. */
function saysMuchOf(rest: string, folded: string): boolean {
  return /\p{L}/u.test(rest) || rest.length * 2 >= folded.length
}

/** The password, with every part of its tail of digits and punctuation taken off, with and without those in front. */
function withoutEnds(folded: string): string[] {
  const head = /^[\p{N}\p{P}\p{S}\s]*/u.exec(folded)![0].length
  const tail = /[\p{N}\p{P}\p{S}\s]*$/u.exec(folded)![0].length
  return Array.from({ length: tail + 1 }, (_, cut) => folded.slice(0, folded.length - cut)).flatMap((rest) => [
    rest,
    rest.slice(head),
  ])
}

/** `dragondragon` is `dragon` said twice. */
function halfOf(word: string): string {
  const half = word.slice(0, word.length / 2)
  return half + half === word ? half : word
}

const LEET: Record<string, string> = {
  '0': 'o',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '+': 't',
}
const LEET_MARK = /[0134578@$+!|]/g

/** As typed, and read as leet twice over: 1, ! and | stand for i and for l. */
function withoutLeet(text: string): string[] {
  const readAs = (mark: string) => text.replace(LEET_MARK, (sign) => LEET[sign] ?? mark)
  return [text, readAs('i'), readAs('l')]
}
