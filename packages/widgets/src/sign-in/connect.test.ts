import { describe, expect, it } from 'vitest'
import type { PeopleClient, PeopleSessionState } from '../people/client.ts'
import { signal } from '../signal.ts'
import { CANNED_PROVIDERS, cannedSignedIn, cannedUser } from '../testing/people.ts'
import { connectSignIn, type Place, type SignInProps } from './connect.ts'

const ORIGIN = 'https://shop.example'
const TOKEN = 'ml_abcdefghijklmnopqrstuvwxyz'

type Answers = Partial<Record<keyof PeopleClient['auth'], unknown>>

class Refused extends Error {
  readonly code: string
  readonly status = 400
  readonly errors: readonly { path: string; message: string }[]
  readonly retryAfterMs: number | undefined

  constructor(code: string, { errors = [], retryAfterMs }: Partial<Pick<Refused, 'errors' | 'retryAfterMs'>> = {}) {
    super(code)
    this.code = code
    this.errors = errors
    this.retryAfterMs = retryAfterMs
  }
}

/** A widget whose server answers as the test says: an answer, or an error to throw. */
async function widget(
  answers: Answers = {},
  props: Partial<SignInProps> = {},
  hash = '',
  { place = {}, visits = {} }: { place?: Partial<Place>; visits?: Record<string, unknown> } = {},
) {
  const defaults: Answers = { session: { status: 'signed_out' }, login: cannedSignedIn() }
  const calls: [route: string, input: object][] = []
  const auth = new Proxy({} as PeopleClient['auth'], {
    get: (_, route: keyof Answers) => async (input: object) => {
      calls.push([route, input])
      const answer = answers[route] ?? defaults[route] ?? { status: 'accepted', message: '' }
      if (answer instanceof Error) throw answer
      return answer
    },
  })
  const identities = new Proxy({} as PeopleClient['identities'], {
    get: (_, route: string) => async (input: object) => {
      if (route !== 'providers') calls.push([route, input])
      const answer = { providers: CANNED_PROVIDERS, ...visits }[route]
      if (answer instanceof Error) throw answer
      return answer
    },
  })
  const session = signal<PeopleSessionState>({ status: 'unknown' })
  const told: [type: string | undefined, detail: object][] = []
  const connection = connectSignIn(
    { language: 'en', returnTo: null, ...props },
    {
      client: { auth, identities, session: { state: session } } as unknown as PeopleClient,
      notify: (detail, type) => told.push([type, detail]),
      warn: () => {},
    },
  )
  connection.start({ hash, origin: ORIGIN, ...place })
  await new Promise((resolve) => setImmediate(resolve))
  return { ...connection, calls, told, session, now: () => connection.state.value }
}

const ANN = { email: ' ann@example.com ', password: 'a quiet harbour' }

describe('at first', () => {
  it('asks who is signed in, and shows the form to nobody else', async () => {
    const { now, calls, told } = await widget()
    expect(now().step).toBe('sign-in')
    expect(calls.map(([route]) => route)).toEqual(['session'])
    expect(now().focus.count).toBe(0)
    expect(told).toEqual([])
  })

  it('welcomes whoever is, tells the page, and sends nobody away unasked', async () => {
    const user = cannedUser()
    const { now, told } = await widget({ session: { status: 'signed_in', user } }, { returnTo: '/orders' })
    expect(now()).toMatchObject({ step: 'signed-in', user, nextPage: '/orders', leaveTo: null })
    expect(told).toEqual([['tw-signed-in', { user, isKnown: true }]])
  })

  it('lets a session that is over be over', async () => {
    const { now } = await widget({ session: { status: 'expired' } })
    expect(now().step).toBe('sign-in')
  })

  it('follows who signs in and out elsewhere, and takes nobody from a step in between', async () => {
    const answers: Answers = {}
    const { now, show, session } = await widget(answers)
    const settled = () => new Promise((resolve) => setImmediate(resolve))
    const user = cannedUser()
    answers.session = { status: 'signed_in', user }
    session.value = { status: 'signed_in', user }
    await settled()
    expect(now()).toMatchObject({ step: 'signed-in', user, leaveTo: null })
    answers.session = { status: 'signed_out' }
    session.value = { status: 'signed_out' }
    await settled()
    expect(now()).toMatchObject({ step: 'sign-in', user: null })
    show('register')
    session.value = { status: 'signed_in', user }
    await settled()
    expect(now().step).toBe('register')
  })

  it('says that the server cannot be reached, and tries again', async () => {
    const { now, retry } = await widget({ session: new TypeError('Failed to fetch') })
    expect(now()).toMatchObject({ step: 'failed', problem: { failure: { code: 'offline' } } })
    retry()
    expect(now().step).toBe('loading')
  })
})

