import { describe, expect, it } from 'vitest'
import { acceptsGzip } from './compress.ts'

describe('Accept-Encoding', () => {
  it.each([
    ['gzip', true],
    ['GZip ; Q=0.001', true],
    ['br;q=1.0, gzip;q=0.8, *;q=0.1', true],
    ['*', true],
    ['*;q=0.5, gzip;q=0', false],
    ['gzip;q=0', false],
    ['gzip;q=0.000', false],
    ['gzip;q=x', false],
    ['x-gzipped, br', false],
    ['identity', false],
    [',, ;,', false],
    ['', false],
    [null, false],
  ])('%j takes gzip: %s', (header, expected) => {
    expect(acceptsGzip(header)).toBe(expected)
  })

  it.each([' ', 'gzip ', ';', ',', ', \t'])('of a million times %j is read in one pass', (piece) => {
    expect(acceptsGzip(`${piece.repeat(1_000_000)}x`)).toBe(false)
  })
})
