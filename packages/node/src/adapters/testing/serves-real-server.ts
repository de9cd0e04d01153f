import { expect } from 'vitest'
import type { Host } from '../adapter.suite.ts'
import type { Handling } from '../node.ts'
import { type RealServer, realServer } from './real-server.ts'

/** Mounts a real Tillwright server under `/brain` and calls it: once without a key, once with. */
export async function servesRealServer(start: (server: Handling) => Promise<Host>): Promise<void> {
  const real = await realServer()
  const host = await start(real.server)
  try {
    await expectRealServer(`${host.origin}/brain`, real)
  } finally {
    await host.close()
    await real.close()
  }
}

/** The server answers below its mount path, and so do its pages and what they load. */
export async function expectRealServer(
  url: string,
  { secretKey, consoleToken }: Pick<RealServer, 'secretKey' | 'consoleToken'>,
): Promise<void> {
  const alive = await fetch(`${url}/alive`)
  expect([alive.status, await alive.json()]).toEqual([200, { status: 'ok' }])
  const headers = { authorization: `Bearer ${secretKey}` }
  const mine = await fetch(`${url}/api/products?limit=1`, { headers })
  expect([mine.status, await mine.json()]).toEqual([200, { items: [], nextCursor: null }])
  const refused = await fetch(`${url}/api/products`)
  expect([refused.status, await refused.json()]).toMatchObject([401, { code: 'missing_key' }])
  await expectPages(url, consoleToken)
}

async function expectPages(url: string, consoleToken: string): Promise<void> {
  await expectLinks(await fetch(`${url}/docs`), [`${url}/openapi.json`])
  const opened = await fetch(`${url}/console?token=${consoleToken}`, { redirect: 'manual' })
  const place = new URL(opened.headers.get('location')!, opened.url).href
  expect([opened.status, place]).toEqual([303, `${url}/console`])
  const cookie = opened.headers.getSetCookie()[0]!.split(';')[0]!
  const files = ['chunk-a1.js', 'console.js'].map((name) => `${url}/widgets/1.0.0/${name}`)
  await expectLinks(await fetch(place, { headers: { cookie } }), files)
}

/** A page that loads or links to these, and nothing else; each is there. */
async function expectLinks(page: Response, expected: readonly string[]): Promise<void> {
  const html = await page.text()
  const named = [...html.matchAll(/ (?:href|src)="([^"#]+)"/g)].map(([, target]) => new URL(target!, page.url).href)
  expect(named.filter((link) => !link.startsWith('data:'))).toEqual(expected)
  for (const link of expected) expect([link, (await fetch(link)).status]).toEqual([link, 200])
}
