import { describe, expect, it } from 'vitest'
import { readStatement } from './index.ts'

const HEADER = 'OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n'
const ENTRY =
  '<STMTTRN><TRNTYPE>POS<DTPOSTED>20260331120000.000[-5:EST]<TRNAMT>-12.50<FITID>F1<NAME>Baker &amp; Sons<MEMO>Rolls</STMTTRN>'
const bank = (entries: string, { currency = 'CAD', more = '' } = {}) =>
  `${HEADER}<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS></SONRS></SIGNONMSGSRSV1><BANKMSGSRSV1><STMTTRNRS><TRNUID>1\n<STMTRS><CURDEF>${currency}\n<BANKACCTFROM><BANKID>1<ACCTID>123-4<ACCTTYPE>CHECKING</BANKACCTFROM>\n<BANKTRANLIST><DTSTART>20260301<DTEND>20260331\n${entries}</BANKTRANLIST>${more}</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`
/** The same as well-formed XML: every value with its end. */
const asXml = (sgml: string) =>
  `<?xml version="1.0"?><?OFX OFXHEADER="200" VERSION="211"?>${sgml.slice(HEADER.length).replace(/<([A-Z0-9.]+)>([^<\n]+)(?!<\/\1)/g, '<$1>$2</$1>')}`

describe('readStatement of OFX', () => {
  it('reads the SGML of version 1', () => {
    const read = readStatement(bank(ENTRY, { more: '<LEDGERBAL><BALAMT>382.34<DTASOF>20260331</LEDGERBAL>' }))
    expect(read).toMatchObject({ format: 'ofx', warnings: [], rejected: [] })
    expect(read.accounts).toMatchObject([
      {
        id: '123-4',
        currency: 'CAD',
        openingBalance: null,
        closingBalance: { amount: 38234, currency: 'CAD', on: '2026-03-31' },
      },
    ])
    expect(read.accounts[0]!.transactions).toEqual([
      {
        bookedAt: '2026-03-31',
        valuedAt: null,
        amount: -1250,
        currency: 'CAD',
        counterparty: 'Baker & Sons',
        text: 'Rolls',
        reference: null,
        bankId: 'F1',
        isPending: false,
        balanceAfter: null,
        line: 11,
      },
    ])
  })

  it('reads the XML of version 2, and SGML that calls itself XML', () => {
    const sgml = bank(ENTRY)
    const expected = readStatement(sgml).accounts[0]!.transactions.map((one) => ({ ...one, line: 0 }))
    const mixed = sgml.replace(HEADER, '<?xml version="1.0"?>\n<?OFX OFXHEADER="200" VERSION="203"?>\n')
    for (const source of [
      asXml(sgml),
      mixed,
      sgml
        .toLowerCase()
        .replace('cad', 'CAD')
        .replace('baker &amp; sons', 'Baker &amp; Sons')
        .replace('rolls', 'Rolls')
        .replace('f1', 'F1'),
    ]) {
      expect(readStatement(source).accounts[0]!.transactions.map((one) => ({ ...one, line: 0 }))).toEqual(expected)
    }
  })

  it('does not take what follows an empty value for its content', () => {
    const empty =
      '<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260331<TRNAMT>1.00<CHECKNUM><FITID>F2<NAME></NAME><MEMO>Gift</STMTTRN>'
    expect(readStatement(bank(empty + ENTRY)).accounts[0]!.transactions).toMatchObject([
      { amount: 100, bankId: 'F2', counterparty: '', text: 'Gift', reference: null },
      { amount: -1250, bankId: 'F1' },
    ])
  })

  it.each([
    ['-12.50', -1250],
    ['+12.50', 1250],
    ['-12,50', -1250],
    ['12', 1200],
    ['1,234.50', 123450],
    ['-0000000012.5000', -1250],
    ['.00', '".00" is not an amount'],
    ['$12', '"$12" is not an amount'],
    ['1e9', '"1e9" is not an amount'],
    ['NaN', '"NaN" is not an amount'],
    ['1.2.3', '"1.2.3" is not an amount'],
    ['115.8331', '115.8331 is finer than the smallest unit'],
  ])('reads or rejects the amount %s', (written, amount) => {
    const read = readStatement(bank(ENTRY + ENTRY.replace('-12.50', written)))
    if (typeof amount === 'number') expect(read.accounts[0]!.transactions[1]!.amount).toBe(amount)
    else expect(read.rejected).toMatchObject([{ reason: expect.stringContaining(amount) }])
  })

  it('refuses a file whose every entry is broken, with the first reason, and keeps the rest of one with a broken entry', () => {
    const noDay = ENTRY.replace('20260331120000.000[-5:EST]', '20260231')
    expect(() => readStatement(bank(noDay + noDay))).toThrow(
      'Line 11: DTPOSTED 20260231 is no day (none of 2 entries can be read)',
    )
    expect(() => readStatement(bank(ENTRY.replace(/<DTPOSTED>[^<]*/, '')))).toThrow('the entry has no DTPOSTED')
    expect(readStatement(bank(noDay + ENTRY))).toMatchObject({
      rejected: [{ line: 11, reason: 'DTPOSTED 20260231 is no day' }],
    })
  })

  it('reads credit cards and the cash of investments, with trades that move none left out', () => {
    const card = bank(ENTRY).replaceAll('STMTRS>', 'CCSTMTRS>').replaceAll('BANKACCTFROM', 'CCACCTFROM')
    expect(readStatement(card).accounts).toMatchObject([{ id: '123-4', transactions: [{ amount: -1250 }] }])
    const trades =
      '<INVTRANLIST><BUYSTOCK><INVBUY><INVTRAN><FITID>T1<DTTRADE>20260330<DTSETTLE>20260331<MEMO>Bought</INVTRAN><SECID><UNIQUEID>458</SECID><UNITS>2<TOTAL>-25.20</INVBUY></BUYSTOCK>' +
      `<INCOME><INVTRAN><FITID>T2<DTTRADE>20260331</INVTRAN><TOTAL>1.10</INCOME><REINVEST><INVTRAN><FITID>T3<DTTRADE>20260331</INVTRAN><TOTAL>-9</REINVEST><INVBANKTRAN>${ENTRY}</INVBANKTRAN></INVTRANLIST>`
    const investment = `${HEADER}<OFX><INVSTMTRS><DTASOF>20260331<CURDEF>USD<INVACCTFROM><ACCTID>9</INVACCTFROM>${trades}<INVBAL><AVAILCASH>18073.98</INVBAL></INVSTMTRS></OFX>`
    const read = readStatement(investment)
    expect(read.accounts[0]!.transactions.map(({ amount, bankId }) => [amount, bankId])).toEqual([
      [-1250, 'F1'],
      [-2520, 'T1'],
      [110, 'T2'],
    ])
    expect(read.accounts[0]!.closingBalance).toMatchObject({ amount: 1807398 })
    expect(read.warnings).toEqual(['1 trades that move no cash are left out'])
  })

  it('tells what the bank said where it gave no statement', () => {
    const refused = `${HEADER}<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>15500<SEVERITY>ERROR<MESSAGE>Wrong password</STATUS></SONRS></SIGNONMSGSRSV1></OFX>`
    expect(() => readStatement(refused)).toThrow('The bank answered with error 15500: Wrong password')
    expect(readStatement(`${HEADER}<OFX></OFX>`)).toMatchObject({
      accounts: [],
      warnings: ['The file is well-formed and holds no account'],
    })
  })

  it('refuses what was cut short, document types, and elements nested without end', () => {
    expect(() => readStatement(bank(ENTRY).slice(0, -60))).toThrow('was cut short')
    expect(() => readStatement(`${HEADER}no more`)).toThrow('an OFX header and no <OFX>')
    expect(() => readStatement('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><OFX><!DOCTYPE x></OFX>')).toThrow(
      'DOCTYPE and entities are not read',
    )
    expect(() => readStatement(`<OFX>${'<A>'.repeat(100_000)}`)).toThrow('nested more than 64 deep')
  })
})
