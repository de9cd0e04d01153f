import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HOOK_CERTIFICATE, HOOK_KEY } from '../testing/hook-certificate.ts'
import { assertPublicUrl, isPublicAddress, type Lookup, type PinnedUrl, pinnedFetch } from './outgoing-url.ts'

const PUBLIC = '93.184.216.34'
const at =
  (...addresses: string[]): Lookup =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
const codeOf = (url: string, lookup: Lookup = at(PUBLIC)) =>
  assertPublicUrl(url, lookup).then(
    () => 'public',
    (error: { code?: string }) => error.code,
  )

describe('a public URL', () => {
  test('is pinned to the address that was looked at', async () => {
    const asked: string[] = []
    const pinned = await assertPublicUrl('https://Hook.example:8443/a?b', async (host) => {
      asked.push(host)
      return [
        { address: PUBLIC, family: 4 },
        { address: '2606:2800:220:1::1', family: 6 },
      ]
    })
    expect(asked).toEqual(['hook.example'])
    expect(pinned).toEqual({ url: new URL('https://hook.example:8443/a?b'), address: PUBLIC, family: 4 })
  })

  test.each([
    [`https://${PUBLIC}/`, PUBLIC, 4],
    ['https://[2606:2800:220:1::1]/', '2606:2800:220:1::1', 6],
  ])('may be an address: %s', async (text, address, family) => {
    expect(await assertPublicUrl(text, at())).toMatchObject({ address, family })
  })
})

describe('refuses', () => {
  test.each([
    ['http://hook.example/', 'not_https'],
    ['ftp://hook.example/', 'not_https'],
    ['file:///etc/passwd', 'not_https'],
    ['javascript:alert(1)', 'not_https'],
    ['https://', 'invalid'],
    ['hook.example', 'invalid'],
    ['', 'invalid'],
    ['https://256.1.1.1/', 'invalid'],
    ['https://user@hook.example/', 'has_credentials'],
    ['https://:pw@hook.example/', 'has_credentials'],
    ['https://127.0.0.1/', 'private'],
    ['https://10.0.0.1/', 'private'],
    ['https://169.254.169.254/latest/meta-data/', 'private'],
    ['https://2130706433/', 'odd_address'],
    ['https://0x7f000001/', 'odd_address'],
    ['https://0x7f.1/', 'odd_address'],
    ['https://0177.0.0.1/', 'odd_address'],
    ['https://127.1/', 'odd_address'],
    ['https://1572395042/', 'odd_address'],
    ['https://①②⑦.⓪.⓪.①/', 'odd_address'],
    ['https://0/', 'odd_address'],
    ['https://[::1]/', 'private'],
    ['https://[::ffff:127.0.0.1]/', 'private'],
    ['https://[::ffff:7f00:1]/', 'private'],
    ['https://[::127.0.0.1]/', 'private'],
    ['https://[64:ff9b::7f00:1]/', 'private'],
    ['https://[fd00:ec2::254]/', 'private'],
    ['https://[fe80::1]/', 'private'],
  ])('%s: %s', async (url, code) => {
    expect(await codeOf(url)).toBe(code)
  })

  test('a name that leads inside, by any one of its addresses', async () => {
    expect(await codeOf('https://hook.example/', at('192.168.1.1'))).toBe('private')
    expect(await codeOf('https://hook.example/', at(PUBLIC, '10.1.2.3'))).toBe('private')
    expect(await codeOf('https://hook.example/', at(PUBLIC, '::ffff:10.1.2.3'))).toBe('private')
    expect(await codeOf('https://localhost/', at('127.0.0.1', '::1'))).toBe('private')
    expect(await codeOf('https://hook.example/', at(PUBLIC, 'nonsense'))).toBe('private')
  })

  test('a name without an address', async () => {
    expect(await codeOf('https://hook.example/', at())).toBe('unresolved')
    expect(await codeOf('https://hook.example/', () => Promise.reject(new Error('ENOTFOUND')))).toBe('unresolved')
  })

  test('a name whose address changed since: each send asks again', async () => {
    const answers = [PUBLIC, '127.0.0.1']
    const rebinding: Lookup = async () => [{ address: answers.shift()!, family: 4 }]
    expect(await codeOf('https://hook.example/', rebinding)).toBe('public')
    expect(await codeOf('https://hook.example/', rebinding)).toBe('private')
  })
})