describe('signing in', () => {
  it('sends address and password for cookies, and tells the page', async () => {
    const { submit, now, calls, told } = await widget()
    await submit({ ...ANN, remember: 'on', website: '' })
    expect(calls[1]).toEqual([
      'login',
      { email: 'ann@example.com', password: 'a quiet harbour', remember: true, delivery: 'cookie' },
    ])
    expect(now()).toMatchObject({ step: 'signed-in', leaveTo: null })
    expect(told).toEqual([['tw-signed-in', { user: cannedUser(), isKnown: false }]])
  })

  it.each([
    ['/orders?page=2#top', '/orders?page=2#top'],
    ['https://shop.example/orders', '/orders'],
    ['https://evil.example/', null],
    ['//evil.example/', null],
    ['/\\evil.example', null],
    ['/.//evil.example', null],
    ['javascript:alert(1)', null],
    ['/a\nb', null],
  ])('with return-to %j goes on to %j', async (returnTo, leaveTo) => {
    const { submit, now } = await widget({}, { returnTo })
    await submit(ANN)
    expect(now().leaveTo).toBe(leaveTo)
  })

  it('asks for what is missing before it asks the server, and puts focus there', async () => {
    const { submit, now, calls } = await widget()
    await submit({ email: 'ann', password: '' })
    expect(now()).toMatchObject({ problem: { missing: 'email' }, wrong: 'email', focus: { on: 'email', count: 1 } })
    await submit({ email: 'ann@example.com', password: '' })
    expect(now()).toMatchObject({ problem: { missing: 'password' }, focus: { on: 'password', count: 2 } })
    expect(calls).toHaveLength(1)
  })

  it('asks the server once, however often the button is pressed', async () => {
    const { submit, calls } = await widget()
    await Promise.all([submit(ANN), submit(ANN), submit(ANN)])
    expect(calls.filter(([route]) => route === 'login')).toHaveLength(1)
  })

  it('says that something is wrong, and puts focus on the password', async () => {
    const { submit, now } = await widget({ login: new Refused('invalid_credentials') })
    await submit(ANN)
    expect(now()).toMatchObject({
      isBusy: false,
      email: 'ann@example.com',
      problem: { failure: { code: 'invalid_credentials' } },
      focus: { on: 'password', count: 1 },
    })
  })

  it('says how long to wait', async () => {
    const { submit, now } = await widget({ login: new Refused('rate_limited', { retryAfterMs: 42_100 }) })
    await submit(ANN)
    expect(now().problem).toMatchObject({ failure: { code: 'rate_limited', waitSeconds: 43 } })
  })

  it('offers another mail to an address that is not confirmed', async () => {
    const { submit, now, calls } = await widget({ login: new Refused('email_not_verified') })
    await submit(ANN)
    expect(now().step).toBe('unverified')
    await submit({})
    expect(calls.at(-1)).toEqual(['resendVerification', { email: 'ann@example.com' }])
    expect(now().step).toBe('mailed')
  })

  it('asks for the code of a second factor, or a recovery code', async () => {
    const pending = { status: 'second_factor', pendingToken: 'pending', methods: ['totp', 'recovery'] }
    const { submit, show, now, calls } = await widget({ login: pending, twoFactor: cannedSignedIn() })
    await submit(ANN)
    expect(now()).toMatchObject({ step: 'code', focus: { on: 'heading' } })
    await submit({ code: '12' })
    expect(now().problem).toEqual({ missing: 'code' })
    show('recovery')
    await submit({ code: 'K7QM-4TRD 9XW0' })
    expect(calls.at(-1)).toEqual(['twoFactor', { pendingToken: 'pending', code: 'K7QM-4TRD9XW0', delivery: 'cookie' }])
    expect(now().step).toBe('signed-in')
  })

  it('passes on what programs put into the field that people do not see', async () => {
    const { submit, calls } = await widget()
    await submit({ ...ANN, website: 'https://spam.example' })
    expect(calls.at(-1)![1]).toMatchObject({ website: 'https://spam.example' })
  })

  it('signs out, and tells the page', async () => {
    const { submit, signOut, now, told } = await widget()
    await submit(ANN)
    await signOut()
    expect(now()).toMatchObject({ step: 'sign-in', user: null })
    expect(told.at(-1)).toEqual(['tw-signed-out', {}])
  })
})

