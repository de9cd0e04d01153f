import { createServer } from 'node:http'
import { describe, expect, it } from 'vitest'
import { adapterSuite, type Base } from './adapter.suite.ts'
import { answerNode, type Handling, listen, nodeListener } from './node.ts'
import { listening } from './testing/listening.ts'
import { probeServer } from './testing/probe-server.ts'
import { servesRealServer } from './testing/serves-real-server.ts'

function mounted(server: Handling, base: Base) {
  if (base === '') return listening(createServer(nodeListener(server)))
  return listening(
    createServer((message, response) => {
      const { pathname, search } = new URL(message.url!, 'http://host')
      if (!`${pathname}/`.startsWith(`${base}/`)) return response.writeHead(404).end()
      return void answerNode(server, message, response, { target: pathname.slice(base.length) + search })
    }),
  )
}

adapterSuite('Node', { start: (base) => mounted(probeServer(), base) })

describe('nodeListener', () => {
  it('serves a Tillwright server', () => servesRealServer((server) => mounted(server, '/brain')))

  it('cuts the connection, and the process lives, where an answer cannot be written', async () => {
    const unwritable = { status: 200, headers: { 'x-probe': 'a\nb' }, body: null }
    const host = await listening(createServer(nodeListener({ handle: async () => unwritable })))
    await expect(fetch(host.origin)).rejects.toThrow('fetch failed')
    await host.close()
  })
})

describe('listen', () => {
  it('finds a free port, and rejects where one is taken', async () => {
    const first = await listen(probeServer(), { host: '127.0.0.1', port: 0 })
    expect((await fetch(`http://127.0.0.1:${first.port}/echo`)).status).toBe(200)
    await expect(listen(probeServer(), { host: '127.0.0.1', port: first.port })).rejects.toThrow('EADDRINUSE')
    await first.finish()
  })

  it('takes the next free port where one is taken, if it may', async () => {
    const first = await listen(probeServer(), { host: '127.0.0.1', port: 0 })
    const second = await listen(probeServer(), { host: '127.0.0.1', port: first.port, nearby: true })
    expect(second.port).toBeGreaterThan(first.port)
    expect((await fetch(`http://127.0.0.1:${second.port}/echo`)).status).toBe(200)
    await Promise.all([first.finish(), second.finish()])
  })

  it('once told to stop, takes no more connections and ends those that are idle', async () => {
    const { port, stopAccepting, finish } = await listen(probeServer(), { host: '127.0.0.1', port: 0 })
    const url = `http://127.0.0.1:${port}/echo`
    await (await fetch(url)).text()
    stopAccepting()
    await expect(fetch(url)).rejects.toThrow('fetch failed')
    await finish()
  })
})