describe('addresses', () => {
  test.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.0',
    '10.255.255.255',
    '100.64.0.1',
    '100.100.100.200',
    '127.0.0.1',
    '127.255.255.255',
    '168.63.129.16',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.192',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.0.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:8.8.8.8',
    '::8.8.8.8',
    '64:ff9b::808:808',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '4000::1',
    '',
    'hook.example',
    '0177.0.0.1',
  ])('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })

  test.each([
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.0',
    '169.253.255.255',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '223.255.255.255',
    '2001:200::1',
    '2606:4700::1111',
    '2a00:1450::1',
  ])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })
})

describe('a pinned call', () => {
  let server: Server
  let pinned: PinnedUrl
  const seen: { method?: string; url?: string; host?: string; body: string; sni: unknown }[] = []

  beforeAll(async () => {
    server = createServer({ key: HOOK_KEY, cert: HOOK_CERTIFICATE }, async (request, response) => {
      let body = ''
      for await (const piece of request) body += piece
      const { method, url, headers, socket } = request
      seen.push({ method, url, host: headers.host, body, sni: (socket as { servername?: unknown }).servername })
      if (url === '/redirect') response.writeHead(302, { location: '/hook' }).end()
      else if (url === '/long') response.end('x'.repeat(5_000))
      else if (url === '/broken') response.writeHead(200, { 'content-length': '100' }).end('x', () => socket.destroy())
      else if (url !== '/silent') response.writeHead(202, { 'x-answer': 'yes' }).end('thanks')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    pinned = { url: new URL(`https://hook.example:${port}/hook?a=1`), address: '127.0.0.1', family: 4 }
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const to = (path: string): PinnedUrl => ({ ...pinned, url: new URL(path, pinned.url) })

  test('goes to the address, under the name, and brings the answer', async () => {
    const answer = await pinnedFetch(pinned, {
      method: 'POST',
      body: '{"a":1}',
      headers: { host: 'evil', 'x-a': 'b' },
      ca: HOOK_CERTIFICATE,
    })
    expect(answer.status).toBe(202)
    expect(answer.headers.get('x-answer')).toBe('yes')
    expect(Buffer.from(answer.body).toString()).toBe('thanks')
    expect(seen.at(-1)).toEqual({
      method: 'POST',
      url: '/hook?a=1',
      host: pinned.url.host,
      body: '{"a":1}',
      sni: 'hook.example',
    })
  })

  test('does not follow a redirect', async () => {
    const before = seen.length
    const answer = await pinnedFetch(to('/redirect'), { ca: HOOK_CERTIFICATE })
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/hook'])
    expect(seen.length).toBe(before + 1)
  })

  test('refuses a certificate of another name, and one that nobody vouches for', async () => {
    const other = { ...pinned, url: new URL(pinned.url.href.replace('hook.example', 'other.example')) }
    await expect(pinnedFetch(other, { ca: HOOK_CERTIFICATE })).rejects.toThrow(/altnames/)
    await expect(pinnedFetch(pinned)).rejects.toThrow(/self-signed/)
    const byAddress = { ...pinned, url: new URL(pinned.url.href.replace('hook.example', '127.0.0.1')) }
    await expect(pinnedFetch(byAddress, { ca: HOOK_CERTIFICATE })).rejects.toThrow(/altnames|IP/)
  })

  test('ends when the answer is too long', async () => {
    await expect(pinnedFetch(to('/long'), { ca: HOOK_CERTIFICATE, maxBytes: 4_999 })).rejects.toThrow(RangeError)
    expect((await pinnedFetch(to('/long'), { ca: HOOK_CERTIFICATE, maxBytes: 5_000 })).body).toHaveLength(5_000)
  })

  test('ends when the answer does not come, or breaks off', async () => {
    await expect(pinnedFetch(to('/silent'), { ca: HOOK_CERTIFICATE, timeoutMs: 50 })).rejects.toThrow(/time/)
    await expect(pinnedFetch(to('/broken'), { ca: HOOK_CERTIFICATE })).rejects.toThrow(/aborted|hang up/)
  })

  test('rejects where nothing listens', async () => {
    await expect(pinnedFetch({ ...pinned, address: '127.0.0.2' }, { ca: HOOK_CERTIFICATE })).rejects.toThrow(
      /ECONNREFUSED/,
    )
  })
})
