import { createServer } from 'node:http'
import express, { type ErrorRequestHandler, type RequestHandler } from 'express'
import { describe, expect, it } from 'vitest'
import { adapterSuite, type Base } from './adapter.suite.ts'
import { expressHandler } from './express.ts'
import type { Handling } from './node.ts'
import { listening } from './testing/listening.ts'
import { probeServer } from './testing/probe-server.ts'
import { servesRealServer } from './testing/serves-real-server.ts'

function mounted(server: Handling, base: Base, ...before: RequestHandler[]) {
  const app = express()
  app.use(...([...before, (_request, _response, next) => next()] as [RequestHandler]))
  app.use(base || '/', expressHandler(server))
  const sayWhy: ErrorRequestHandler = (error: Error, _request, response, _next) => {
    response.status(500).json({ message: error.message })
  }
  app.use(sayWhy)
  return listening(createServer(app))
}

adapterSuite('Express', { start: (base) => mounted(probeServer(), base) })

describe('expressHandler', () => {
  it('serves a Tillwright server', () => servesRealServer((server) => mounted(server, '/brain')))

  const send = async (body: string, type: string, ...before: RequestHandler[]) => {
    const host = await mounted(probeServer(), '/brain', ...before)
    try {
      const response = await fetch(`${host.origin}/brain/mirror`, {
        method: 'POST',
        body,
        headers: { 'content-type': type },
      })
      return { status: response.status, text: await response.text() }
    } finally {
      await host.close()
    }
  }

  it.each([
    ['express.json()', express.json(), '{"a":1}', 'application/json'],
    ['express.urlencoded()', express.urlencoded(), 'a=1', 'application/x-www-form-urlencoded'],
    ['express.text()', express.text(), 'some', 'text/plain'],
  ])('behind %s names the cause', async (_name, parser, body, type) => {
    const { status, text } = await send(body, type, parser)
    expect(status).toBe(500)
    expect(text).toContain('mount expressHandler(server) with app.use before express.json()')
  })

  it('behind a parser that has nothing to parse works', async () => {
    expect(await send('', 'application/json', express.json())).toEqual({ status: 200, text: '' })
    expect(await send('a,b', 'text/csv', express.json())).toEqual({ status: 200, text: 'a,b' })
  })

  it('behind express.raw() uses the bytes that it kept', async () => {
    const json = '{ "a":1 }'
    expect(await send(json, 'application/json', express.raw({ type: '*/*' }))).toEqual({ status: 200, text: json })
  })

  it('behind middleware that takes its time still gets the whole body', async () => {
    const slow: RequestHandler = (_request, _response, next) => void setTimeout(next, 20)
    expect(await send('a,b', 'text/csv', slow)).toEqual({ status: 200, text: 'a,b' })
  })

  it('takes the peer from the socket, whatever "trust proxy" says', async () => {
    const app = express().set('trust proxy', true).use(expressHandler(probeServer()))
    const host = await listening(createServer(app))
    const response = await fetch(`${host.origin}/echo`, { headers: { 'x-forwarded-for': '203.0.113.7' } })
    expect(await response.json()).toMatchObject({ peer: '127.0.0.1' })
    await host.close()
  })

  it('hands what it cannot write to the error handlers of the application', async () => {
    const unwritable = { status: 200, headers: { 'x-probe': 'a\nb' }, body: null }
    const host = await mounted({ handle: async () => unwritable }, '')
    expect(await (await fetch(host.origin)).json()).toMatchObject({
      message: expect.stringContaining('Invalid character'),
    })
    await host.close()
  })
})
