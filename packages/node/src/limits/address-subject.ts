import { isIP } from 'node:net'

/** Callers whose address nobody knows share one limit. */
export const UNKNOWN_ADDRESS = 'unknown-address'

/**
 * What an address is counted under: IPv4 whole; IPv6 by its first 64 bits, all of which a single subscriber has
 * (RFC 6177); IPv4 that is written as IPv6 (`::ffff:0:0/96`, and `64:ff9b::/96` of RFC 6052) as the IPv4 that it is. Zones,
 * brackets and ports are left out. Anything else is `UNKNOWN_ADDRESS`.
 */
export function addressSubject(address: string | undefined): string {
  const ip = bareAddress(address ?? '')
  if (isIP(ip) === 4) return ip
  if (isIP(ip) !== 6) return UNKNOWN_ADDRESS
  const groups = groupsOf(ip)
  if (isWithin(groups, [0, 0, 0, 0, 0, 0xffff]) || isWithin(groups, [0x64, 0xff9b, 0, 0, 0, 0])) {
    return groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 0xff])
      .join('.')
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

/** An address without brackets, port and zone, as proxies and systems add them. */
export function bareAddress(text: string): string {
  const [, inBrackets] = /^\[([^\]]*)\](?::\d+)?$/.exec(text) ?? []
  const [, beforePort] = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text) ?? []
  return (inBrackets ?? beforePort ?? text).replace(/%.*$/, '')
}

/** The eight 16-bit groups of a sound IPv6 address. */
export function groupsOf(ip: string): number[] {
  const dotted = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(ip)
  const [a = 0, b = 0, c = 0, d = 0] = (dotted ?? []).slice(1).map(Number)
  const hex = dotted ? `${ip.slice(0, dotted.index)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}` : ip
  const [head = '', tail] = hex.split('::')
  const before = numbers(head)
  const after = numbers(tail ?? '')
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after]
}

function numbers(groups: string): number[] {
  return groups === '' ? [] : groups.split(':').map((group) => Number.parseInt(group, 16))
}

function isWithin(groups: readonly number[], prefix: readonly number[]): boolean {
  return prefix.every((group, i) => groups[i] === group)
}
