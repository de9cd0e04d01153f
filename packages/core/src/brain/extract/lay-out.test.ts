import { describe, expect, it } from 'vitest'
import { layOut } from './lay-out.ts'

const piece = (text: string, left: number, top: number) => ({
  text,
  box: [left, top, left + text.length * 10, top + 20],
})
const textsOf = (lines: Parameters<typeof layOut>[0]) => layOut(lines).rows.map(({ text }) => text)

describe('the layout of a receipt', () => {
  it('puts pieces side by side into one row, left to right, whatever order they come in', () => {
    const pieces = [piece('9.00', 300, 41), piece('CASH', 20, 80), piece('TOTAL', 20, 40), piece('10.00', 300, 79)]
    expect(textsOf(pieces)).toEqual(['TOTAL 9.00', 'CASH 10.00'])
  })

  it('follows rows that slope', () => {
    const pieces = [piece('A', 0, 0), piece('B', 100, 8), piece('C', 200, 16), piece('D', 0, 22), piece('E', 100, 30)]
    expect(textsOf(pieces)).toEqual(['A B C', 'D E'])
  })

  it('never puts one piece upon another into its row', () => {
    expect(textsOf([piece('GOODS SOLD', 20, 40), piece('COODS SOLD', 20, 42)])).toHaveLength(2)
  })

  it('takes lines in their order where most have no box', () => {
    expect(textsOf([{ text: 'b' }, piece('a', 0, 0), { text: 'c' }])).toEqual(['b', 'a', 'c'])
  })

  it('reads 2,000 lines at most: the first and the last', () => {
    const texts = textsOf(Array.from({ length: 5_000 }, (_, i) => ({ text: String(i) })))
    expect([texts.length, texts[0], texts[999], texts[1_000], texts.at(-1)]).toEqual([
      2_000,
      '0',
      '999',
      '4000',
      '4999',
    ])
  })
})
