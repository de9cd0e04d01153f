import { describe, expect, it } from 'vitest'
import { MAX_TOKENS, tokens } from './tokens.ts'

describe('the words of an utterance', () => {
  it.each([
    ['Where’s my Order?', ['wheres', 'my', 'order', '?']],
    ["I CAN'T pay £5.00", ['i', 'cant', 'pay', '£', '5', '00']],
    ['top-up ÀÉ naïve Straße', ['top', 'up', 'ae', 'naive', 'strasse']],
    ['ﬁnd ① Ｆｕｌｌ', ['find', '1', 'full']],
    ['re\u00adfund\u200b', ['refund']],
    ['お茶 ください', ['お', '茶', 'く', 'た\u3099', 'さ', 'い'].map((sign) => sign.normalize('NFC'))],
    ['한국어 text', ['한국어', 'text']],
    ['متى يصل طلبي', ['متى', 'يصل', 'طلبي']],
    ['thanks 👍🏽', ['thanks', '👍']],
    ['', []],
  ])('of %j are %j', (text, words) => {
    expect(tokens(text)).toEqual(words)
  })

  it('are no more than 64, none of them long', () => {
    expect(tokens('word '.repeat(1_000))).toHaveLength(MAX_TOKENS)
    expect(tokens('x'.repeat(1_000))[0]!.length).toBeLessThanOrEqual(32)
  })
})