describe('registering', () => {
  it('tells how strong the password is while one types it, and why', async () => {
    const { show, typed, now } = await widget()
    show('register')
    typed({ newPassword: 'secret' })
    expect(now().strength).toEqual({ score: 0, advice: 'short', missing: 2 })
    typed({ email: 'harriet@example.com', newPassword: 'harriet-12' })
    expect(now().strength).toMatchObject({ score: 0, advice: 'known' })
    typed({ newPassword: 'quiet harbour at dusk' })
    expect(now().strength).toMatchObject({ score: 4, advice: 'good' })
  })

  it('says that a mail is on its way', async () => {
    const { show, submit, now, calls } = await widget()
    show('register')
    await submit({ name: ' Ann ', email: 'ann@example.com', newPassword: 'quiet harbour' })
    const input = { name: 'Ann', email: 'ann@example.com', password: 'quiet harbour', language: 'en' }
    expect(calls.at(-1)).toEqual(['register', input])
    expect(now()).toMatchObject({ step: 'registered', focus: { on: 'heading' } })
  })

  it('says why the server refuses a password', async () => {
    const errors = [{ path: 'password', message: 'too_common: Many people use it' }]
    const { show, submit, now } = await widget({ register: new Refused('weak_password', { errors }) })
    show('register')
    await submit({ email: 'ann@example.com', newPassword: 'password1' })
    expect(now()).toMatchObject({
      wrong: 'newPassword',
      problem: { failure: { reason: 'too_common', detail: 'Many people use it' } },
    })
  })
})

