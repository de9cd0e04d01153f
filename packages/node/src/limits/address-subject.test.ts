import { expect, it } from 'vitest'
import { addressSubject, UNKNOWN_ADDRESS } from './address-subject.ts'

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['203.0.113.7:51234', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::FFFF:cb00:7107', '203.0.113.7'],
  ['0:0:0:0:0:ffff:cb00:7107', '203.0.113.7'],
  ['[::ffff:203.0.113.7]:443', '203.0.113.7'],
  ['64:ff9b::203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002:ffff::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8:0:0:0:0:0:2', '2001:db8:0:0::/64'],
  ['[2001:db8:1:2::9]:8080', '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::', '0:0:0:0::/64'],
  ['2001:db8:1:2:3:4:203.0.113.7', '2001:db8:1:2::/64'],
])('counts %s under %s', (address, subject) => {
  expect(addressSubject(address)).toBe(subject)
})

it.each([undefined, '', 'localhost', '203.0.113', '203.0.113.007', '1.2.3.4, 5.6.7.8', '2001:db8:::1', "1.2.3.4'"])(
  'counts %s with all that are unknown',
  (address) => {
    expect(addressSubject(address)).toBe(UNKNOWN_ADDRESS)
  },
)

it('does not tell apart what one subscriber has', () => {
  expect(addressSubject('2001:db8:aa:bb::1')).toBe(addressSubject('2001:db8:aa:bb:ffff:ffff:ffff:ffff'))
  expect(addressSubject('2001:db8:aa:bb::1')).not.toBe(addressSubject('2001:db8:aa:bc::1'))
})
