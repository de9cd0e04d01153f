import { describe, expect, it } from 'vitest'
import { sourceUrl, startScript } from '../testing/node-process.ts'
import { json, useSite } from '../testing/test-site.ts'

describe('the log of requests', () => {
  const site = useSite('sqlite')

  it('has a line for each write, with who, what and how it ended, and the id that the caller got', async () => {
    const { send, tenant, secretKey, db } = await site.newShop()
    site.log.lines.length = 0
    const response = await send('/api/products/import?name=private', {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: 'id,name\ncup,A secret cup\n',
    })
    const [key] = await db.query.selectFrom('api_keys').where('kind', '=', 'secret').select('id').execute()
    expect(site.log.withMessage('request')).toEqual([
      {
        level: 'info',
        message: 'request',
        requestId: response.headers.get('x-request-id'),
        method: 'POST',
        path: '/api/products/import',
        status: 202,
        ms: expect.any(Number),
        ip: undefined,
        key: key!.id,
        tenant: tenant.publicId,
      },
    ])
    const written = JSON.stringify(site.log.lines)
    for (const secret of [secretKey, 'A secret cup', 'private']) expect(written).not.toContain(secret)
  })

  it('has refusals at info and reads at debug', async () => {
    const { send } = await site.newShop()
    site.log.lines.length = 0
    await send('/api/products')
    await send('/api/nothing')
    expect(site.log.withMessage('request').map(({ level, status }) => [level, status])).toEqual([
      ['debug', 200],
      ['info', 404],
    ])
  })

  it('never has a key, wherever it came', async () => {
    const { secretKey, publishableKey } = await site.newShop()
    site.log.lines.length = 0
    await site.send(`/api/products?key=${secretKey}`)
    await site.send(`/api/products?key=${publishableKey}`)
    await site.send('/api/products', { headers: { authorization: 'Bearer sk_wrong' } })
    await site.send(`/console?token=${publishableKey}`)
    await site.send('/api/events', json('{', { authorization: `Bearer ${secretKey}` }))
    expect(site.log.lines.length).toBeGreaterThanOrEqual(5)
    expect(JSON.stringify(site.log.lines)).not.toMatch(/[sp]k_/)
  })

  it('takes a request id of the caller that is harmless, and cuts paths without end', async () => {
    site.log.lines.length = 0
    await site.send(`/api/${'x'.repeat(5_000)}`, { headers: { 'x-request-id': 'caller-id-1' } })
    const [line] = site.log.withMessage('request')
    expect(line!.requestId).toBe('caller-id-1')
    expect((line!.path as string).length).toBe(256)
  })
})

describe('the JSON log', () => {
  it('writes a line for each event of its level or above, with time, message and error', async () => {
    const script = startScript(`
      const { jsonLog } = await import(${JSON.stringify(sourceUrl('observe/log.ts'))})
      const log = jsonLog('info')
      log.debug({}, 'hidden')
      log.info({ requestId: 'r1', text: 'two\\nlines' }, 'shown')
      log.error({ err: new Error('no luck') }, 'failed')
      log.close()
    `)
    expect(await script.ended).toBe(0)
    const lines = script
      .output()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines).toEqual([
      {
        level: 30,
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        requestId: 'r1',
        text: 'two\nlines',
        msg: 'shown',
      },
      { level: 50, time: expect.any(String), err: expect.objectContaining({ message: 'no luck' }), msg: 'failed' },
    ])
  })
})
