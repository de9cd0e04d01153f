import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { adapterSuite } from './adapter.suite.ts'
import { nextHandlers } from './next.ts'
import { findNext, type NextApp, startNextApp } from './testing/next-app.ts'
import { probeServer } from './testing/probe-server.ts'
import { type RealServer, realServer } from './testing/real-server.ts'
import { expectRealServer } from './testing/serves-real-server.ts'

const command = findNext()
const isRequired = (process.env.TILLWRIGHT_REQUIRE ?? '').split(',').includes('next')

describe('nextHandlers', () => {
  const ask = async (url: string, ...[options]: [Parameters<typeof nextHandlers>[1]?]) =>
    (await (await nextHandlers(probeServer(), options).GET(new Request(url))).json()) as object

  it('answers at the root where no base path is given', async () => {
    expect(await ask('http://host/a%2Fb?x=1')).toMatchObject({ path: '/a%2Fb', search: 'x=1' })
  })

  it('knows no peer, unless the option tells it', async () => {
    expect(await ask('http://host/echo')).toMatchObject({ peer: null })
    expect(await ask('http://host/echo', { remoteAddress: () => '203.0.113.7' })).toMatchObject({ peer: '203.0.113.7' })
  })

  it('says so where the base path is not that of the route', async () => {
    await expect(ask('http://host/brain/echo', { basePath: '/api/brain' })).rejects.toThrow(
      'nextHandlers got /brain/echo, which does not begin with its basePath "/api/brain"',
    )
  })
})

if (command === null) {
  const reason = 'Next.js is not installed: run the install of examples/next'
  if (!isRequired) console.warn(`SKIPPED the Next.js adapter on a real host: ${reason}`)
  describe('Next.js', () => {
    it.runIf(isRequired)('is installed where it is required', () => expect.unreachable(reason))
    it.skip(`serves Tillwright on a real host (${reason})`, () => {})
  })
} else {
  describe('Next.js', () => {
    let app: NextApp
    let real: RealServer
    beforeAll(async () => {
      real = await realServer()
      await real.server.close()
      app = await startNextApp(command, real.dataDir)
    }, 60_000)
    afterAll(async () => {
      await app?.close()
      await real?.close()
    })

    adapterSuite('Next', {
      start: async () => ({ origin: app.origin, close: async () => {} }),
      peer: { headers: { 'x-platform-address': '192.0.2.1' }, address: '192.0.2.1' },
      host: { redirectsTrailingSlash: true, refusesAbsoluteForm: true, cutsUnreadBodies: true, servesBothBases: true },
    })

    it('serves a Tillwright server', () => expectRealServer(`${app.origin}/real`, real))
  })
}
