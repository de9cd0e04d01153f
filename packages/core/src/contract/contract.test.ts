import { describe, expect, it } from 'vitest'
import { docs } from '../openapi/docs.ts'
import {
  type Access,
  type Contract,
  isFile,
  isStream,
  paramKey,
  pathParams,
  person,
  type Route,
  versionedPath,
} from './define.ts'
import { isForPages } from './for-pages.ts'
import { contract } from './index.ts'
import { PERMISSIONS } from './permissions.ts'
import { ERROR_CODES } from './problem.ts'

const routes = Object.entries(contract as Contract).flatMap(([domain, group]) =>
  Object.entries(group).map(([name, route]) => ({ id: `${domain}.${name}`, domain, name, route })),
)

function keysOf(schema: Route['params'] | Route['body']): string[] {
  if (schema === undefined) return []
  if (isFile(schema)) return ['body', 'type', 'upload']
  return 'shape' in schema ? Object.keys(schema.shape as object) : []
}

/** Keys of the objects that a schema is made of, variants of a union included. */
function shapeKeys(schema: unknown): string[] {
  const { shape, options } = (schema as { _zod: { def: { shape?: object; options?: unknown[] } } })._zod.def
  return [...Object.keys(shape ?? {}), ...(options ?? []).flatMap(shapeKeys)]
}

/** The same for two paths that one request could match both. */
function template(path: string): string {
  return path.replace(/\{\w+\}/g, '{}')
}

