import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { type Context, Hono } from 'hono'
import { mount } from 'hono/mount'
import { describe, expect, it } from 'vitest'
import { adapterSuite, type Base } from './adapter.suite.ts'
import { honoHandler } from './hono.ts'
import type { Handling } from './node.ts'
import { listening } from './testing/listening.ts'
import { probeServer } from './testing/probe-server.ts'
import { servesRealServer } from './testing/serves-real-server.ts'

const hosted = (app: Hono) => listening(createServer(getRequestListener(app.fetch)))
const routed = (server: Handling, base: Base) => hosted(new Hono().all(`${base}/*`, honoHandler(server)))

adapterSuite('Hono, as a route', { start: (base) => routed(probeServer(), base) })
adapterSuite('Hono, by app.mount', {
  start: (base) => hosted(new Hono().mount(base || '/', honoHandler(probeServer()))),
})

describe('honoHandler', () => {
  it('serves a Tillwright server', () => servesRealServer((server) => routed(server, '/brain')))

  const ask = async (app: Hono, target: string) => {
    const host = await hosted(app)
    try {
      return (await (await fetch(`${host.origin}${target}`)).json()) as { path: string; peer: string | null }
    } finally {
      await host.close()
    }
  }

  it('works behind other middleware, below nested applications and parameters', async () => {
    const inner = new Hono().all('/brain/*', honoHandler(probeServer()))
    const app = new Hono()
    app.use('*', (_c, next) => next())
    app.route('/shops/:shop', inner)
    expect(await ask(app, '/shops/a%2Fb/brain/items/a%2Fb')).toMatchObject({ path: '/items/a%2Fb', peer: '127.0.0.1' })
  })

  it('passes the path of a route without a wildcard on whole', async () => {
    const app = new Hono().get('/items/:id', honoHandler(probeServer()))
    expect(await ask(app, '/items/42')).toMatchObject({ path: '/items/42' })
  })

  it('works with mount of hono/mount', async () => {
    const app = new Hono().all('/brain/*', mount(honoHandler(probeServer())))
    expect(await ask(app, '/brain/items/42')).toMatchObject({ path: '/items/42', peer: '127.0.0.1' })
  })

  it('takes the peer from the option where there is one', async () => {
    const remoteAddress = (c: Context) => `from ${getConnInfo(c).remote.address}`
    const app = new Hono().all('/brain/*', honoHandler(probeServer(), { remoteAddress }))
    expect(await ask(app, '/brain/echo')).toMatchObject({ peer: 'from 127.0.0.1' })
  })

  it('knows no peer on hosts that tell none', async () => {
    const app = new Hono().all('/brain/*', honoHandler(probeServer()))
    expect(await (await app.request('/brain/echo')).json()).toMatchObject({ path: '/echo', peer: null })
  })

  it('says so where mount leaves the option nothing to ask', async () => {
    const handler = honoHandler(probeServer(), { remoteAddress: () => '203.0.113.7' })
    expect(() => handler(new Request('http://host/echo'))).toThrow('hands over no context')
  })

  it('can be done without: mount takes the fetch of a server and an optionHandler', async () => {
    const app = new Hono().mount('/brain', probeServer().fetch, {
      optionHandler: (c) => ({ remoteAddress: getConnInfo(c).remote.address }),
    })
    expect(await ask(app, '/brain/items/42')).toMatchObject({ path: '/items/42', peer: '127.0.0.1' })
  })
})
