import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { tillwrightOpenApi } from '@tillwright/core/openapi'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createServer, type Server } from '../server.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { ORIGIN, openSite, useSite } from '../testing/test-site.ts'
import { integrityOf, widgetsFolder } from '../testing/widgets-folder.ts'

const filesOf = (word: string) => ({
  'loader.js': `console.log(${JSON.stringify(word.repeat(500))})`,
  'console.js': `import "./chunk-a1.js" // ${word}`,
  'chunk-a1.js': `export const word = "${word}"`,
})

const ask = (server: Server, path: string, headers: Record<string, string> = {}) =>
  server.fetch(new Request(ORIGIN + path, { headers }))

describe('the description of the API', () => {
  const site = useSite('sqlite')

  it('is that of the contract, for pages of any origin', async () => {
    const response = await site.send('/openapi.json')
    const { version } = (await (await site.send('/health')).json()) as { version: string }
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(tillwrightOpenApi(version))))
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('cache-control')).toBe('public, max-age=300')
  })

  it('is shown to people, with a policy that lets nothing else in', async () => {
    const response = await site.send('/docs')
    const html = await response.text()
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(html).toContain('/api/recommendations')
    const style = /<style>([\s\S]+?)<\/style>/.exec(html)![1]!
    const hash = createHash('sha256').update(style).digest('base64')
    expect(response.headers.get('content-security-policy')).toMatch(
      new RegExp(`^default-src 'none'; style-src 'sha256-${hash.replace(/[+/]/g, '\\$&')}'`),
    )
    expect(html).not.toContain('<script')
  })

  it('is not shown where it is switched off; the document stays', async () => {
    const quiet = await openSite('sqlite', { docs: false })
    onTestFinished(() => quiet.close())
    expect((await quiet.send('/docs')).status).toBe(404)
    expect((await quiet.send('/openapi.json')).status).toBe(200)
  })

  it('is no place to write', async () => {
    expect((await site.send('/docs', { method: 'POST' })).status).toBe(404)
    const head = await site.send('/docs', { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
  })
})

describe('the widgets', () => {
  async function serve(version: string, word: string, dataDir: string): Promise<Server> {
    const widgets = await widgetsFolder(await temporaryFolder(), { version, files: filesOf(word) })
    const server = createServer({ database: ':memory:', dataDir, widgets })
    onTestFinished(() => server.close())
    await server.migrate()
    return server
  }

  it('are served for good under their version, and match the digests that pages pin', async () => {
    const server = await serve('1.0.0', 'one', await temporaryFolder())
    const response = await ask(server, '/widgets/1.0.0/loader.js')
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(integrityOf(await response.text())).toBe(server.widgets!.loaderIntegrity)
    expect(server.widgets!.version).toBe('1.0.0')
  })

  it('are packed for those who take it, and unpack to the same', async () => {
    const server = await serve('1.0.0', 'one', await temporaryFolder())
    const packed = await ask(server, '/widgets/1.0.0/loader.js', { 'accept-encoding': 'br, gzip' })
    expect(packed.headers.get('content-encoding')).toBe('gzip')
    expect(packed.headers.get('vary')).toContain('accept-encoding')
    expect(gunzipSync(await packed.bytes()).toString()).toBe(filesOf('one')['loader.js'])
  })

  it('without a version are the newest, for a while', async () => {
    const server = await serve('1.0.0', 'one', await temporaryFolder())
    const response = await ask(server, '/widgets/chunk-a1.js')
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'public, max-age=300'])
  })

  it('of an earlier version go on as they were after an update', async () => {
    const dataDir = await temporaryFolder()
    await serve('1.0.0', 'one', dataDir)
    const updated = await serve('1.1.0', 'two', dataDir)
    expect(await (await ask(updated, '/widgets/1.0.0/chunk-a1.js')).text()).toContain('one')
    expect(await (await ask(updated, '/widgets/1.1.0/chunk-a1.js')).text()).toContain('two')
    expect(await (await ask(updated, '/widgets/chunk-a1.js')).text()).toContain('two')
  })

  it.each([
    '/widgets/1.0.0/none.js',
    '/widgets/none.js',
    '/widgets/0.9.0/loader.js',
    '/widgets/../uploads/x.js',
    '/widgets/%2e%2e/manifest.js',
    '/widgets/../loader.js',
    '/widgets/1.0.0/manifest.json',
    '/widgets/',
  ])('hold nothing at %s', async (path) => {
    const server = await serve('1.0.0', 'one', await temporaryFolder())
    const parts = { method: 'GET', path, search: '', isSecure: false, peer: undefined }
    const request = { ...parts, header: () => null, async *body() {}, signal: () => new AbortController().signal }
    expect((await server.handle(request)).status).toBe(404)
  })

  it('of the console are named with their digests, in a page that runs no other script', async () => {
    const server = await serve('1.0.0', 'one', await temporaryFolder())
    const tenant = await server.tools.createTenant({ name: 'Shop' })
    const opened = await ask(server, `/console?token=${await server.console.linkToken(tenant)}`)
    const cookie = opened.headers.getSetCookie()[0]!.split(';')[0]!
    const response = await ask(server, '/console', { cookie })
    const html = await response.text()
    const { 'console.js': entry, 'chunk-a1.js': chunk } = filesOf('one')
    expect(html).toContain(`src="widgets/1.0.0/console.js" integrity="${integrityOf(entry)}"`)
    expect(html).toContain(`rel="modulepreload" href="widgets/1.0.0/chunk-a1.js" integrity="${integrityOf(chunk)}"`)
    const policy = response.headers.get('content-security-policy')
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).toContain("frame-ancestors 'none'")
  })
})
