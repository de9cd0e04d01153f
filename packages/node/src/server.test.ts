import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { expect, it, onTestFinished } from 'vitest'
import { KeySettingsError } from './keys/service.ts'
import { createServer } from './server.ts'
import { TenantSettingsError } from './tenants/service.ts'
import { json } from './testing/test-site.ts'
import { PersonSettingsError } from './tools.ts'

async function inMemory() {
  const server = createServer({ database: ':memory:' })
  onTestFinished(() => server.close())
  await server.migrate()
  return server
}

const passingFolders = async () => (await readdir(tmpdir())).filter((name) => /^tillwright-[\da-f-]{36}$/.test(name))

it('in memory writes nothing into the working folder, and leaves nothing behind', async () => {
  const wasThere = existsSync('tillwright-data')
  const before = await passingFolders()
  const server = await inMemory()
  const tenant = await server.tools.createTenant({ name: 'Shop' })
  await server.tools.rotateSigningKey()
  const { key } = await server.tools.createKey(tenant, { kind: 'secret' })
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'text/csv' }
  const csv = 'id,name\ntea,Tea\n'
  const request = new Request('http://tillwright.test/api/products/import', { method: 'POST', body: csv, headers })
  expect((await server.fetch(request)).status).toBe(202)
  const during = await passingFolders()
  expect(during).toHaveLength(before.length + 1)
  await server.close()
  expect(await passingFolders()).toEqual(before)
  expect(existsSync('tillwright-data')).toBe(wasThere)
})

it('is set up from code: a tenant, keys and the first owner', async () => {
  const server = await inMemory()
  const tenant = await server.tools.createTenant({ name: 'Shop' })
  expect(tenant).toMatchObject({ name: 'Shop', currency: 'EUR', timeZone: 'UTC' })
  expect(await server.tools.findTenant(tenant.publicId)).toEqual(tenant)
  const { key } = await server.tools.createKey(tenant, { kind: 'secret' })
  const ask = (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${key}`)
    return server.fetch(new Request(`http://tillwright.test${path}`, { ...init, headers }))
  }
  expect((await ask('/api/orders')).status).toBe(200)
  const person = await server.tools.createPerson(tenant, { email: 'ann@example.com', role: 'owner' })
  expect(person!.link).toBe(`http://localhost:4000/sign-in?tenant=${tenant.publicId}#invitation=${person!.token}`)
  const password = { token: person!.token, password: 'staple-horse-battery' }
  expect((await ask('/auth/reset-password', json(password))).status).toBeLessThan(300)
  expect(await server.tools.createPerson(tenant, { email: 'ANN@example.com', role: 'admin' })).toBeNull()
  expect(await server.tools.verifyAudit(tenant)).toMatchObject({ isSound: true, rows: expect.any(Number) })
})

it('says in a sentence what is wrong with a tenant, a key or a person', async () => {
  const { tools } = await inMemory()
  await expect(tools.createTenant({ name: 'Shop', currency: 'euro' })).rejects.toThrow(TenantSettingsError)
  const tenant = await tools.createTenant({ name: 'Shop' })
  const origins = ['shop.example']
  await expect(tools.createKey(tenant, { kind: 'publishable', origins })).rejects.toThrow(KeySettingsError)
  for (const person of [
    { email: 'ann', role: 'owner' },
    { email: 'ann@example.com', role: 'king' },
  ]) {
    await expect(tools.createPerson(tenant, person)).rejects.toThrow(PersonSettingsError)
  }
})
