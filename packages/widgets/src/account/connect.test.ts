import { describe, expect, it } from 'vitest'
import type { PeopleClient, PeopleSessionState } from '../people/client.ts'
import { signal } from '../signal.ts'
import { CANNED_PROVIDERS, CANNED_QR_CODE, cannedSessions, cannedSignedIn, cannedUser } from '../testing/people.ts'
import { connectAccount } from './connect.ts'
import { readQrCode } from './qr-code.ts'

type Answer = unknown | (() => unknown)

class Refused extends Error {
  readonly code: string
  readonly status = 403

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

/** A widget of somebody who is signed in. Answers are values, errors to throw, or functions that give either. */
async function widget(answers: Record<string, Answer> = {}) {
  const known: Record<string, Answer> = {
    session: { status: 'signed_in', user: cannedUser() },
    sessions: { items: cannedSessions(0) },
    reauthenticate: cannedSignedIn(),
    startTwoFactor: { secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://x', qrCode: CANNED_QR_CODE },
    confirmTwoFactor: { recoveryCodes: ['a', 'b'] },
    list: { items: [] },
    providers: CANNED_PROVIDERS,
    ...answers,
  }
  const calls: [route: string, input: unknown][] = []
  const routes = new Proxy(
    {},
    {
      get: (_, route: string) => async (input: unknown) => {
        calls.push([route, input])
        const given = known[route]
        const answer = typeof given === 'function' ? given() : given
        if (answer instanceof Error) throw answer
        return answer
      },
    },
  )
  const session = signal<PeopleSessionState>({ status: 'unknown' })
  const told: [type: string | undefined, detail: object][] = []
  const connection = connectAccount(
    { language: 'en' },
    {
      client: {
        auth: routes,
        account: routes,
        identities: routes,
        session: { state: session },
      } as unknown as PeopleClient,
      clock: () => 1_000,
      notify: (detail, type) => told.push([type, detail]),
      warn: () => {},
    },
  )
  connection.start(null, 'https://shop.example/account?a=b#data')
  await new Promise((resolve) => setImmediate(resolve))
  calls.length = 0
  return { ...connection, calls, told, session, now: () => connection.state.value }
}

/** Gives each of the answers once, in order. */
function inTurn(...answers: unknown[]): () => unknown {
  return () => answers.shift()
}

describe('at first', () => {
  it('shows who is signed in, and where', async () => {
    const { now } = await widget()
    expect(now()).toMatchObject({ phase: 'ready', user: { name: 'Ann Bell' }, section: 'profile' })
    expect(now().sessions).toHaveLength(3)
  })

  it('shows nothing to anybody else', async () => {
    const { now } = await widget({ session: { status: 'signed_out' } })
    expect(now()).toMatchObject({ phase: 'signed-out', user: null, sessions: [] })
  })

  it('says why it cannot be shown, and tries again', async () => {
    const { now, retry } = await widget({ session: new TypeError('Failed to fetch') })
    expect(now()).toMatchObject({ phase: 'failed', failure: { code: 'offline' } })
    retry()
    expect(now().phase).toBe('loading')
  })
})

describe('what needs a proof of who one is', () => {
  it('waits for the password, and then goes on by itself', async () => {
    const setUp = { secret: 'X', uri: '', qrCode: CANNED_QR_CODE }
    const {
      setUp: begin,
      prove,
      now,
      calls,
    } = await widget({
      startTwoFactor: inTurn(new Refused('reauthentication_required'), setUp),
    })
    await begin()
    expect(now()).toMatchObject({ dialog: 'proof', busy: null, problem: null })
    await prove('my password')
    expect(calls).toEqual([
      ['startTwoFactor', {}],
      ['reauthenticate', { password: 'my password' }],
      ['startTwoFactor', {}],
    ])
    expect(now()).toMatchObject({ dialog: null, setup: { secret: 'X', qrCode: { size: 250 } } })
  })

  it('asks again after a wrong password, and goes no further', async () => {
    const { setUp, prove, now, calls } = await widget({
      startTwoFactor: new Refused('reauthentication_required'),
      reauthenticate: new Refused('invalid_credentials'),
    })
    await setUp()
    await prove('wrong')
    expect(now()).toMatchObject({ dialog: 'proof', wrong: 'proof', focus: { on: 'proof' } })
    expect(calls.map(([route]) => route)).toEqual(['startTwoFactor', 'reauthenticate'])
  })

  it('takes a code where there is no password', async () => {
    const { setUp, prove, calls } = await widget({
      session: { status: 'signed_in', user: cannedUser({ hasPassword: false, twoFactor: true }) },
      startTwoFactor: inTurn(new Refused('reauthentication_required'), {}),
    })
    await setUp()
    await prove('123 456')
    expect(calls[1]).toEqual(['reauthenticate', { code: '123456' }])
  })

  it('takes a code where there is a second factor beside the password', async () => {
    const { switchOff, prove, calls } = await widget({
      session: { status: 'signed_in', user: cannedUser({ hasPassword: true, twoFactor: true }) },
      removeTwoFactor: inTurn(new Refused('reauthentication_required'), {}),
    })
    await switchOff()
    await prove('123 456')
    expect(calls[1]).toEqual(['reauthenticate', { code: '123456' }])
  })

  it('is dropped when the question is closed', async () => {
    const { remove, askToRemove, closeDialog, now, calls } = await widget({
      remove: new Refused('reauthentication_required'),
    })
    askToRemove()
    expect(now().dialog).toBe('remove')
    await remove()
    expect(now().dialog).toBe('proof')
    closeDialog()
    expect(now()).toMatchObject({ dialog: null, phase: 'ready' })
    expect(calls).toHaveLength(1)
  })
})

describe('sessions', () => {
  it('end one at a time, or all but this one', async () => {
    const { end, endOthers, calls } = await widget()
    const [, phone, office] = cannedSessions(0)
    await end(phone!.id)
    expect(calls).toEqual([
      ['endSession', { sessionId: phone!.id }],
      ['sessions', {}],
    ])
    calls.length = 0
    await endOthers()
    expect(calls.slice(0, 2)).toEqual([
      ['endSession', { sessionId: phone!.id }],
      ['endSession', { sessionId: office!.id }],
    ])
  })

  it('that have ended elsewhere take everything off the page, and tell it', async () => {
    const { saveProfile, now, told } = await widget({
      update: new Refused('invalid_token'),
    })
    await saveProfile({ ...cannedUser().preferences, name: 'Ann' })
    expect(now()).toMatchObject({ phase: 'signed-out', user: null, sessions: [] })
    expect(told.at(-1)).toEqual(['tw-signed-out', {}])
  })
})

describe('another person', () => {
  it('who has signed in elsewhere is shown, and who has signed out there is not', async () => {
    let answer: object = { status: 'signed_in', user: cannedUser() }
    const { now, session } = await widget({ session: () => answer })
    const settled = () => new Promise((resolve) => setImmediate(resolve))
    const other = cannedUser({ id: 'usr_01jj6w2m8p0000000000000002', name: 'Bo Lind' })
    answer = { status: 'signed_in', user: other }
    session.value = { status: 'signed_in', user: other }
    await settled()
    expect(now()).toMatchObject({ phase: 'ready', user: other })
    answer = { status: 'signed_out' }
    session.value = { status: 'signed_out' }
    await settled()
    expect(now()).toMatchObject({ phase: 'signed-out', user: null })
  })

  it('is nobody of the widget’s any more once it is gone', async () => {
    const { calls, session, dispose } = await widget()
    dispose()
    session.value = { status: 'signed_out' }
    expect(calls).toEqual([])
  })
})

describe('security', () => {
  it('changes the password, and says which of the two is wrong', async () => {
    const { changePassword, now, calls } = await widget({
      changePassword: inTurn(new Refused('invalid_credentials'), new Refused('weak_password'), {}),
    })
    const values = { currentPassword: 'old', newPassword: 'quiet harbour' }
    await changePassword(values)
    expect(now().wrong).toBe('currentPassword')
    await changePassword(values)
    expect(now().wrong).toBe('newPassword')
    await changePassword(values)
    expect(now()).toMatchObject({ done: 'password', wrong: null, problem: null })
    expect(calls[0]).toEqual(['changePassword', values])
  })

  it('switches the second factor on, shows the recovery codes once, and off', async () => {
    const { setUp, confirm, keptCodes, switchOff, now, calls } = await widget()
    await setUp()
    await confirm('123 456')
    expect(calls.at(-1)).toEqual(['confirmTwoFactor', { code: '123456' }])
    expect(now()).toMatchObject({ setup: null, recoveryCodes: ['a', 'b'], user: { twoFactor: true } })
    keptCodes()
    expect(now().recoveryCodes).toBeNull()
    await switchOff()
    expect(now().user!.twoFactor).toBe(false)
  })

  it('takes size and squares out of the server’s picture, and nothing else', () => {
    expect(readQrCode(CANNED_QR_CODE)).toEqual({ size: 250, path: expect.stringMatching(/^M20,20h70/) })
    expect(readQrCode('<svg viewBox="0 0 9 9"><path d="M0,0h1&quot; onload=alert(1)"/></svg>')).toBeNull()
    expect(readQrCode('<script>alert(1)</script>')).toBeNull()
  })
})

describe('my data', () => {
  it('comes as a file', async () => {
    const { exportData, now } = await widget({ exportData: Response.json({ user: 1 }) })
    await exportData()
    expect(now().file).toMatchObject({ name: 'my-data.json' })
    expect(await now().file!.content.text()).toBe('{"user":1}')
  })

  it('goes with the account', async () => {
    const { remove, now, told } = await widget()
    await remove()
    expect(now().phase).toBe('signed-out')
    expect(told.at(-1)![0]).toBe('tw-signed-out')
  })
})

describe('other ways to sign in', () => {
  const GOOGLE = { id: 'google', label: 'Google' }
  const IDENTITY = {
    id: 'idn_01jj6w2m8p0000000000000001',
    provider: 'google',
    label: 'Google',
    email: 'ann@example.com',
    createdAt: '2026-01-02T03:04:05.000Z',
    lastUsedAt: '2026-01-02T03:04:05.000Z',
  }

  it('goes to a provider to link it, and comes back to this part of the page', async () => {
    const { now, calls, link } = await widget({
      providers: { ...CANNED_PROVIDERS, items: [GOOGLE] },
      link: { url: 'https://accounts.google.com/x' },
    })
    expect(now()).toMatchObject({ providers: [GOOGLE], identities: [] })
    await link('google')
    expect(calls).toEqual([['link', { provider: 'google', returnTo: 'https://shop.example/account?a=b#security' }]])
    expect(now().leaveTo).toBe('https://accounts.google.com/x')
  })

  it('are where somebody proves who they are who has neither password nor code', async () => {
    const { now, calls, setUp } = await widget({
      session: { status: 'signed_in', user: { ...cannedUser(), hasPassword: false } },
      list: { items: [IDENTITY] },
      startTwoFactor: new Refused('reauthentication_required'),
      start: { url: 'https://accounts.google.com/x' },
    })
    await setUp()
    expect(calls.at(-1)).toEqual([
      'start',
      { provider: 'google', returnTo: 'https://shop.example/account?a=b#security' },
    ])
    expect(now()).toMatchObject({ dialog: null, leaveTo: 'https://accounts.google.com/x' })
  })

  it('takes a provider away once it is clear who asks, and the other devices with it', async () => {
    const { now, calls, unlink, prove } = await widget({
      list: inTurn({ items: [IDENTITY] }, { items: [] }),
      unlink: inTurn(new Refused('reauthentication_required'), undefined),
    })
    await unlink(IDENTITY.id)
    expect(now()).toMatchObject({ dialog: 'proof', identities: [IDENTITY] })
    await prove('a quiet harbour')
    expect(calls.map(([route]) => route)).toEqual(['unlink', 'reauthenticate', 'unlink', 'sessions', 'list'])
    expect(now()).toMatchObject({ dialog: null, identities: [], focus: { on: 'methods' } })
  })
})
