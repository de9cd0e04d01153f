import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fingerprintsOf, readStatement, StatementError, type StatementErrorCode } from './index.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const CSV = 'Date,Description,Amount\n2026-03-31,Bäcker,-4.50\n'

const SLOW_MS = 30_000
/** One small file of each format. */
const WHOLE = [
  CSV,
  ':20:A\n:25:DE1\n:60F:C260331EUR1,00\n:61:260331D0,50NTRFNONREF//B1\n:86:166?00X?20Y\n:62F:C260331EUR0,50\n-\n',
  '<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKTRANLIST><STMTTRN><DTPOSTED>20260331<TRNAMT>1.00<FITID>1</STMTTRN></BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>',
  '<Document><BkToCstmrStmt><Stmt><Ntry><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-03-31</Dt></BookgDt></Ntry></Stmt></BkToCstmrStmt></Document>',
  '!Type:Bank\nD31/03/2026\nT-4.50\nPBaker\n^\n',
]

function refusal(source: Uint8Array | string, options = {}): { code: StatementErrorCode; message: string } {
  try {
    readStatement(source, options)
  } catch (error) {
    if (error instanceof StatementError) return { code: error.code, message: error.message }
    throw error
  }
  throw new Error('It was read')
}

describe('readStatement', () => {
  it('tells formats apart by what is in them', () => {
    expect(readStatement('OFXHEADER:100\n\n<OFX></OFX>').format).toBe('ofx')
    expect(readStatement('!Type:Bank\nD31/03/2026\nT-4.50\n^').format).toBe('qif')
    expect(readStatement(':20:A\n:25:1\n').format).toBe('mt940')
    expect(readStatement(CSV).format).toBe('csv')
  })

  it('reads UTF-8 with and without a byte order mark, UTF-16 and Windows-1252', () => {
    const utf16 = Uint8Array.from(
      [...`\ufeff${CSV}`].flatMap((sign) => [sign.charCodeAt(0) & 255, sign.charCodeAt(0) >> 8]),
    )
    const bare = Uint8Array.from(
      [...CSV.repeat(3)].flatMap((sign) => [sign.charCodeAt(0) >> 8, sign.charCodeAt(0) & 255]),
    )
    const latin = Uint8Array.from([...CSV].map((sign) => sign.charCodeAt(0)))
    for (const source of [CSV, bytes(CSV), bytes(`\ufeff${CSV}`), utf16, bare, latin]) {
      expect(readStatement(source).accounts[0]!.transactions[0]).toMatchObject({ text: 'Bäcker', amount: -450 })
    }
    expect(readStatement(latin, { encoding: 'iso-8859-2' }).accounts[0]!.transactions[0]!.text).toBe('Bäcker')
  })

  it('reads line ends of Windows and of old Macs', () => {
    for (const end of ['\r\n', '\r'])
      expect(readStatement(CSV.replaceAll('\n', end)).accounts[0]!.transactions).toHaveLength(1)
  })

  it.each<[string, Uint8Array | string, StatementErrorCode, string]>([
    ['nothing', '', 'empty', 'The file is empty'],
    ['spaces', ' \n\n', 'empty', 'The file is empty'],
    ['a PDF', '%PDF-1.7', 'unknown_format', ''],
    ['prose', 'Dear customer,\nyour statement is ready.\n', 'unknown_format', 'No line names a column of days'],
    ['JSON', '{"transactions":[]}', 'unknown_format', 'The file is JSON'],
    ['a web page', '<!DOCTYPE html><html></html>', 'unknown_format', 'The file is a web page'],
    [
      'another XML',
      '<Document><CstmrCdtTrfInitn/></Document>',
      'unknown_format',
      '<CstmrCdtTrfInitn>, not a statement',
    ],
    ['numbers', '1\n2\n3\n', 'unknown_format', 'No line names'],
  ])('refuses %s', (_, source, code, reason) => {
    expect(refusal(source)).toMatchObject({ code, message: expect.stringContaining(reason) })
  })

  it.each([
    [[0x25, 0x50, 0x44, 0x46, 0x2d], 'a PDF'],
    [[0x50, 0x4b, 3, 4], 'a ZIP archive or an XLSX'],
    [[0xd0, 0xcf, 0x11, 0xe0], 'an old Excel or Word file'],
    [[0x89, 0x50, 0x4e, 0x47], 'a picture'],
    [Array.from({ length: 400 }, (_, i) => (i * 7) % 29), 'binary'],
  ])('refuses bytes that are %s', (start, what) => {
    expect(refusal(Uint8Array.from(start))).toMatchObject({
      code: 'unknown_format',
      message: expect.stringContaining(what),
    })
  })

  it('refuses 50 MB before it reads them, and more entries than it is allowed', () => {
    expect(refusal(new Uint8Array(50 * 1024 * 1024))).toMatchObject({
      code: 'too_large',
      message: 'The file has 52428800 bytes, more than 16777216: split it',
    })
    const many = `Date,Description,Amount\n${'2026-03-31,x,1.00\n'.repeat(50)}`
    expect(refusal(many, { maxTransactions: 49 }).message).toBe('The file has more than 49 entries: split it')
    expect(readStatement(many, { maxTransactions: 50 }).accounts[0]!.transactions).toHaveLength(50)
  })

  it('refuses options that mean nothing', () => {
    expect(() => readStatement(CSV, { currency: 'euro' })).toThrow('currency must be a code such as EUR, got euro')
    expect(refusal(bytes(CSV), { encoding: 'klingon' }).message).toBe('No such encoding: klingon')
  })

  it('takes the currency of the options where the file names none, and its decimals with it', () => {
    const yen = readStatement('Date,Description,Amount\n2026-03-31,x,"1,234"\n', { currency: 'JPY' })
    expect(yen.accounts[0]).toMatchObject({ currency: 'JPY', transactions: [{ amount: 1234, currency: 'JPY' }] })
    const dinar = readStatement('Date,Description,Amount\n2026-03-31,x,1.250\n2026-03-31,x,10.5\n', { currency: 'KWD' })
    expect(dinar.accounts[0]!.transactions.map(({ amount }) => amount)).toEqual([1250, 10500])
    expect(readStatement(CSV)).toMatchObject({
      accounts: [{ currency: 'XXX' }],
      warnings: ['The file names no currency: amounts are taken to have two decimals'],
    })
  })

  it('survives any file that was cut short: it reads what is whole, or says why not', { timeout: SLOW_MS }, () => {
    for (const text of WHOLE) for (let length = 0; length < text.length; length++) tryTo(text.slice(0, length))
  })

  it('survives any file that was damaged, with exact amounts, real days and one fingerprint an entry', {
    timeout: SLOW_MS,
  }, () => {
    const damage = fc.record({
      text: fc.constantFrom(...WHOLE),
      share: fc.nat(1_000),
      removed: fc.nat(12),
      added: fc.string({ maxLength: 8 }),
    })
    fc.assert(
      fc.property(damage, ({ text, share, removed, added }) => {
        const at = Math.floor((share / 1_000) * text.length)
        tryTo(text.slice(0, at) + added + text.slice(at + removed))
      }),
      { numRuns: 300 },
    )
  })
})

function tryTo(text: string): void {
  try {
    for (const account of readStatement(text).accounts) {
      const transactions = account.transactions.map(
        ({ amount, bookedAt }) => Number.isSafeInteger(amount) && /^\d{4}-\d{2}-\d{2}$/.test(bookedAt),
      )
      expect(transactions).not.toContain(false)
      expect(new Set(fingerprintsOf(account)).size).toBe(transactions.length)
    }
  } catch (error) {
    if (!(error instanceof StatementError)) throw error
  }
}
