import { describe, expect, it } from 'vitest'
import { balancesAgree, readStatement } from './index.ts'

const entry = (amount: string, more = '', { side = 'DBIT', status = '<Sts>BOOK</Sts>', currency = 'EUR' } = {}) =>
  `<Ntry><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${side}</CdtDbtInd>${status}<BookgDt><Dt>2026-03-31</Dt></BookgDt><ValDt><DtTm>2026-04-01T00:00:00+02:00</DtTm></ValDt>${more}</Ntry>`
const balance = (code: string, amount: string, side = 'CRDT') =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${side}</CdtDbtInd><Dt><Dt>2026-03-31</Dt></Dt></Bal>`
const statement = (body: string, account = '<Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>') =>
  `<Stmt><Id>1</Id><CreDtTm>2026-04-01T06:00:00</CreDtTm>${account}${body}</Stmt>`
const document = (body: string, version = '053.001.08') =>
  `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.${version}"><BkToCstmrStmt><GrpHdr/>${body}</BkToCstmrStmt></Document>`
const DETAILS =
  '<AcctSvcrRef>B-77</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>INV-9</EndToEndId></Refs><RltdPties><Dbtr><Nm>We</Nm></Dbtr><Cdtr><Pty><Nm>Baker &amp; Sons</Nm></Pty></Cdtr></RltdPties><RmtInf><Ustrd>March</Ustrd><Ustrd>rolls</Ustrd></RmtInf></TxDtls></NtryDtls>'

