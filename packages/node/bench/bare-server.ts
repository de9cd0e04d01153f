/** The yardstick: a Hono handler that does nothing but return the same bytes. Argument: a file with them. */
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'

const body = readFileSync(process.argv[2]!, 'utf8')
const app = new Hono()
app.get('/api/recommendations', (c) => c.body(body, 200, { 'content-type': 'application/json' }))
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => {
  process.send?.({ port: (server.address() as AddressInfo).port })
})
