import { describe, expect, it } from 'vitest'
import { balancesAgree, readStatement } from './index.ts'

const message = (
  body: string,
  { account = ':25:DE02120300000000202051', open = ':60F:C260330EUR100,00', close = ':62F:C260331EUR87,50' } = {},
) => `:20:STARTUMS\n${account}\n:28C:1/1\n${open}\n${body}\n${close}\n-\n`
const first = (body: string) => readStatement(message(body)).accounts[0]!.transactions[0]!

describe('readStatement of MT940', () => {
  it('reads account, balances, days, marks and references', () => {
    const read = readStatement(
      message(':61:2603310401DR12,50NTRFINV-9//B-77\n:86:166?00LASTSCHRIFT?20EREF+E-1?21SVWZ+Rolls?32Baker'),
    )
    expect(read).toMatchObject({ format: 'mt940', warnings: [], rejected: [] })
    const [account] = read.accounts
    expect(account).toMatchObject({
      id: 'DE02120300000000202051',
      currency: 'EUR',
      openingBalance: { amount: 10000, on: '2026-03-30' },
      closingBalance: { amount: 8750 },
    })
    expect(account!.transactions).toMatchObject([
      {
        bookedAt: '2026-04-01',
        valuedAt: '2026-03-31',
        amount: -1250,
        counterparty: 'Baker',
        text: 'Rolls',
        reference: 'E-1',
        bankId: 'B-77',
        isPending: false,
        line: 5,
      },
    ])
    expect(balancesAgree(account!, account!.statements[0]!)).toBe(true)
  })

  it.each([
    [':61:260331C12,50NTRFNONREF', 1250],
    [':61:260331D12,50NTRFNONREF', -1250],
    [':61:260331RC12,50NTRFNONREF', -1250],
    [':61:260331RD12,50NTRFNONREF', 1250],
    [':61:260331CR12,NTRFNONREF', 1200],
    [':61:260331D000000000012,50NTRFNONREF', -1250],
    [':61:260331CR\n12,50N062NONREF', 1250],
  ])('reads %s as %i', (line, amount) => {
    expect(first(line).amount).toBe(amount)
  })

  it('knows the year of an entry date that lies across the new year, and marks expected entries', () => {
    expect(first(':61:2512310102D1,00NTRFNONREF').bookedAt).toBe('2026-01-02')
    expect(first(':61:2601011231D1,00NTRFNONREF').bookedAt).toBe('2025-12-31')
    expect(first(':61:260331ED1,00NTRFNONREF').isPending).toBe(true)
  })

  it('takes 30 February, of banks that count months as 30 days, for the end of February', () => {
    const read = readStatement(message(':61:2602300301D1,00NTRFNONREF'))
    expect(read.accounts[0]!.transactions).toMatchObject([{ bookedAt: '2026-03-01', valuedAt: '2026-02-28' }])
    expect(read.warnings).toEqual(['30 February 2026 is taken for the end of that month'])
  })

  it.each<[string, string, object]>([
    [
      'subfields that are wrapped',
      ':86:166?00GUTSCHRIFT?20EREF+EndToEndId TFNR 22 004?21 00001?22\nSVWZ+Rent for March and the sh?23op?32KARL?33        KAUFMANN',
      {
        counterparty: 'KARL KAUFMANN',
        text: 'Rent for March and the shop',
        reference: 'EndToEndId TFNR 22 004 00001',
      },
    ],
    [
      'another sign between them',
      ':86:000>100987654321\n>20ACCOUNT COSTS FROM JANUARY >21TO MARCH>310390123456',
      { text: 'ACCOUNT COSTS FROM JANUARY TO MARCH' },
    ],
    ['keys with colons', ':86:105?20EREF: 12 MREF: M1?21 SVWZ: Tax', { text: 'Tax', reference: '12' }],
    [
      'keys between slashes',
      ':86:/EREF/E-1/BENM//NAME/J JANSEN/REMI/Rent March/ISDT/2026-03-31',
      { counterparty: 'J JANSEN', text: 'Rent March', reference: 'E-1' },
    ],
    [
      'a counterparty between slashes',
      ':86:/EREF/E-1//CNTP/NL01/INGB/J JANSEN/TOWN///REMI/USTD//Rent/',
      { counterparty: 'J JANSEN', text: 'Rent' },
    ],
    ['Dutch labels', ':86:FACTUUR 1\nREK: NL65INGB0123456789/NAAM: PICNIC', { counterparty: 'PICNIC' }],
    [
      'Polish labels',
      ':86:911 TRANSAKCJA; Z RACH.: 1; OD: JAN NOWAK; TYT.: CZYNSZ; TNR: 1',
      { counterparty: 'JAN NOWAK', text: 'CZYNSZ' },
    ],
    ['several fields', ':86:CARD 14:23\n:86:PASS 065', { text: 'CARD 14:23 PASS 065' }],
    ['free text', ':86:HELLO\nWORLD', { counterparty: '', text: 'HELLO WORLD' }],
    [
      'the private field',
      ':NS:01Purpose 1\n02Purpose 2\n15Baker\n17Kind\n',
      { counterparty: 'Baker', text: 'Purpose 1 Purpose 2' },
    ],
    ['only a supplement', 'Card payment', { text: 'Card payment' }],
  ])('reads details in %s', (_, details, expected) => {
    expect(first(`:61:260331D1,00NTRFNONREF\n${details}`)).toMatchObject(expected)
  })

  it('reads a name that stands behind the sixteen places of the reference', () => {
    expect(first(':61:260331D1,00N0440121470966      W.P. Jansen')).toMatchObject({
      reference: '0121470966',
      counterparty: 'W.P. Jansen',
    })
  })

  it('does not take a wrapped time for a field', () => {
    expect(first(':61:260331D1,00NTRFNONREF\n:86:106?20PL 31-03-2026T16\n:26:37').text).toBe('PL 31-03-2026T16:26:37')
  })

  it('reads envelopes of SWIFT, control characters, Windows line ends, and a field whose colon was wrapped', () => {
    const plain = message(':61:260331D1,00NTRFNONREF//1\n:86:Rolls')
    const expected = readStatement(plain).accounts[0]!.transactions.map((one) => ({ ...one, line: 0 }))
    const envelope = `{1:F01BANKDEFFXXXX0000000000}{2:O9400000000000BANKDEFF}{4:\n${plain.replace(/-\n$/, '-}\n')}`
    for (const source of [
      envelope,
      `\u0001\n${plain.replace(/-\n$/, '-\u0003\n')}`,
      plain.replaceAll('\n', '\r\n'),
      plain.replace('\n:86:', '\n:\n86:'),
      `ABNANL2A\n940\n${plain}`,
    ]) {
      expect(readStatement(source).accounts[0]!.transactions.map((one) => ({ ...one, line: 0 }))).toEqual(expected)
    }
  })

  it('joins pages of one account, keeps accounts apart, and takes a currency from wherever there is one', () => {
    const page1 = message(':61:260331D1,00NTRFNONREF', { close: ':62M:C260331EUR99,00' })
    const page2 = message(':61:260331D1,00NTRFNONREF', { open: ':60M:C260331EUR99,00', close: ':62F:C26033198,00' })
    const other = ':20:X\n:25:1291.99.348EUR\n:28:1\n:61:260331C1,00NTRFNONREF\n-\n'
    expect(readStatement(page1 + page2 + other)).toMatchObject({
      warnings: [],
      accounts: [
        {
          currency: 'EUR',
          openingBalance: { amount: 10000 },
          closingBalance: { amount: 9800, currency: 'EUR' },
          transactions: [{ amount: -100 }, { amount: -100 }],
        },
        { id: '1291.99.348', currency: 'EUR', transactions: [{ amount: 100 }] },
      ],
    })
  })

  it('keeps what currencies have: none or three decimals', () => {
    expect(
      readStatement(message(':61:260331D1234,NTRFX', { open: ':60F:C260330JPY5000,', close: ':62F:C260331JPY3766,' }))
        .accounts[0]!.transactions[0]!.amount,
    ).toBe(-1234)
    expect(
      readStatement(message(':61:260331D1,005NTRFX', { open: ':60F:C260330KWD5,000', close: '' })).accounts[0]!
        .transactions[0]!.amount,
    ).toBe(-1005)
  })

  it('rejects lines that are no entries, and refuses parts of a statement that say nothing', () => {
    const read = readStatement(
      message(':61:260331D1,00NTRFX\n:61:rubbish\n:61:261331D1,00NTRFX\n:61:260331D1,005NTRFX'),
    )
    expect(read.rejected).toEqual([
      { line: 6, reason: ':61:rubbish is not an entry such as 2603310331D12,50NTRFNONREF' },
      { line: 7, reason: '261331 is no day' },
      { line: 8, reason: '1,005 is finer than the smallest unit of EUR (2 decimals)' },
    ])
    expect(() => readStatement(':20:ABC\n')).toThrow('Line 1: The file has :20: and no account, balance or entry')
    expect(() => readStatement(':86:091\n-\n')).toThrow('it is a part of a statement')
  })
})
