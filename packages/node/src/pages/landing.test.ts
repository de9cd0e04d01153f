import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createServer, type Server } from '../server.ts'
import { makeFolder } from '../testing/temporary-folder.ts'
import { ORIGIN } from '../testing/test-site.ts'
import { widgetsFolder } from '../testing/widgets-folder.ts'

describe('the page that providers send browsers back to', () => {
  let folder: string
  let server: Server
  let tenants: string[]
  beforeAll(async () => {
    folder = await makeFolder()
    const widgets = await widgetsFolder(folder, {
      version: '1.0.0',
      files: { 'loader.js': 'load()', 'console.js': 'show()' },
    })
    server = createServer({ database: ':memory:', widgets })
    await server.migrate()
    tenants = []
    for (const name of ['Birch & Thimble', 'Another Shop']) {
      tenants.push((await server.tools.createTenant({ name, currency: 'GBP' })).publicId)
    }
  })
  afterAll(async () => {
    await server?.close()
    await rm(folder, { recursive: true, force: true })
  })

  const land = async (search: string, path = '/auth/google/callback') => {
    const response = await server.fetch(new Request(`${ORIGIN}${path}${search}`))
    return { response, html: await response.text() }
  }

  it('is that of the tenant that the state names, and reaches the widgets from where it is', async () => {
    for (const [i, name] of ['Birch &#38; Thimble', 'Another Shop'].entries()) {
      const { response, html } = await land(`?state=${tenants[i]}.st_abc&code=x&scope=openid&session_state=y`)
      expect(response.status).toBe(200)
      expect(html).toContain(`<h1>${name}</h1>`)
      expect(html).toContain(`data-tenant="${tenants[i]}"`)
      expect(html).toContain('src="../../widgets/1.0.0/loader.js"')
    }
  })

  it('speaks the language that the browser likes best, of those that the widgets speak', async () => {
    const inLanguage = async (accepted: string) => {
      const headers = { 'accept-language': accepted }
      return (await server.fetch(new Request(`${ORIGIN}/sign-in?tenant=${tenants[0]}`, { headers }))).text()
    }
    expect(await inLanguage('de-CH,de;q=0.9,en;q=0.5')).toMatch(/<html lang="de">.*<title>Anmelden · Birch/s)
    expect(await inLanguage('pl')).toMatch(/<html lang="en">.*<title>Sign in · Birch/s)
  })

  it('sets no cookie, says nothing back, and lets nothing else in', async () => {
    const { response, html } = await land(
      `?state=${tenants[0]}.st_secret&code=c0de&error_description=<script>alert(1)</script>`,
    )
    expect(response.headers.getSetCookie()).toEqual([])
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'nonce-/)
    for (const told of ['st_secret', 'c0de', 'alert(1)']) expect(html).not.toContain(told)
  })

  it.each(['', '?code=x', '?state=', '?state=ten_unknown.st_x&code=x', '?error=access_denied'])(
    'is nobody’s with the query "%s"',
    async (search) => {
      const { response, html } = await land(search)
      expect(response.status).toBe(404)
      expect(html).not.toContain('tw-sign-in')
    },
  )

  it('is at its own addresses only', async () => {
    for (const path of ['/auth/callback', '/auth/a/b/callback', '/auth/Google/callback', '/auth/google/callback/']) {
      const { html } = await land(`?state=${tenants[0]}.st_abc`, path)
      expect(html).not.toContain('tw-sign-in')
    }
  })
})
