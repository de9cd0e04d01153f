import { describe, expect, it } from 'vitest'
import { sqliteFile } from './address.ts'
import { openDatabase } from './open.ts'

describe('the address of a database', () => {
  it.each([
    ['sqlite:shop.db', 'shop.db'],
    ['sqlite:///var/lib/shop.db', '/var/lib/shop.db'],
    ['/var/lib/shop.db', '/var/lib/shop.db'],
    ['shop.db', 'shop.db'],
    ['C:\\shop\\shop.db', 'C:\\shop\\shop.db'],
    ['c://shop/shop.db', 'c://shop/shop.db'],
    [':memory:', ':memory:'],
    ['postgres://localhost/shop', null],
    ['postgresql://localhost/shop', null],
    ['POSTGRES://localhost/shop', null],
  ])('%s means the file %s', (address, file) => {
    expect(sqliteFile(address)).toBe(file)
  })

  it.each(['mysql://root@localhost/shop', 'mongodb+srv://host/shop', 'https://example.com/shop.db', 'postgress://x/y'])(
    '%s is refused, and no file of that name comes into being',
    (address) => {
      expect(() => openDatabase(address)).toThrow(
        /^No database is known for [\w+]+:\/\/ in its address: it begins with/,
      )
      expect(() => openDatabase(address)).not.toThrow(/root@localhost/)
    },
  )
})
