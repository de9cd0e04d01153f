import { expect, it } from 'vitest'
import type { Principal } from '../context.ts'
import { staffSession } from './staff-session.ts'

const holderOf = (role: string) => ({ kind: 'person', person: { user: { role } } }) as unknown as Principal
const VISITOR = { kind: 'visitor' } as Principal

const ask = (cookie: string | null, holder: Principal | null) =>
  staffSession({ accessCookie: () => cookie, holder: async () => holder, visited: async () => VISITOR })({} as never)

it.each([
  ['nobody where there is no session', null, null, null],
  ['nobody where a customer is signed in', 'a', 'customer', null],
  ['an operator', 'a', 'operator', 'person'],
  ['a role of the tenant’s own', 'a', 'buyer', 'person'],
])('finds %s', async (_, cookie, role, kind) => {
  const found = await ask(cookie, role === null ? null : holderOf(role))
  expect(found?.kind ?? null).toBe(kind)
})

it('lets the page renew access that has run out', async () => {
  expect(await ask('old', null)).toBe(VISITOR)
})
