import { expect } from 'vitest'
import type { Host } from '../adapter.suite.ts'
import type { Handling } from '../node.ts'
import { realServer } from './real-server.ts'

/** Mounts a real Tillwright server under `/brain` and calls it: once without a key, once with. */
export async function servesRealServer(start: (server: Handling) => Promise<Host>): Promise<void> {
  const { server, secretKey, close } = await realServer()
  const host = await start(server)
  try {
    await expectRealServer(`${host.origin}/brain`, secretKey)
  } finally {
    await host.close()
    await close()
  }
}

export async function expectRealServer(url: string, secretKey: string): Promise<void> {
  const alive = await fetch(`${url}/alive`)
  expect([alive.status, await alive.json()]).toEqual([200, { status: 'ok' }])
  const headers = { authorization: `Bearer ${secretKey}` }
  const mine = await fetch(`${url}/api/products?limit=1`, { headers })
  expect([mine.status, await mine.json()]).toEqual([200, { items: [], nextCursor: null }])
  const refused = await fetch(`${url}/api/products`)
  expect([refused.status, await refused.json()]).toMatchObject([401, { code: 'missing_key' }])
}
