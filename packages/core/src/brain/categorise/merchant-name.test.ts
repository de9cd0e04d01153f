import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { merchantName } from './merchant-name.ts'

describe('merchantName', () => {
  it.each([
    ['TESCO STORES 3858', 'tesco stores'],
    ['Tesco Stores 6112', 'tesco stores'],
    ['PAYPAL *FIGMA INC 4029357733 GB', 'figma'],
    ['SQ *COFFEE CART', 'coffee cart'],
    ['SumUp  *Corner Bakery', 'corner bakery'],
    ['AMZN Mktp UK*2H4AB7DE5', 'amzn mktp'],
    ['AMAZON.CO.UK*MK1TR', 'amazon'],
    ['www.ukradios.com', 'ukradios'],
    ['https://shop.example.org', 'example'],
    ['Acme Widgets Ltd', 'acme widgets'],
    ['ACME WIDGETS LIMITED', 'acme widgets'],
    ['Müller GmbH & Co. KG', 'muller'],
    ['Bakkerij B.V.', 'bakkerij'],
    ['Alimentari S.p.A.', 'alimentari'],
    ['Piekarnia Sp. z o.o.', 'piekarnia'],
    ['CARD PAYMENT TO LIDL GB', 'to lidl'],
    ['VISA XXXX-1234 LIDL', 'lidl'],
    ['SHELL KINGS 587', 'shell kings'],
    ['STARBUCKS          BIRMINGHAM   GB', 'starbucks'],
    ["McDonald's", 'mcdonalds'],
    ['7-ELEVEN', 'eleven'],
    ['PayPal', 'paypal'],
    ['1234 5678', '1234 5678'],
    ['Ltd', 'ltd'],
    ['ЛЕНТА 12', 'лента'],
    ['スターバックス', 'ス タ ー バ ッ ク ス'],
    ['', ''],
    ['***', ''],
  ])('of %j is %j', (text, name) => {
    expect(merchantName(text)).toBe(name)
  })

  it('drops given places at the end, and only there', () => {
    const places = new Set(['leeds', 'london'])
    expect(merchantName('LONDON BAKERY LEEDS', { places })).toBe('london bakery')
    expect(merchantName('LONDON', { places })).toBe('london')
  })

  it('is empty only without letters and digits, whatever else is in the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        expect(merchantName(text) === '').toBe(!/[\p{L}\p{N}]/u.test(text))
      }),
    )
  })
})