describe.each(routes)('$id', ({ domain, name, route }) => {
  it('says who may call it', () => {
    const access: Access = route.access
    expect(['public', 'visitor', 'key', 'person']).toContain(access.kind)
    if (access.kind === 'key') expect(access.allow.length).toBeGreaterThan(0)
    if ('permission' in access) expect(Object.keys(PERMISSIONS)).toContain(access.permission)
  })

  it('has a parameter in its schema for each one in its path, and no other', () => {
    expect(pathParams(route.path).toSorted()).toEqual(keysOf(route.params).toSorted())
  })

  it('has a path of lower-case words, and of parameters in snake_case', () => {
    // What RFC 8615 puts at a well-known address is named by its own standard.
    if (route.path.startsWith('/.well-known/')) expect(route.path).toMatch(/^\/\.well-known\/[a-z][a-z.-]*$/)
    else expect(route.path).toMatch(/^(\/([a-z][a-z-]*|\{[a-z][a-z_]*\}))+$/)
  })

  it('is for people only where its path says so, and asks them for what it takes', () => {
    const access: Access = route.access
    if (access.kind === 'person') expect(route.path).toMatch(/^\/(auth|admin)\//)
    if (access.kind === 'visitor') expect(route.path).toMatch(/^\/(auth|api\/chat|api\/receipt\/resend)(\/|$)/)
    if (route.path.startsWith('/auth/')) expect(['visitor', 'person']).toContain(access.kind)
  })

  it('gives secrets under no idempotency key that would keep them', () => {
    const output = isFile(route.output) || isStream(route.output) ? null : route.output
    const keys = JSON.stringify(output && shapeKeys(output))
    if (/accessToken|refreshToken|pendingToken|recoveryCodes|"secret"/.test(keys)) expect(route.holdsSecrets).toBe(true)
  })

  it('keeps the keys of parameters, query and body apart, since callers pass them in one object', () => {
    const keys = [...keysOf(route.params), ...keysOf(route.query), ...keysOf(route.body)]
    const twice = keys.filter((key, index) => keys.indexOf(key) !== index)
    expect(twice, `${domain}.${name} has these keys twice`).toEqual([])
  })

  it('does not use the query parameter that carries the key', () => {
    expect(keysOf(route.query)).not.toContain('key')
  })

  it('has a body that is an object, where it has one', () => {
    if (route.body && !isFile(route.body)) expect(route.body._zod.def.type).toBe('object')
  })

  it('has no body in a GET or DELETE', () => {
    if (route.method === 'GET' || route.method === 'DELETE') expect(route.body).toBeUndefined()
  })

  it('is a page exactly where it says that it is a list', () => {
    const { output } = route
    const isPage = output !== null && 'shape' in output && 'nextCursor' in (output.shape as object)
    expect(route.paged === true).toBe(isPage)
    if (isPage) expect(keysOf(route.query)).toEqual(expect.arrayContaining(['cursor', 'limit']))
  })

  it('is documented: a line in the imperative, without a full stop', () => {
    const { summary } = (docs as Record<string, Record<string, { summary: string }>>)[domain]![name]!
    expect(summary).toMatch(/^[A-Z].+[^.]$/)
  })

  it('names only errors that exist', () => {
    for (const code of route.errors ?? []) expect(ERROR_CODES).toHaveProperty(code)
  })

  it('can miss what its path names', () => {
    if (route.path.includes('{')) expect(route.errors).toContain('not_found')
  })

  it('has a status that suits its answer', () => {
    if (route.output === null) expect(route.status ?? 204).toBe(204)
    else expect([200, 201, 202]).toContain(route.status ?? 200)
  })

  it('waits for streams and uploads longer than for other answers', () => {
    const isUpload = isFile(route.body) && !route.body.raw
    if (isStream(route.output) || isUpload) expect(route.timeoutMs ?? 0).toBeGreaterThan(30_000)
  })
})

describe('the contract', () => {
  it('has no two routes that answer the same request, and no fixed path that is also a parameter’s value', () => {
    const seen = routes.map(({ route }) => `${route.method} ${template(route.path)}`)
    expect(seen.filter((one, index) => seen.indexOf(one) !== index)).toEqual([])
  })

  it('serves a path under its version, too, and never under another route’s path', () => {
    const paths = new Set(routes.map(({ route }) => template(route.path)))
    for (const { route } of routes) {
      const versioned = versionedPath(route.path)
      if (/^\/(api|auth|admin)\//.test(route.path)) expect(versioned).toBe(route.path.replace(/^\/(\w+)/, '/$1/v1'))
      else expect(versioned).toBe(route.path)
      if (versioned !== route.path) expect(paths).not.toContain(template(versioned))
    }
  })

  it('documents nothing that does not exist', () => {
    const documented = Object.entries(docs).flatMap(([domain, group]) =>
      Object.keys(group).map((name) => `${domain}.${name}`),
    )
    expect(documented.toSorted()).toEqual(routes.map(({ id }) => id).toSorted())
  })

  it('keeps to the paths that users were promised', () => {
    const paths = routes.map(({ route }) => `${route.method} ${route.path}`)
    const promised = ['GET /api/recommendations', 'GET /auth/validate']
    for (const name of ['register', 'login', 'refresh', 'logout']) promised.push(`POST /auth/${name}`)
    expect(paths).toEqual(expect.arrayContaining(promised))
  })
})

describe('what pages may call', () => {
  const forPages = routes.filter(({ route }) => isForPages(route.access)).map(({ id }) => id)

  it('is what needs a publishable key, a session of any role, or only to come to a tenant', () => {
    for (const id of ['auth.login', 'auth.validate', 'account.sessions', 'events.send', 'products.get']) {
      expect(forPages).toContain(id)
    }
  })

  it('is nothing that needs a secret key or a permission, or that watches over the server', () => {
    for (const id of ['system.alive', 'events.list', 'products.upsert', 'jobs.retry', 'status.get'])
      expect(forPages).not.toContain(id)
    expect(isForPages(person({ permission: 'users:write' }))).toBe(false)
    expect(isForPages(person({ fresh: true }))).toBe(true)
  })
})

describe('paths', () => {
  it('turn parameters into keys', () => {
    expect(paramKey('order_id')).toBe('orderId')
    expect(paramKey('digest')).toBe('digest')
    expect(pathParams('/api/a/{some_long_id}/b/{c}')).toEqual(['someLongId', 'c'])
  })

  it('are versioned below the three roots only', () => {
    expect(versionedPath('/api/orders')).toBe('/api/v1/orders')
    expect(versionedPath('/auth/login')).toBe('/auth/v1/login')
    expect(versionedPath('/admin/jobs/{job_id}')).toBe('/admin/v1/jobs/{job_id}')
    expect(versionedPath('/health/db')).toBe('/health/db')
    expect(versionedPath('/apiary')).toBe('/apiary')
  })
})
