import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalisePassword, passwordProblem } from './password-policy.ts'

const CONTEXT = ['anna.bell@nordwind.example', 'Käse & Brot GmbH']
const codeOf = async (password: string) => (await passwordProblem(password, CONTEXT))?.code ?? null

describe('length', () => {
  test.each([
    ['7 characters', 'kx9!vqm', 'too_short'],
    ['8 characters', 'kx9!vqmz', null],
    ['7 snails, which are 14 UTF-16 units', '🐌🐛🐌🐛🐌🐛🐌', 'too_short'],
    ['8 characters that are 4 once composed', 'e\u0301e\u0301o\u0301o\u0301', 'too_short'],
    ['128 snails and slugs', '🐌🐛'.repeat(64), null],
    ['129', `${'🐌🐛'.repeat(64)}x`, 'too_long'],
    ['128 that are 256 before they are composed', 'e\u0301o\u0301'.repeat(64), null],
    ['a ligature that is 18 characters once normalised', '\ufdfa'.repeat(8), 'too_long'],
    ['nothing', '', 'too_short'],
  ])('%s', async (_, password, code) => {
    expect(await codeOf(password)).toBe(code)
  })

  test('what is far too long is refused without being read: a million characters that are slow to normalise', async () => {
    const slow = `a${'\u0315\u0300'.repeat(500_000)}`
    expect(await codeOf(slow)).toBe('too_long')
    expect(normalisePassword(slow)).toBe(slow)
  })
})

test('any character will do, and none is asked for', async () => {
  for (const password of [
    'wobble gutter lantern',
    'πρόβατο-ουρανός',
    '夜空に浮かぶ風船たち',
    'zzkpwqvj',
    '~~ ^^ ## ;;',
    '\tgutter\twobble',
  ])
    expect(await passwordProblem(password, [])).toBeNull()
})

describe('common passwords', () => {
  test.each([
    'password',
    'PASSWORD',
    'Password1',
    'Password123!',
    'P@ssw0rd',
    'p4$$w0rd2024',
    'ｐａｓｓｗｏｒｄ',
    '123password',
    '!!password!!',
    'letmein1',
    'L3tm31n!!',
    'iloveyou',
    'trustno1',
    'dragon2019',
    'Dr4gon2019!',
    'hell0123',
    'welc0me1',
    'sunshine',
    'princess1',
    'qwerty12',
    '1q2w3e4r5t',
    'monkeymonkey',
    'liverpool',
    'Arsenal1886',
    'michael1',
    'azertyuiop1',
    'chocolate1!',
    'schatzi123',
    'abc12345',
    '112233445566',
  ])('%s', async (password) => {
    expect(await passwordProblem(password, [])).not.toBeNull()
  })

  test.each([
    'dragon lantern wobble',
    'passwordless gutter',
    'my-1-password-for-cheese',
    'sunshinegutter',
    'letmeinside the barn',
  ])('more than a listed word is not common: %s', async (password) => {
    expect(await passwordProblem(password, [])).toBeNull()
  })
})

describe('obvious passwords', () => {
  test.each([
    ['one character', 'aaaaaaaa'],
    ['one character, in both cases', 'aAaAaAaA'],
    ['one snail', '🐌'.repeat(20)],
    ['digits in order', '12345678'],
    ['digits that wrap', '7890123456'],
    ['digits backwards', '9876543210'],
    ['letters', 'ABCDEFGH'],
    ['letters from the middle, backwards', 'tsrqponm'],
    ['a row of keys', 'QwertyUI'],
    ['two rows of keys', 'uiopasdfgh'],
    ['a row backwards', 'poiuytre'],
    ['another layout', 'qwertzuiop'],
    ['down the columns', '3edc4rfv5tgb'],
    ['shifted digits', '!@#$%^&*()'],
    ['the name before the @', 'xx-anna-bell-xx'],
    ['the name run together', 'ANNABELL77kq'],
    ['the whole address', 'anna.bell@nordwind.example'],
    ['the domain', 'my nordwind login'],
    ['the domain in leet', 'n0rdw1nd-kq!'],
    ['the shop', 'brotkq!vx77'],
    ['the shop, with its umlaut', 'qq KÄSE qq'],
    ['the product', 'My-Tillwright-1'],
    ['the product in leet', 'T1llwr1ght#kq'],
  ])('%s', async (_, password) => {
    expect(await codeOf(password)).toBe('too_obvious')
  })

  test('words of three letters are nobody’s name', async () => {
    expect(await passwordProblem('lantern bob gutter', ['bob@abc.de'])).toBeNull()
  })

  test('numbers are not words: a shop called after a year does not forbid it', async () => {
    expect(await passwordProblem('gutter 2024 wobble', ['Shop 2024'])).toBeNull()
  })

  test('a long number is not the short one that it begins with', async () => {
    for (const password of ['8302194755610293', '1234907261558034'])
      expect(await passwordProblem(password, [])).toBeNull()
    expect((await passwordProblem('696969!!!', []))?.code).toBe('too_common')
  })

  test('part of a run is not a run', async () => {
    for (const password of ['12345678kq', 'abcdefghqx', 'aaaaaaab'])
      expect((await passwordProblem(password, []))?.code).not.toBe('too_obvious')
  })

  test('context that is long or odd costs nothing and hides nothing', async () => {
    expect(await passwordProblem('lantern gutter', ['', '@', '....', 'x'.repeat(1_000_000)])).toBeNull()
    expect((await passwordProblem('lantern gutter', ['', 'gutter']))?.code).toBe('too_obvious')
  })
})

test('every problem has a message for people that does not repeat the password', async () => {
  for (const password of ['kq', 'P4ssword9', 'qwertyuiop', 'x'.repeat(200)]) {
    const { message } = (await passwordProblem(password, []))!
    expect(message.length).toBeGreaterThan(20)
    expect(message).not.toContain(password.slice(0, 129))
  }
})

test('never throws, and is the same for both spellings of a text', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.array(fc.string({ unit: 'binary' })),
      async (password, context) => {
        expect(await passwordProblem(password.normalize('NFD'), context)).toEqual(
          await passwordProblem(password.normalize('NFC'), context),
        )
      },
    ),
    { seed: 7, numRuns: 500 },
  )
})