describe('mailed links', () => {
  it.each([
    ['verify-email', 'verifyEmail', {}, { token: TOKEN }, 'verified'],
    ['change-email', 'verifyEmail', {}, { token: TOKEN }, 'verified'],
    ['magic-link', 'useMagicLink', {}, { token: TOKEN, delivery: 'cookie' }, 'signed-in'],
    [
      'reset-password',
      'resetPassword',
      { newPassword: 'quiet harbour' },
      { token: TOKEN, password: 'quiet harbour' },
      'password-saved',
    ],
    [
      'invitation',
      'resetPassword',
      { newPassword: 'quiet harbour' },
      { token: TOKEN, password: 'quiet harbour' },
      'password-saved',
    ],
  ])('for %s are used when a button is pressed, not before', async (purpose, route, values, input, step) => {
    const session = { status: 'signed_in', user: cannedUser() }
    const { submit, now, calls } = await widget({ session, useMagicLink: cannedSignedIn() }, {}, `#${purpose}=${TOKEN}`)
    expect(now().step).toBe(purpose)
    expect(calls.filter(([route]) => route !== 'session')).toEqual([])
    await submit(values)
    expect(calls.filter(([route]) => route !== 'session')).toEqual([[route, input]])
    expect(now().step).toBe(step)
  })

  it.each(['verify-email', 'change-email'])(
    'for %s ask for the password of the account where nobody is signed in to it',
    async (purpose) => {
      const answers: Answers = {}
      const { submit, now, calls } = await widget(answers, {}, `#${purpose}=${TOKEN}`)
      expect(now()).toMatchObject({ step: 'confirm', problem: null })
      await submit({ password: '' })
      expect(now()).toMatchObject({ step: 'confirm', wrong: 'password' })
      answers.verifyEmail = new Refused('invalid_credentials')
      await submit({ password: 'another' })
      expect(now()).toMatchObject({ step: 'confirm', wrong: 'password' })
      answers.verifyEmail = undefined
      await submit({ password: 'quiet harbour' })
      expect(calls.at(-1)).toEqual(['verifyEmail', { token: TOKEN, password: 'quiet harbour' }])
      expect(now().step).toBe('verified')
    },
  )

  it('ask who is signed in to another account for the password of this one', async () => {
    const session = { status: 'signed_in', user: cannedUser() }
    const refused = { session, verifyEmail: new Refused('reauthentication_required') }
    const { submit, now } = await widget(refused, {}, `#verify-email=${TOKEN}`)
    await submit({})
    expect(now()).toMatchObject({ step: 'confirm', problem: null })
  })

  it('that are too old say so, and stay where they are', async () => {
    const { submit, now } = await widget({ verifyEmail: new Refused('expired_link') }, {}, `#verify-email=${TOKEN}`)
    await submit({ password: 'quiet harbour' })
    expect(now()).toMatchObject({ step: 'confirm', problem: { failure: { code: 'expired_link' } } })
  })

  it('that name a page lead on to it, where it is of this site', async () => {
    const own = await widget({ useMagicLink: cannedSignedIn() }, {}, `#magic-link=${TOKEN}&returnTo=%2Forders`)
    await own.submit({})
    expect(own.now().leaveTo).toBe('/orders')
    const foreign = await widget(
      { useMagicLink: cannedSignedIn() },
      {},
      `#magic-link=${TOKEN}&returnTo=https%3A%2F%2Fevil.example`,
    )
    await foreign.submit({})
    expect(foreign.now().leaveTo).toBeNull()
  })

  it('to a forgotten password ask for the address', async () => {
    const { submit, now, calls } = await widget({}, {}, '#forgot')
    expect(now().step).toBe('forgot')
    await submit({ email: 'ann@example.com' })
    expect(calls).toEqual([['forgotPassword', { email: 'ann@example.com' }]])
    expect(now().step).toBe('mailed')
  })
})

