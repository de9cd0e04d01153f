import { describe, expect, it } from 'vitest'
import { clustersOf } from './clusters.ts'

const said = (...texts: string[]) => texts.map((text, i) => ({ id: String(i), text }))
const textsOf = (groups: { text: string }[][]) => groups.map((group) => group.map(({ text }) => text))

describe('clustersOf', () => {
  it('puts together what shares most of its words, the largest group first', () => {
    const groups = clustersOf(
      said('do you gift wrap', 'can I bring my dog', 'can you wrap it as a gift', 'are dogs allowed', 'gift wrapping?'),
    )
    expect(textsOf(groups)[0]).toEqual(['do you gift wrap', 'can you wrap it as a gift', 'gift wrapping?'])
  })

  it('leaves apart what shares nothing, and knows texts without words', () => {
    expect(clustersOf(said('opening hours', 'broken lamp', '???', '!!!'))).toHaveLength(4)
    expect(clustersOf([])).toEqual([])
  })
})
