import { describe, expect, it } from 'vitest'
import { passwordStrength } from './password-strength.ts'

describe('passwordStrength', () => {
  it.each([
    ['', 'empty'],
    ['tea', 'short'],
    ['password', 'common'],
    ['Password2024!', 'common'],
    ['aaaaaaaaaaaa', 'run'],
    ['12345678', 'run'],
    ['qwertzuiop', 'common'],
    ['asdfghjkl', 'run'],
    ['abcabcabcabc', 'run'],
    ['tr0ub4dor', 'longer'],
    ['correct horse battery staple', 'good'],
    ['Zk7#mQ9!vR2p', 'good'],
  ])('of %j advises %s', (password, advice) => {
    expect(passwordStrength(password)).toMatchObject({ advice })
  })

  it('counts neither names nor addresses', () => {
    expect(passwordStrength('annabell-99-x', ['Anna Bell', 'annabell'])).toMatchObject({ score: 0, advice: 'known' })
    expect(passwordStrength('annabell-99-x').score).toBeGreaterThan(0)
  })

  it('says how much is missing, in characters as people count them', () => {
    expect(passwordStrength('🫖🫖🫖').missing).toBe(5)
  })

  it('never falls as an unrelated word is added', () => {
    const words = ['harbour', 'violet', 'engine', 'pumpkin', 'ladder']
    const scores = words.map((_, count) => passwordStrength(words.slice(0, count + 1).join(' ')).score)
    expect(scores).toEqual(scores.toSorted())
    expect(scores.at(-1)).toBe(4)
  })

  it('takes long text in its stride', () => {
    expect(passwordStrength('ab1 '.repeat(100_000)).missing).toBe(0)
  })
})
