import { describe, expect, it } from 'vitest'
import { readStatement } from './index.ts'

const entry = (day: string, amount: string, payee = 'Baker') => `D${day}\nT${amount}\nP${payee}\n^\n`
const days = (source: string) => readStatement(source).accounts[0]!.transactions.map(({ bookedAt }) => bookedAt)

describe('readStatement of QIF', () => {
  it('reads payee, memo, number, splits and the account that it names', () => {
    const source =
      '!Account\nNChecking\nTBank\n^\n!Type:Bank\nD31/03/2026\nT-1,012.50\nPBaker\nMRolls\nN123\nSFood\nEBread\n$-1,000.00\nSDrink\n$-12.50\n^\n'
    expect(readStatement(source, { currency: 'GBP' })).toMatchObject({
      format: 'qif',
      warnings: [],
      accounts: [
        {
          id: 'Checking',
          currency: 'GBP',
          transactions: [
            {
              bookedAt: '2026-03-31',
              amount: -101250,
              counterparty: 'Baker',
              text: 'Rolls',
              reference: '123',
              line: 6,
            },
          ],
        },
      ],
    })
  })

  it('finds the order of days in the file', () => {
    expect(days(`!Type:Bank\n${entry('01/02/2026', '1.00')}${entry('13/02/2026', '1.00')}`)).toEqual([
      '2026-02-01',
      '2026-02-13',
    ])
    expect(days(`!Type:Bank\n${entry('01/02/26', '1.00')}${entry('02/13/26', '1.00')}`)).toEqual([
      '2026-01-02',
      '2026-02-13',
    ])
    expect(days(`!Type:Bank\n${entry("2/14'2026", '1.00')}${entry("2/ 1'26", '1.00')}`)).toEqual([
      '2026-02-14',
      '2026-02-01',
    ])
    expect(days(`!Type:CCard\n${entry('2026-09-23', '1.00')}`)).toEqual(['2026-09-23'])
  })

  it('asks where nothing tells the order, and takes it from the options', () => {
    const source = `!Type:Bank\n${entry('01/02/03', '1.00')}`
    expect(() => readStatement(source)).toThrow('Line 2: 01/02/03 can be 2003-02-01 or 2003-01-02')
    expect(readStatement(source, { dateOrder: 'mdy' }).accounts[0]!.transactions[0]!.bookedAt).toBe('2003-01-02')
    expect(readStatement(source, { dateOrder: 'ymd' }).accounts[0]!.transactions[0]!.bookedAt).toBe('2001-02-03')
  })

  it('takes the opening balance for a balance, and its category for the name of the account', () => {
    const source = `!Type:Bank\nD31/03/2026\nT50.00\nPOpening Balance\nL[Savings]\n^\n${entry('31/03/2026', '-4.50')}`
    expect(readStatement(source).accounts).toMatchObject([
      { id: 'Savings', openingBalance: { amount: 5000, on: '2026-03-31' }, transactions: [{ amount: -450 }] },
    ])
  })

  it('keeps accounts apart, and lists of categories, classes and securities out', () => {
    const source = `!Option:AutoSwitch\n!Account\nNOne\n^\nNTwo\n^\n!Clear:AutoSwitch\n!Type:Cat\nNFood\nD01/01/2026\n^\n!Account\nNOne\n^\n!Type:Bank\n${entry('31/03/2026', '1.00')}!Account\nNTwo\n^\n!Type:Oth A\n${entry('30/03/2026', '2.00')}`
    expect(
      readStatement(source).accounts.map(({ id, transactions }) => [id, transactions.map(({ amount }) => amount)]),
    ).toEqual([
      ['One', [100]],
      ['Two', [200]],
    ])
  })

  it('gives investments their sign by the action', () => {
    const invest = (action: string, amount: string) => `D31/03/2026\nN${action}\nYACME\nT${amount}\n^\n`
    const read = readStatement(
      `!Type:Invst\n${invest('Buy', '100.00')}${invest('Sell', '60.00')}${invest('Div', '2.00')}${invest('ReinvDiv', '3.00')}${invest('ShrsIn', '')}`,
    )
    expect(read.accounts[0]!.transactions.map(({ amount }) => amount)).toEqual([-10000, 6000, 200])
    expect(read.warnings).toContain('Investment actions that move no cash are left out')
  })

  it('rejects days and amounts that are none, with their lines', () => {
    const read = readStatement(
      `!Type:Bank\n${entry('31/03/2026', '1.00')}${entry('31/02/2026', '1.00')}${entry('31/03/2026', '1e9')}${entry('31/03/2026', 'NaN')}`,
    )
    expect(read.accounts[0]!.transactions).toHaveLength(1)
    expect(read.rejected).toEqual([
      { line: 6, reason: '"31/02/2026" is no day in the order dmy' },
      { line: 10, reason: '"1e9" is not an amount such as 12.50' },
      { line: 14, reason: '"NaN" is not an amount such as 12.50' },
    ])
  })

  it('asks what the point is where no amount tells', () => {
    const source = `!Type:Bank\n${entry('31/03/2026', '1.234')}`
    expect(() => readStatement(source, { currency: 'EUR' })).toThrow('1.234 can be a thousand or one and a bit')
    expect(readStatement(source, { currency: 'EUR', decimalMark: ',' }).accounts[0]!.transactions[0]!.amount).toBe(
      123400,
    )
  })
})
