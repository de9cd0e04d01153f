import { describe, expect, it } from 'vitest'
import { baseCutter, originForm } from './target.ts'

describe('originForm', () => {
  it.each([
    ['/a/b?c', '/a/b?c'],
    ['//host.example/a', '//host.example/a'],
    ['http://host.example/a?b', '/a?b'],
    ['HTTPS://host.example:8443', '/'],
    ['http://host.example?b', '/?b'],
    ['?b', '/?b'],
    ['', '/'],
    ['*', '*'],
  ])('makes of "%s" the path and query "%s"', (target, expected) => {
    expect(originForm(target)).toBe(expected)
  })
})

describe('baseCutter', () => {
  it.each([
    ['', '/brain/x', '/brain/x'],
    ['/', '/brain/x', '/brain/x'],
    ['/brain', '/brain/x?y=/z', '/x?y=/z'],
    ['/brain/', '/brain', '/'],
    ['/brain', '/brain?x=1', '/?x=1'],
    ['/brain', '/brain/', '/'],
    ['/brain', '/brain//x', '//x'],
    ['/:shop/brain', '/a%2Fb/brain/a%2Fb', '/a%2Fb'],
    ['/a/b', '/a', '/a'],
    ['/brain', '*', '*'],
  ])('cuts "%s" off "%s": "%s"', (base, target, expected) => {
    expect(baseCutter(base)(target)).toBe(expected)
  })
})
