import { describe, expect, it } from 'vitest'
import { balancesAgree, readStatement, type StatementOptions } from './index.ts'

const read = (source: string, options?: StatementOptions) => readStatement(source, options)
const entries = (source: string, options?: StatementOptions) =>
  read(source, options).accounts.flatMap(({ transactions }) => transactions)

describe('readStatement of CSV', () => {
  it.each<[string, string, object[]]>([
    [
      'English, comma, paid out and in',
      'Date,Description,Paid out,Paid in,Balance\n31 Mar 2026,"Baker, Sons",4.50,,95.50\n31 Mar 2026,Pay,,"1,000.00","1,095.50"\n',
      [{ bookedAt: '2026-03-31', amount: -450, text: 'Baker, Sons', balanceAfter: 9550 }, { amount: 100000 }],
    ],
    [
      'German, semicolon, preamble',
      '"Kontonummer:";"DE02"\n"Kontostand:";"95,50 EUR"\n\n"Buchungstag";"Wertstellung";"Auftraggeber / Begünstigter";"Verwendungszweck";"Betrag (EUR)"\n"31.03.2026";"01.04.2026";"Bäcker";"Brötchen";"-1.234,50"\n',
      [
        {
          bookedAt: '2026-03-31',
          valuedAt: '2026-04-01',
          counterparty: 'Bäcker',
          text: 'Brötchen',
          amount: -123450,
          currency: 'EUR',
        },
      ],
    ],
    [
      'Dutch, direction beside the amount',
      '"Datum","Naam / Omschrijving","Rekening","Af Bij","Bedrag (EUR)","Mededelingen"\n"20260331","Bakker","NL01","Af","4,50","Brood"\n"20260331","Werk","NL01","Bij","1000,00","Loon"\n',
      [{ amount: -450, counterparty: 'Bakker', text: 'Brood' }, { amount: 100000 }],
    ],
    [
      'French, tab',
      'Date opération\tLibellé\tMontant\tDevise\n31/03/2026\tBoulangerie\t-4,50\tEUR\n',
      [{ amount: -450, text: 'Boulangerie', currency: 'EUR' }],
    ],
    [
      'American, debit and credit',
      'Transaction Date,Posted Date,Card No.,Description,Category,Debit,Credit\n2026-03-30,2026-03-31,1234,BAKER,Food,4.50,\n',
      [{ bookedAt: '2026-03-31', amount: -450, text: 'BAKER' }],
    ],
    [
      'a separator that is named',
      'sep=;\nDate;Amount;Text\n2026-03-31;-4,50;Baker\n',
      [{ amount: -450, text: 'Baker' }],
    ],
    [
      'no header',
      '2026-03-31,-4.50,Baker\n2026-03-30,-5.50,Butcher\n',
      [{ bookedAt: '2026-03-31', amount: -450, text: 'Baker' }, { amount: -550 }],
    ],
  ])('finds the columns: %s', (_, source, expected) => {
    expect(entries(source)).toMatchObject(expected)
  })

  it('takes columns as they are named or numbered', () => {
    const source = 'When,How much,What\n2026-03-31,4.50,Baker\n'
    expect(() => read(source)).not.toThrow()
    expect(
      entries('When;How much;What\nx;2026-03-31;4.50\n', { columns: { bookedAt: 1, amount: 2, text: 0 } }),
    ).toMatchObject([{ bookedAt: '2026-03-31', amount: 450, text: 'x' }])
    expect(entries(source, { columns: { bookedAt: 'when', amount: 'How much', text: 'What' } })).toMatchObject([
      { amount: 450, text: 'Baker' },
    ])
  })

  it('finds decimal mark and order of days in the file, and asks where nothing tells', () => {
    const rows = (...lines: string[]) => `Date;Amount;Text\n${lines.join('\n')}\n`
    expect(entries(rows('01/02/2026;1.234;a', '31/01/2026;1.234,50;b'))).toMatchObject([
      { bookedAt: '2026-02-01', amount: 123400 },
      { amount: 123450 },
    ])
    expect(() => read(rows('01/02/2026;1.00;a'))).toThrow('Line 2: 01/02/2026 can be 2026-02-01 or 2026-01-02')
    expect(entries(rows('01/02/2026;1.00;a'), { dateOrder: 'mdy' })).toMatchObject([{ bookedAt: '2026-01-02' }])
    expect(() => read(rows('2026-02-01;1.234;a'))).toThrow('Line 2: 1.234 can be a thousand or one and a bit')
    expect(entries(rows('2026-02-01;1.234;a'), { decimalMark: ',' })).toMatchObject([{ amount: 123400 }])
  })

  it('reads balances behind entries as opening and closing, oldest or newest first', () => {
    const lines = ['2026-03-30;-4.50;a;95.50', '2026-03-31;-5.50;b;90.00']
    for (const order of [lines, lines.toReversed()]) {
      const { accounts } = read(`Date;Amount;Text;Balance\n${order.join('\n')}\n`)
      expect(accounts).toMatchObject([
        { openingBalance: { amount: 10000, on: '2026-03-30' }, closingBalance: { amount: 9000, on: '2026-03-31' } },
      ])
      expect(balancesAgree(accounts[0]!, accounts[0]!.statements[0]!)).toBe(true)
    }
    expect(
      read('Date;Amount;Text;Balance\n2026-03-30;-4.50;a;95.50\n2026-03-31;-5.50;b;12.00\n').accounts[0]!
        .closingBalance,
    ).toBeNull()
  })

  it('keeps accounts and currencies apart, and pending from booked; leaves out what was declined', () => {
    const source =
      'Account,Date,Amount,Currency,State,Description\nA,2026-03-31,1.00,EUR,COMPLETED,x\nA,2026-03-31,100,JPY,PENDING,y\nB,2026-03-31,2.00,EUR,DECLINED,z\n'
    const { accounts, warnings } = read(source)
    expect(accounts).toMatchObject([
      { id: 'A', currency: 'EUR', transactions: [{ amount: 100, isPending: false }] },
      { id: 'A', currency: 'JPY', transactions: [{ amount: 100, isPending: true }] },
    ])
    expect(warnings).toEqual(['Entries that were declined or taken back are left out'])
  })

  it('rejects rows with their line, and passes over totals below the table', () => {
    const source =
      'Date,Description,Amount\n2026-03-31,"two\nlines",1.00\n2026-02-31,x,1.00\n2026-03-31,x,1e9\n2026-03-31,x,NaN\n2026-03-31,x,\n2026-03-31,x,(12.00)\n,Total,99.00\n'
    const { accounts, rejected } = read(source)
    expect(accounts[0]!.transactions).toMatchObject([
      { text: 'two lines', amount: 100, line: 2 },
      { amount: -1200, line: 8 },
    ])
    expect(rejected).toEqual([
      { line: 4, reason: '"2026-02-31" is no day in the order dmy' },
      { line: 5, reason: '"1e9" is not an amount such as 12.50' },
      { line: 6, reason: '"NaN" is not an amount such as 12.50' },
      { line: 7, reason: 'the row has no amount' },
    ])
  })

  it('keeps formulas and names of Object as the text that they are', () => {
    const source = 'Date,Description,Amount,__proto__\n2026-03-31,"=HYPERLINK(""x"")",1.00,constructor\n'
    expect(entries(source)).toMatchObject([{ text: '=HYPERLINK("x")', amount: 100 }])
  })

  it('refuses quotes without end, rows without end, and more columns than a bank has', () => {
    expect(() => read(`Date,Amount,Text\n2026-03-31,1.00,"${'x'.repeat(100_000)}`)).toThrow()
    expect(() => read(`Date,Amount,Text\n2026-03-31,1.00,${'x'.repeat(100_000)}`)).toThrow('a cell is too long')
    expect(() => read(`Date,Amount,Text\n2026-03-31,1.00${',x'.repeat(1_000)}\n`)).toThrow()
  })
})
