import fastify, { type FastifyInstance } from 'fastify'
import { describe, expect, it } from 'vitest'
import { adapterSuite, type Base } from './adapter.suite.ts'
import { fastifyPlugin } from './fastify.ts'
import type { Handling } from './node.ts'
import { probeServer } from './testing/probe-server.ts'
import { servesRealServer } from './testing/serves-real-server.ts'

async function mounted(server: Handling, base: string, app: FastifyInstance = fastify()) {
  await app.register(fastifyPlugin(server), base ? { prefix: base } : {})
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    origin,
    async close() {
      app.server.closeAllConnections()
      await app.close()
    },
  }
}

adapterSuite('Fastify', {
  start: (base: Base) => mounted(probeServer(), base),
  host: { refusesAbsoluteForm: true },
})

describe('fastifyPlugin', () => {
  it('serves a Tillwright server', () => servesRealServer((server) => mounted(server, '/brain')))

  it('leaves the body parsers of the rest of the application as they are', async () => {
    const app = fastify()
    app.post('/own', async (request) => ({ parsed: request.body }))
    const host = await mounted(probeServer(), '/brain', app)
    const init = { method: 'POST', body: '{ "a":1 }', headers: { 'content-type': 'application/json' } }
    expect(await (await fetch(`${host.origin}/own`, init)).json()).toEqual({ parsed: { a: 1 } })
    expect(await (await fetch(`${host.origin}/brain/mirror`, init)).text()).toBe('{ "a":1 }')
    await host.close()
  })

  it('sends the headers that hooks have set, and lets onResponse hooks run', async () => {
    const app = fastify()
    const answered: number[] = []
    app.addHook('onRequest', async (_request, reply) => void reply.header('x-hook', 'ran'))
    app.addHook('onResponse', async (_request, reply) => void answered.push(reply.raw.statusCode))
    const host = await mounted(probeServer(), '/brain', app)
    const response = await fetch(`${host.origin}/brain/status?code=418`)
    expect(response.headers.get('x-hook')).toBe('ran')
    expect(answered).toEqual([418])
    await host.close()
  })

  it('is not reached where a hook refuses', async () => {
    const app = fastify()
    app.addHook('preHandler', async (_request, reply) => reply.code(403).send({ refused: true }))
    const host = await mounted(probeServer(), '/brain', app)
    expect((await fetch(`${host.origin}/brain/echo`, { method: 'POST', body: 'abc' })).status).toBe(403)
    await host.close()
  })

  it('reads what a preParsing hook has made of the body', async () => {
    const app = fastify()
    app.addHook('preParsing', async (_request, _reply, payload) => payload.map((chunk: Buffer) => chunk.reverse()))
    const host = await mounted(probeServer(), '/brain', app)
    const init = { method: 'POST', body: 'abc', headers: { 'content-type': 'text/plain' } }
    expect(await (await fetch(`${host.origin}/brain/mirror`, init)).text()).toBe('cba')
    await host.close()
  })

  it('can be mounted under a prefix with parameters', async () => {
    const host = await mounted(probeServer(), '/:shop/brain/')
    expect(await (await fetch(`${host.origin}/a%2Fb/brain/items/a%2Fb`)).json()).toMatchObject({ path: '/items/a%2Fb' })
    await host.close()
  })
})
