import type { IdentityOutcome, SignInOutcome, User } from '@tillwright/core/contract'
import type { Connection, WidgetContext } from '../mount.ts'
import { findUser, onOtherPerson, type PeopleClient } from '../people/client.ts'
import { type Failure, failureOf } from '../people/failure.ts'
import { type PasswordStrength, passwordStrength } from '../people/password-strength.ts'
import { ownPage } from '../people/return-to.ts'
import { signal } from '../signal.ts'

/** What a mailed link is for: the name of its token in the fragment. */
export const LINK_STEPS = ['reset-password', 'invitation', 'verify-email', 'change-email', 'magic-link'] as const
export type LinkStep = (typeof LINK_STEPS)[number]

export type FormStep =
  | 'sign-in'
  | 'register'
  | 'forgot'
  | 'request-link'
  | 'code'
  | 'recovery'
  | 'unverified'
  | 'confirm'
  | LinkStep

/** What is left to say where there is no form. */
export type NoticeStep = 'mailed' | 'registered' | 'verified' | 'password-saved'

export type SignInStep = FormStep | NoticeStep | 'loading' | 'failed' | 'signed-in'

export type SignInField = 'email' | 'password' | 'newPassword' | 'code'

/** What forms of each step ask for, in their order. */
export const FIELDS: Readonly<Partial<Record<SignInStep, readonly SignInField[]>>> = {
  'sign-in': ['email', 'password'],
  register: ['email', 'newPassword'],
  forgot: ['email'],
  'request-link': ['email'],
  code: ['code'],
  recovery: ['code'],
  'reset-password': ['newPassword'],
  invitation: ['newPassword'],
  confirm: ['password'],
}

export interface SignInProps {
  /** BCP 47. */
  readonly language: string
  /** Where to go once signed in; only pages of the same origin count. */
  readonly returnTo: string | null
}

/** A provider that people may sign in with. */
export interface Provider {
  readonly id: string
  readonly label: string
}

/** Where the widget begins. */
export interface Place {
  /** The fragment of the address, which a mailed link brings. */
  readonly hash: string
  /** The page's own. */
  readonly origin: string
  /** Path and query of the page. */
  readonly path?: string
  /** What a provider, to which somebody went to sign in, has added to the address. */
  readonly landing?: Parameters<PeopleClient['identities']['finish']>[0]
  /** A provider to go to at once, and the page to return to. */
  readonly visit?: { readonly provider: string; readonly returnTo: string | null }
}

/** Something is wrong: an answer of the server, or a field that is not filled in. */
export type Problem = { readonly failure: Failure } | { readonly missing: SignInField }

export interface SignInState {
  readonly props: SignInProps
  readonly step: SignInStep
  readonly isBusy: boolean
  readonly problem: Problem | null
  /** The field that the problem is about. */
  readonly wrong: SignInField | null
  /** What was typed last; it goes along from step to step. */
  readonly email: string
  readonly isPasswordShown: boolean
  readonly strength: PasswordStrength
  readonly user: User | null
  readonly providers: readonly Provider[]
  /** An account at a provider that opens the account of its address, once its owner has signed in to that. */
  readonly waiting: { readonly provider: string; readonly isInvited: boolean } | null
  /** The page that `returnTo` names, where it may be gone to. */
  readonly nextPage: string | null
  /** Where focus belongs; changes of `count` move it. */
  readonly focus: { readonly on: SignInField | 'heading'; readonly count: number }
  /** Set once somebody has signed in and has a page to go on to. */
  readonly leaveTo: string | null
}

export interface SignInConnection extends Connection<SignInProps, SignInState> {
  start(place: Place): void
  /** Goes to a provider to sign in there. */
  visit(provider: string): Promise<void>
  show(step: SignInStep): void
  /** What somebody types where a password is chosen. */
  typed(values: { email?: string; name?: string; newPassword?: string }): void
  togglePassword(): void
  submit(values: Readonly<Record<string, string>>): Promise<void>
  retry(): void
  signOut(): Promise<void>
  /** Another widget of the page has signed somebody out. */
  signedOut(): void
}

