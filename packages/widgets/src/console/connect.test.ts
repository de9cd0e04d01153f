import type { Permission } from '@tillwright/core/contract'
import { memoryPlatform } from '@tillwright/core/testing'
import { describe, expect, it } from 'vitest'
import { signal } from '../signal.ts'
import { exampleClient } from '../testing/example-client.ts'
import { can, connectConsole } from './connect.ts'
import { type PageContext, type PageName, placeOf } from './page.ts'

const SIGNED_OUT = { 'auth.session': () => ({ status: 'signed_out' }) }

/** A console whose pages note what is done with them. */
async function open(hash = '', answers: Parameters<typeof exampleClient>[0] = SIGNED_OUT) {
  const { client } = exampleClient(answers)
  const platform = memoryPlatform()
  const log: string[] = []
  const files: { name: PageName; come: () => void; fail: () => void }[] = []
  const contexts: PageContext[] = []
  const loadPage = (name: PageName) =>
    new Promise<never>((resolve, reject) => {
      const page = {
        connect(context: PageContext) {
          contexts.push(context)
          return {
            state: signal(name),
            open: (path: readonly string[]) => void log.push(`${name} ${path.join('/')}`),
            seen: (isVisible: boolean) => void log.push(`${name} ${isVisible ? 'seen' : 'hidden'}`),
            dispose: () => void log.push(`${name} gone`),
          }
        },
        view: () => null,
        style: '',
      }
      files.push({ name, come: () => resolve(page as never), fail: () => reject(new TypeError('no file')) })
    })
  const went: string[] = []
  const connection = connectConsole({ loadPage, go: (to) => went.push(to) })(
    { language: 'en', scriptTag: null, shop: null, tenant: null },
    { ...platform, client, warn: () => {}, notify: () => {} },
  )
  connection.open(hash)
  await platform.advance(0)
  const come = async () => {
    files.at(-1)!.come()
    await platform.advance(0)
  }
  return { ...connection, platform, log, files, come, contexts, went }
}

it.each([
  ['', 'overview', []],
  ['#rules', 'rules', []],
  ['#rules/new', 'rules', ['new']],
  ['#models/a%2Fb', 'models', ['a/b']],
  ['#models/%', 'models', ['%']],
  ['#nonsense/x', 'overview', []],
  ['#__proto__', 'overview', []],
])('finds the place of %s', (hash, name, path) => expect(placeOf(hash)).toEqual({ name, path }))

describe('pages', () => {
  it('are loaded when they are opened, and go when another is', async () => {
    const { open: goTo, come, files, log, state, platform } = await open('#rules/new')
    expect(state.value.open).toBeNull()
    await come()
    expect(state.value.open).toMatchObject({ name: 'rules', state: 'rules' })
    goTo('#report')
    await platform.advance(0)
    await come()
    expect(files.map(({ name }) => name)).toEqual(['rules', 'report'])
    expect(log).toEqual(['rules new', 'rules hidden', 'rules gone', 'report ', 'report hidden'])
  })

  it('stay when only their own place changes', async () => {
    const { open: goTo, come, files, log } = await open('#rules')
    await come()
    goTo('#rules/new')
    expect(files).toHaveLength(1)
    expect(log).toEqual(['rules ', 'rules hidden', 'rules new'])
  })

  it('do not open once somebody has gone on', async () => {
    const { open: goTo, files, platform, log, state } = await open('#rules')
    goTo('#report')
    files[0]!.come()
    await platform.advance(0)
    expect(state.value.open).toBeNull()
    expect(log).toEqual([])
  })

  it('whose file does not come can be asked for again', async () => {
    const { files, platform, state, retry, come } = await open('#rules/new')
    files[0]!.fail()
    await platform.advance(0)
    expect(state.value.isBroken).toBe(true)
    retry()
    await come()
    expect(state.value).toMatchObject({ isBroken: false, open: { name: 'rules' } })
  })

  it('are told whether anybody sees them, and send people to places', async () => {
    const { seen, come, log, contexts, went } = await open('#rules')
    seen(true)
    await come()
    seen(false)
    expect(log).toEqual(['rules ', 'rules seen', 'rules hidden'])
    contexts[0]!.go('rules/new')
    expect(went).toEqual(['#rules/new'])
  })
})

describe('whoever is here', () => {
  it('may do everything by a link', async () => {
    const { state } = await open()
    expect(state.value).toMatchObject({ permissions: 'all', person: null })
    expect(can(state.value, 'keys:write')).toBe(true)
  })

  const person = (permissions: readonly Permission[], status = 'signed_in') => ({
    'auth.session': () => ({ status }),
    'auth.validate': () => ({ permissions, user: { email: 'ann@example.com' } }),
  })

  it.each(['signed_in', 'expired'])(
    'may do as a person what their role says, where the session is %s',
    async (status) => {
      const { state, contexts, come } = await open('#models', person(['models:read'], status))
      await come()
      expect(state.value).toMatchObject({ person: 'ann@example.com', open: { name: 'models' } })
      expect([contexts[0]!.can('models:read'), contexts[0]!.can('models:train')]).toEqual([true, false])
    },
  )

  it('gets no page that the role does not show', async () => {
    const { state, come, log } = await open('#report', person(['models:read']))
    await come()
    expect(state.value.open).toBeNull()
    expect(log).toEqual([])
  })

  it('is not held up where the server does not say who it is', async () => {
    const { state } = await open('', {
      'auth.session': () => {
        throw new TypeError('Failed to fetch')
      },
    })
    expect(state.value.permissions).toBe('all')
  })
})

it('opens nothing once it is disposed of', async () => {
  const { come, dispose, log } = await open('#rules')
  dispose()
  await come()
  expect(log).toEqual([])
})