describe('readStatement of CAMT', () => {
  it('reads account, balances, days, sides, names, texts and references', () => {
    const read = readStatement(
      document(statement(balance('OPBD', '10.00') + balance('CLBD', '2.50', 'DBIT') + entry('12.50', DETAILS))),
    )
    expect(read).toMatchObject({ format: 'camt', warnings: [], rejected: [] })
    const [account] = read.accounts
    expect(account).toMatchObject({
      id: 'DE02120300000000202051',
      currency: 'EUR',
      openingBalance: { amount: 1000, currency: 'EUR', on: '2026-03-31' },
      closingBalance: { amount: -250 },
    })
    expect(account!.transactions).toEqual([
      {
        bookedAt: '2026-03-31',
        valuedAt: '2026-04-01',
        amount: -1250,
        currency: 'EUR',
        counterparty: 'Baker & Sons',
        text: 'March rolls',
        reference: 'INV-9',
        bankId: 'B-77',
        isPending: false,
        balanceAfter: null,
        line: 1,
      },
    ])
    expect(balancesAgree(account!, account!.statements[0]!)).toBe(true)
  })

  it('reads version 2 and version 8, with and without a prefix, reports and notifications', () => {
    const old = document(
      statement(
        entry('1.00', '<NtryDtls><TxDtls><RltdPties><Cdtr><Nm>Baker</Nm></Cdtr></RltdPties></TxDtls></NtryDtls>'),
      ),
      '053.001.02',
    )
    const prefixed = old.replace('xmlns=', 'xmlns:c=').replace(/<(\/?)(?=[A-Z])/g, '<$1c:')
    const coded = document(statement(entry('1.00', '', { status: '<Sts><Cd>BOOK</Cd></Sts>' })))
    const report = coded.replaceAll('BkToCstmrStmt', 'BkToCstmrAcctRpt').replaceAll('Stmt>', 'Rpt>')
    const notice = coded.replaceAll('BkToCstmrStmt', 'BkToCstmrDbtCdtNtfctn').replaceAll('Stmt>', 'Ntfctn>')
    for (const source of [old, prefixed, coded, report, notice]) {
      expect(readStatement(source).accounts[0]!.transactions).toMatchObject([{ amount: -100, isPending: false }])
    }
    expect(readStatement(prefixed).accounts[0]!.transactions[0]!.counterparty).toBe('Baker')
  })

  it('marks pending entries and leaves out informational ones', () => {
    const read = readStatement(
      document(
        statement(
          entry('1.00', '', { status: '<Sts>PDNG</Sts>' }) + entry('2.00', '', { status: '<Sts><Cd>INFO</Cd></Sts>' }),
        ),
      ),
    )
    expect(read.accounts[0]!.transactions).toMatchObject([{ amount: -100, isPending: true }])
    expect(read.warnings).toEqual(['Entries that only inform (status INFO) are left out'])
  })

  it('keeps amounts exact in currencies of any number of decimals, and rejects finer ones', () => {
    const amounts =
      entry('1500', '', { currency: 'JPY' }) +
      entry('1.005', '', { currency: 'KWD' }) +
      entry('27.05000') +
      entry('1.005') +
      entry('1e3') +
      entry('-')
    const read = readStatement(document(statement(amounts)))
    expect(read.accounts[0]!.transactions.map(({ amount }) => amount)).toEqual([-1500, -1005, -2705])
    expect(read.rejected.map(({ reason }) => reason)).toEqual([
      '1.005 is finer than the smallest unit of EUR (2 decimals)',
      '"1e3" is not an amount such as 12.50',
      '"-" is not an amount such as 12.50',
    ])
  })

  it('rejects entries without a side or on a day that does not exist', () => {
    const wrong = statement(
      entry('1.00', '', { side: 'X' }) +
        entry('2.00')
          .replaceAll('2026-03-31', '2026-02-31')
          .replace(/<ValDt>.*<\/ValDt>/, '') +
        entry('3.00'),
    )
    const read = readStatement(document(wrong).replace('<CreDtTm>2026-04-01T06:00:00</CreDtTm>', ''))
    expect(read.accounts[0]!.transactions).toHaveLength(1)
    expect(read.rejected.map(({ reason }) => reason)).toEqual([
      'CdtDbtInd must be CRDT or DBIT, got "X"',
      'the entry has no booking date such as 2026-03-31',
    ])
  })

  it('joins the statements of an account and says where they do not follow each other', () => {
    const first = statement(balance('OPBD', '10.00') + balance('CLBD', '9.00') + entry('1.00'))
    const next = statement(balance('PRCD', '9.00') + balance('CLBD', '8.00') + entry('1.00'))
    const gap = statement(balance('OPBD', '7.00') + balance('CLBD', '6.00') + entry('1.00'))
    expect(readStatement(document(first + next)).accounts).toMatchObject([
      {
        openingBalance: { amount: 1000 },
        closingBalance: { amount: 800 },
        statements: [
          { from: 0, to: 1 },
          { from: 1, to: 2 },
        ],
      },
    ])
    expect(readStatement(document(first + next)).warnings).toEqual([])
    expect(readStatement(document(first + gap)).warnings).toEqual([
      'Statements of DE02120300000000202051 do not follow each other: one ends with 900, the next begins with 700',
    ])
  })

  it('keeps a collective entry as the one amount that was booked', () => {
    const many =
      '<NtryDtls><TxDtls><RltdPties><Cdtr><Nm>A</Nm></Cdtr></RltdPties><RmtInf><Ustrd>one</Ustrd></RmtInf></TxDtls><TxDtls><RltdPties><Cdtr><Nm>B</Nm></Cdtr></RltdPties><RmtInf><Ustrd>two</Ustrd></RmtInf></TxDtls></NtryDtls>'
    expect(readStatement(document(statement(entry('5.00', many)))).accounts[0]!.transactions).toMatchObject([
      { amount: -500, counterparty: '', text: 'one two', reference: null },
    ])
  })

  it('does not take names of Object for messages', () => {
    for (const name of ['constructor', 'toString'])
      expect(() => readStatement(`<Document><${name}/></Document>`)).toThrow(`The XML holds <${name}>, not a statement`)
  })

  it('refuses a message with a header and no statement, a billion laughs, and a file cut short', () => {
    expect(() => readStatement(document(''))).toThrow('there is no statement in it')
    expect(() => readStatement('<!DOCTYPE a [<!ENTITY b "c">]><Document/>')).toThrow(
      'DOCTYPE and entities are not read',
    )
    expect(() => readStatement(document(statement(entry('1.00'))).slice(0, 400))).toThrow('cut short')
  })
})