/** Who waits for a limit is told so, instead of being kept waiting. */
const ONCE = { retries: 0 }

export function connectSignIn(
  initial: SignInProps,
  { client, notify, warn }: Pick<WidgetContext<PeopleClient>, 'client' | 'notify' | 'warn'>,
): SignInConnection {
  const { auth, identities } = client
  const state = signal<SignInState>({
    props: initial,
    step: 'loading',
    isBusy: false,
    problem: null,
    wrong: null,
    email: '',
    isPasswordShown: false,
    strength: passwordStrength(''),
    user: null,
    providers: [],
    waiting: null,
    nextPage: null,
    focus: { on: 'heading', count: 0 },
    leaveTo: null,
  })
  const set = (change: Partial<SignInState>) => {
    state.value = { ...state.value, ...change }
  }
  const gone = new AbortController()
  const options = { signal: gone.signal }
  let origin = ''
  let path = '/'
  /** The server's own page for signing in. */
  let ownSignIn = ''
  /** Of the mailed link. */
  let token = ''
  let linkReturnTo: string | null = null
  /** What the server has checked. */
  let landedReturnTo: string | null = null
  let pendingToken = ''
  let typing: { email?: string; name?: string; newPassword?: string } = {}

  function nextPage(): string | null {
    return landedReturnTo ?? ownPage(linkReturnTo ?? state.value.props.returnTo, origin)
  }

  function focusOn(on: SignInField | 'heading'): Pick<SignInState, 'focus'> {
    return { focus: { on, count: state.value.focus.count + 1 } }
  }

  /** Goes on to another step, whose heading says what it is. */
  function show(step: SignInStep, change: Partial<SignInState> = {}): void {
    typing = {}
    set({
      step,
      isBusy: false,
      problem: null,
      wrong: null,
      isPasswordShown: false,
      strength: passwordStrength(''),
      ...focusOn('heading'),
      ...change,
    })
  }

  async function look(): Promise<void> {
    // What is shown first takes no focus from the page.
    const { focus } = state.value
    try {
      const [user, providers] = await Promise.all([findUser(client, options), findProviders()])
      if (gone.signal.aborted) return
      if (user) welcome(user, { focus, providers }, true)
      else show('sign-in', { focus, user: null, providers })
    } catch (error) {
      if (gone.signal.aborted) return
      warn(`tw-sign-in: ${(error as Error).message}`)
      show('failed', { problem: { failure: failureOf(error) }, focus })
    }
  }

  /** Who cannot be asked is not there: there are other ways to sign in. */
  async function findProviders(): Promise<readonly Provider[]> {
    try {
      const { items, page } = await identities.providers({}, options)
      ownSignIn = page
      return items
    } catch (error) {
      if (!gone.signal.aborted) warn(`tw-sign-in: ${(error as Error).message}`)
      return []
    }
  }

  const home = () => ownSignIn || null

  /** The link alone does not show whose account it is: the session of this browser does, or else the password. */
  async function askWhose(step: LinkStep): Promise<void> {
    const user = await findUser(client, options).catch(() => null)
    if (!gone.signal.aborted) show(user ? step : 'confirm')
  }

  /** Signs in with what a provider has sent along. */
  async function land(landing: NonNullable<Place['landing']>): Promise<void> {
    const [providers, outcome] = await Promise.all([
      findProviders(),
      identities.finish(landing, ONCE).catch((error: unknown) => ({ failure: failureOf(error) })),
    ])
    set({ providers })
    if (gone.signal.aborted) return
    if (!('failure' in outcome)) return landed(outcome)
    // Who wanted to link something is signed in all the while.
    const user = await findUser(client, options).catch(() => null)
    landedReturnTo = home()
    const nextPage = landedReturnTo
    if (!gone.signal.aborted) show(user ? 'signed-in' : 'sign-in', { user, nextPage, problem: outcome })
  }

  function landed(outcome: IdentityOutcome): void {
    landedReturnTo = outcome.returnTo || home()
    if (outcome.status === 'linked') set({ leaveTo: nextPage() })
    else if (outcome.status === 'proof_needed') {
      const { email, provider, invited } = outcome
      show('sign-in', { email, waiting: { provider, isInvited: invited } })
    } else goOn(outcome)
  }

  /** Goes to a provider: by way of the server's own page, unless this page is of the server's origin. */
  async function visit(provider: string, returnTo: string | null): Promise<void> {
    if (state.value.isBusy) return
    set({ isBusy: true, problem: null, wrong: null })
    try {
      if (new URL(ownSignIn).origin === origin) {
        const { url } = await identities.start({ provider, ...(returnTo ? { returnTo } : {}) }, ONCE)
        set({ leaveTo: url })
      } else {
        const back = encodeURIComponent(origin + (returnTo ?? path))
        set({ leaveTo: `${ownSignIn}&with=${provider}&returnTo=${back}` })
      }
    } catch (error) {
      fail(error, 'sign-in')
    }
  }

  /** Who has signed in or out elsewhere is shown so, but nobody is taken away from another step. */
  function lookAgain(): void {
    const { step, isBusy } = state.value
    if (!isBusy && (step === 'sign-in' || step === 'signed-in')) void look()
  }

  const stopFollowing = onOtherPerson(client, () => state.value.user, lookAgain)

  /** `isKnown`: was signed in before this page was opened; nobody is sent on without having done anything. */
  function welcome(user: User, change: Partial<SignInState> = {}, isKnown = false): void {
    const next = nextPage()
    show('signed-in', { user, nextPage: next, leaveTo: isKnown ? null : next, ...change })
    notify({ user, isKnown }, 'tw-signed-in')
  }

  function goOn(outcome: SignInOutcome): void {
    if (outcome.status === 'signed_in') welcome(outcome.user)
    else {
      pendingToken = outcome.pendingToken
      show('code')
    }
  }

  function fail(error: unknown, step: SignInStep): void {
    if (gone.signal.aborted) return
    const failure = failureOf(error)
    if (failure.code === 'email_not_verified' || failure.code === 'reauthentication_required') {
      show(failure.code === 'email_not_verified' ? 'unverified' : 'confirm')
      return
    }
    const wrong = wrongField(failure, step)
    set({ isBusy: false, problem: { failure }, wrong, ...(wrong ? focusOn(wrong) : {}) })
  }

  const ACTIONS: Readonly<Record<FormStep, (values: Readonly<Record<string, string>>) => Promise<void>>> = {
    async 'sign-in'({ email = '', password = '', remember, website }) {
      goOn(
        await auth.login(
          { email, password, remember: remember !== undefined, delivery: 'cookie', ...trap(website) },
          ONCE,
        ),
      )
    },
    async register({ email = '', newPassword = '', name = '', website }) {
      const language = state.value.props.language
      const known = name.trim() === '' ? {} : { name: name.trim() }
      await auth.register({ email, password: newPassword, language, ...known, ...trap(website) }, ONCE)
      show('registered')
    },
    async forgot({ email = '', website }) {
      await auth.forgotPassword({ email, ...trap(website) }, ONCE)
      show('mailed')
    },
    async 'request-link'({ email = '', website }) {
      const next = nextPage()
      await auth.requestMagicLink({ email, ...(next ? { returnTo: next } : {}), ...trap(website) }, ONCE)
      show('mailed')
    },
    async code({ code = '' }) {
      goOn(await auth.twoFactor({ pendingToken, code: code.replace(/\s/g, ''), delivery: 'cookie' }, ONCE))
    },
    recovery: (values) => ACTIONS.code(values),
    async unverified() {
      await auth.resendVerification({ email: state.value.email }, ONCE)
      show('mailed')
    },
    async 'reset-password'({ newPassword = '' }) {
      await auth.resetPassword({ token, password: newPassword }, ONCE)
      show('password-saved')
    },
    invitation: (values) => ACTIONS['reset-password'](values),
    async 'verify-email'({ password }) {
      await auth.verifyEmail({ token, ...(password ? { password } : {}) }, ONCE)
      show('verified')
    },
    'change-email': (values) => ACTIONS['verify-email'](values),
    confirm: (values) => ACTIONS['verify-email'](values),
    async 'magic-link'() {
      goOn(await auth.useMagicLink({ token, delivery: 'cookie' }, ONCE))
    },
  }

  return {
    state,
    start({ hash, origin: own, path: here = '/', landing, visit: wanted }) {
      origin = own
      path = here
      if (landing) return void land(landing)
      if (wanted) {
        return void look().then(() => (state.value.step === 'sign-in' ? visit(wanted.provider, wanted.returnTo) : null))
      }
      const fragment = new URLSearchParams(hash.replace(/^#/, ''))
      const step = LINK_STEPS.find((name) => fragment.get(name))
      // What it led to stays, should the address change afterwards.
      if (step) {
        token = fragment.get(step)!
        linkReturnTo = fragment.get('returnTo')
        if (step === 'verify-email' || step === 'change-email') void askWhose(step)
        else show(step)
      } else if (fragment.has('forgot')) show('forgot')
      else if (state.value.step === 'loading') void look()
    },
    show: (step) => show(step),
    visit: (provider) => visit(provider, nextPage()),
    typed(values) {
      typing = { ...typing, ...values }
      const { email = state.value.email, name = '', newPassword = '' } = typing
      const strength = passwordStrength(newPassword, [name, email.split('@')[0]!])
      set({ email, strength })
    },
    togglePassword: () => set({ isPasswordShown: !state.value.isPasswordShown }),
    async submit(given) {
      const { step, isBusy } = state.value
      const action = ACTIONS[step as FormStep] as (typeof ACTIONS)[FormStep] | undefined
      if (isBusy || !action) return
      const values: Readonly<Record<string, string>> =
        given.email === undefined ? given : { ...given, email: given.email.trim() }
      set({ email: values.email ?? state.value.email })
      const missing = FIELDS[step]?.find((field) => !isFilled(field, values[field] ?? ''))
      if (missing) return set({ problem: { missing }, wrong: missing, ...focusOn(missing) })
      set({ isBusy: true, problem: null, wrong: null })
      try {
        await action(values)
      } catch (error) {
        fail(error, step)
      }
    },
    retry() {
      show('loading', { leaveTo: null })
      void look()
    },
    async signOut() {
      if (state.value.isBusy) return
      set({ isBusy: true, problem: null })
      try {
        await auth.logout({})
        notify({}, 'tw-signed-out')
        show('sign-in', { user: null })
      } catch (error) {
        fail(error, 'signed-in')
      }
    },
    signedOut() {
      if (state.value.step === 'signed-in' && !state.value.isBusy) {
        show('sign-in', { user: null, leaveTo: null, focus: state.value.focus })
      }
    },
    update(props) {
      set({ props, ...(state.value.step === 'signed-in' ? { nextPage: ownPage(props.returnTo, origin) } : {}) })
    },
    dispose() {
      stopFollowing()
      gone.abort()
    },
  }
}

/** Only where a program has filled it in: people never send the field. */
function trap(website: string | undefined): { website?: string } {
  return website ? { website } : {}
}

function isFilled(field: SignInField, value: string): boolean {
  if (field === 'email') return /^\S+@\S+\.\S+$/.test(value)
  if (field === 'code') return value.replace(/\s/g, '').length >= 6
  return value !== '' && (field !== 'newPassword' || [...value].length >= 8)
}

function wrongField({ code, field }: Failure, step: SignInStep): SignInField | null {
  if (code === 'weak_password') return 'newPassword'
  if (code === 'invalid_credentials') return FIELDS[step]?.includes('password') ? 'password' : 'code'
  if (code !== 'invalid_input') return null
  return field === 'password' ? (FIELDS[step]?.at(-1) ?? null) : (FIELDS[step]?.find((name) => name === field) ?? null)
}
