import { isIP } from 'node:net'
import { bareAddress, groupsOf } from '../limits/address-subject.ts'

/** Network addresses, some by themselves and some by range. */
export interface AddressRanges {
  /** Whether an address is one of them. `undefined`, and what is no address, is not. */
  has(address: string | undefined): boolean
}

interface Address {
  readonly width: 32 | 128
  readonly value: bigint
}

interface Range extends Address {
  /** Leading bits that count. */
  readonly prefix: number
}

/** The first 96 bits of IPv4 that is written as IPv6: `::ffff:0:0/96` (RFC 4291, section 2.5.5.2). */
const MAPPED = 0xffffn
const MAPPED_BITS = 96

/**
 * Reads a list such as `203.0.113.7, 10.0.0.0/8, 2001:db8::/32`. IPv4 that is written as IPv6 is the IPv4 that it is, in the
 * list and in what is asked; a range of IPv6 holds no IPv4 otherwise. Bits behind a prefix do not count. Throws `RangeError`
 * for an entry that is no address and no range, and for a list of none.
 */
export function readAddressRanges(list: string): AddressRanges {
  const entries = list
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean)
  if (entries.length === 0) throw new RangeError('must name an address or a range at least')
  const ranges = entries.map(rangeOf)
  return {
    has(address) {
      const asked = addressOf(bareAddress(address ?? ''))
      return asked !== null && ranges.some((range) => holds(range, asked))
    },
  }
}

function rangeOf(entry: string): Range {
  const [text = '', bits, ...rest] = entry.split('/')
  const version = isIP(text)
  const address = text.includes('%') ? null : addressOf(text)
  if (!address || rest.length > 0) throw notOne(entry)
  const width = version === 4 ? 32 : 128
  if (bits === undefined) return { ...address, prefix: address.width }
  const prefix = /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN
  // Of IPv4 that is written as IPv6, all 96 bits in front count: less would mean IPv6 as well.
  const isMapped = version === 6 && address.width === 32
  if (!(prefix <= width) || (isMapped && prefix < MAPPED_BITS)) throw notOne(entry)
  return { ...address, prefix: isMapped ? prefix - MAPPED_BITS : prefix }
}

function notOne(entry: string): RangeError {
  return new RangeError(`must be addresses and ranges such as 10.0.0.0/8 with commas between; ${entry} is neither`)
}

function addressOf(text: string): Address | null {
  const version = isIP(text)
  if (version === 0) return null
  if (version === 4) return { width: 32, value: joined(text.split('.').map(Number), 8n) }
  const value = joined(groupsOf(text), 16n)
  return value >> 32n === MAPPED ? { width: 32, value: value & 0xffff_ffffn } : { width: 128, value }
}

function joined(parts: readonly number[], bits: bigint): bigint {
  return parts.reduce((whole, part) => (whole << bits) | BigInt(part), 0n)
}

function holds({ width, value, prefix }: Range, asked: Address): boolean {
  const rest = BigInt(width - prefix)
  return asked.width === width && asked.value >> rest === value >> rest
}
