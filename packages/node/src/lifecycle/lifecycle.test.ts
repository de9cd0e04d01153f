import { expect, it, onTestFinished, vi } from 'vitest'
import { listen } from '../adapters/node.ts'
import { rawConnection } from '../adapters/testing/raw-connection.ts'
import { DRAIN_MS } from '../server.ts'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { startCommand } from '../testing/node-process.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { json, openSite } from '../testing/test-site.ts'
import { createDrain } from './drain.ts'

const EVENTS = JSON.stringify({ events: [{ id: 'event-01', type: 'product_viewed', at: '2026-03-01T12:00:00Z' }] })

describeOnDatabases('a server that stops', (engine) => {
  it('ends what is under way, refuses what is new, and closes its database last', async () => {
    const site = await openSite(engine)
    onTestFinished(() => site.close())
    const { send, secretKey } = await site.newShop()
    const listening = await listen(site.server, { host: '127.0.0.1', port: 0 })
    onTestFinished(() => listening.finish())
    const connection = await rawConnection(`http://127.0.0.1:${listening.port}`)
    connection.send(
      `POST /api/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${secretKey}\r\nContent-Type: application/json\r\n` +
        `Expect: 100-continue\r\nContent-Length: ${EVENTS.length}\r\n\r\n`,
    )
    await connection.until('100 Continue')
    listening.stopAccepting()
    let isClosed = false
    const closing = site.server.close().then(() => {
      isClosed = true
    })
    const refused = await send('/api/products')
    expect([refused.status, await refused.json()]).toMatchObject([503, { code: 'unavailable' }])
    expect(refused.headers.get('retry-after')).toBe('1')
    expect((await site.send('/ready')).status).toBe(503)
    expect((await site.send('/alive')).status).toBe(200)
    await expect(fetch(`http://127.0.0.1:${listening.port}/alive`)).rejects.toThrow()
    expect(isClosed).toBe(false)
    connection.send(EVENTS)
    expect(await connection.until('"accepted"')).toContain('{"accepted":1,"duplicates":0}')
    await closing
    expect((await send('/api/events', json(JSON.parse(EVENTS)))).status).toBe(503)
    expect(site.log.lines.filter(({ message }) => message === 'a request failed')).toEqual([])
  })

  it('can be told to stop twice', async () => {
    const site = await openSite(engine)
    const [first, second] = [site.server.close(), site.server.close()]
    expect(first).toBe(second)
    await first
    await site.close()
  })

  it('waits half a minute for a job that does not end, and then stops all the same', async () => {
    const sending = Promise.withResolvers<void>()
    const mail = {
      name: 'stuck',
      send() {
        sending.resolve()
        return new Promise<never>(() => {})
      },
    }
    const site = await openSite(engine, { mail })
    onTestFinished(() => site.close())
    const { send, publishableKey } = await site.newShop()
    const person = { email: 'ann@shop.example', password: 'correct horse battery staple 7' }
    const headers = { authorization: `Bearer ${publishableKey}` }
    expect((await send('/auth/register', json(person, headers))).status).toBeLessThan(300)
    site.server.jobs.start()
    await sending.promise
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    let isClosed = false
    const closing = site.server.close().then(() => {
      isClosed = true
    })
    await vi.advanceTimersByTimeAsync(DRAIN_MS - 1)
    expect(isClosed).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    vi.useRealTimers()
    await closing
  })

  it('does not wait for the end of an event stream', async () => {
    const site = await openSite(engine)
    onTestFinished(() => site.close())
    const { api, send } = await site.newShop()
    const { id } = await api.models.train()
    const reader = (await send(`/admin/jobs/${id}/events`)).body!.getReader()
    await reader.read()
    await site.server.close()
    await reader.cancel().catch(() => {})
  })
})

it('the command ends with 0 when it is told to stop', async () => {
  const env = { TILLWRIGHT_DATA_DIR: await temporaryFolder(), TILLWRIGHT_PORT: '0' }
  const command = startCommand(['serve'], env)
  onTestFinished(() => void command.child.kill('SIGKILL'))
  await command.hasWritten('Tillwright is at ')
  const port = /:(\d+) /.exec(command.output())![1]
  expect((await fetch(`http://127.0.0.1:${port}/ready`)).status).toBe(200)
  command.child.kill('SIGTERM')
  expect(await command.ended).toBe(0)
  expect(command.output()).toContain('Stopping')
})

it('a drain waits for all who are in, counts each once, and gives up in time', async () => {
  const drain = createDrain()
  expect(await drain.drained(1)).toBe(0)
  const [one, other] = [drain.enter(), drain.enter()]
  expect(await drain.drained(1)).toBe(2)
  const empty = drain.drained(60_000)
  one()
  one()
  other()
  expect(await empty).toBe(0)
})
