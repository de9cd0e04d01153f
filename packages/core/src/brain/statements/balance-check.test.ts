import { describe, expect, it } from 'vitest'
import { balancesAgree, readStatement } from './index.ts'

const agrees = (opening: string, entries: string, closing: string) => {
  const [account] = readStatement(`:20:A\n:25:1\n${opening}\n${entries}\n${closing}\n-\n`).accounts
  return balancesAgree(account!, account!.statements[0]!)
}
const ENTRIES = ':61:260331D0,50NTRFX\n:61:260331C2,00NTRFX'

describe('balancesAgree', () => {
  it('adds the booked entries to the opening balance, and leaves expected ones out', () => {
    expect(agrees(':60F:C260331EUR1,00', ENTRIES, ':62F:C260331EUR2,50')).toBe(true)
    expect(agrees(':60F:D260331EUR1,00', ENTRIES, ':62F:C260331EUR0,50')).toBe(true)
    expect(agrees(':60F:C260331EUR1,00', `${ENTRIES}\n:61:260331EC9,00NTRFX`, ':62F:C260331EUR2,50')).toBe(true)
    expect(agrees(':60F:C260331EUR1,00', ENTRIES, ':62F:C260331EUR2,51')).toBe(false)
  })

  it('cannot tell without both balances, or across currencies', () => {
    expect(agrees('', ENTRIES, ':62F:C260331EUR2,50')).toBeNull()
    expect(agrees(':60F:C260331EUR1,00', ENTRIES, '')).toBeNull()
    expect(agrees(':60F:C260331EUR1,00', ENTRIES, ':62F:C260331USD2,50')).toBeNull()
  })
})