describe('providers', () => {
  const items = [
    { id: 'google', label: 'Google' },
    { id: 'github', label: 'GitHub' },
  ]
  const PAGE = CANNED_PROVIDERS.page
  const HERE = { items, page: `${ORIGIN}/sign-in?tenant=ten_x` }
  const LANDING = { state: 'ten_x.st_y', code: 'abc', iss: 'https://accounts.google.com' }

  it('are those that the server has, and none where it cannot be asked', async () => {
    expect((await widget({}, {}, '', { visits: { providers: HERE } })).now().providers).toEqual(items)
    const { now } = await widget({}, {}, '', { visits: { providers: new Error('away') } })
    expect(now()).toMatchObject({ step: 'sign-in', providers: [], problem: null })
  })

  it('are reached at once from a page of the server’s own origin', async () => {
    const start = { url: 'https://accounts.google.com/x' }
    const { now, calls, visit } = await widget({}, { returnTo: '/orders' }, '', { visits: { providers: HERE, start } })
    await visit('google')
    expect(calls.at(-1)).toEqual(['start', { provider: 'google', returnTo: '/orders' }])
    expect(now()).toMatchObject({ leaveTo: start.url, isBusy: true })
  })

  it('are reached by way of the server’s own page from a shop’s', async () => {
    const { now, calls, visit } = await widget({}, {}, '', {
      place: { path: '/basket?a=b' },
      visits: { providers: { items, page: PAGE } },
    })
    await visit('github')
    expect(calls.map(([route]) => route)).toEqual(['session'])
    expect(now().leaveTo).toBe(`${PAGE}&with=github&returnTo=${encodeURIComponent(`${ORIGIN}/basket?a=b`)}`)
  })

  it('go on at once where the address says so, but not for who is signed in', async () => {
    const visits = { providers: HERE, start: { url: 'https://accounts.google.com/x' } }
    const place = { visit: { provider: 'google', returnTo: 'https://other.example/basket' } }
    const first = await widget({}, {}, '', { place, visits })
    await new Promise((resolve) => setImmediate(resolve))
    expect(first.calls.at(-1)).toEqual(['start', { provider: 'google', returnTo: 'https://other.example/basket' }])
    const known = await widget({ session: { status: 'signed_in', user: cannedUser() } }, {}, '', { place, visits })
    await new Promise((resolve) => setImmediate(resolve))
    expect(known.calls.map(([route]) => route)).toEqual(['session'])
  })

  it('sign in who comes back, and lead on to where the server says', async () => {
    const finish = { ...cannedSignedIn(), returnTo: 'https://other.example/basket' }
    const { now, calls, told } = await widget({}, {}, '', {
      place: { landing: LANDING },
      visits: { providers: HERE, finish },
    })
    expect(calls).toEqual([['finish', LANDING]])
    expect(now()).toMatchObject({ step: 'signed-in', leaveTo: 'https://other.example/basket' })
    expect(told[0]).toMatchObject(['tw-signed-in', { isKnown: false }])
  })

  it('lead to the server’s own page where nothing else is wanted', async () => {
    const finish = { status: 'linked', provider: 'Google', returnTo: '' }
    const { now } = await widget({}, {}, '', { place: { landing: LANDING }, visits: { providers: HERE, finish } })
    expect(now().leaveTo).toBe(HERE.page)
  })

  it('ask for a code as well where there is a second factor, and lead on after it', async () => {
    const finish = { status: 'second_factor', pendingToken: 'tf_1', methods: ['totp'], returnTo: '/orders' }
    const { now, submit } = await widget({ twoFactor: cannedSignedIn() }, {}, '', {
      place: { landing: LANDING },
      visits: { providers: HERE, finish },
    })
    expect(now().step).toBe('code')
    await submit({ code: '123456' })
    expect(now()).toMatchObject({ step: 'signed-in', leaveTo: '/orders' })
  })

  it('ask the owner of an account to sign in to it', async () => {
    const finish = {
      status: 'proof_needed',
      provider: 'Google',
      email: 'ann@example.com',
      invited: false,
      returnTo: '/orders',
    }
    const { now, submit } = await widget({}, {}, '', {
      place: { landing: LANDING },
      visits: { providers: HERE, finish },
    })
    expect(now()).toMatchObject({
      step: 'sign-in',
      email: 'ann@example.com',
      waiting: { provider: 'Google', isInvited: false },
      leaveTo: null,
    })
    await submit(ANN)
    expect(now()).toMatchObject({ step: 'signed-in', leaveTo: '/orders' })
  })

  it.each(['identity_cancelled', 'identity_expired', 'identity_provider_failed', 'identity_email_unverified'])(
    'say so where it ends in %s, with the form',
    async (code) => {
      const { now } = await widget({}, {}, '', {
        place: { landing: LANDING },
        visits: { providers: HERE, finish: new Refused(code) },
      })
      expect(now()).toMatchObject({ step: 'sign-in', problem: { failure: { code } }, providers: items, leaveTo: null })
    },
  )

  it('say so to who is signed in and wanted to link something, and lead back', async () => {
    const { now } = await widget({ session: { status: 'signed_in', user: cannedUser() } }, {}, '', {
      place: { landing: LANDING },
      visits: { providers: HERE, finish: new Refused('identity_taken') },
    })
    expect(now()).toMatchObject({
      step: 'signed-in',
      problem: { failure: { code: 'identity_taken' } },
      nextPage: HERE.page,
      leaveTo: null,
    })
  })
})
