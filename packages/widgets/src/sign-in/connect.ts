import type { SignInOutcome, User } from '@tillwright/core/contract'
import type { Connection, WidgetContext } from '../mount.ts'
import { findUser, type PeopleClient } from '../people/client.ts'
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
}

export interface SignInProps {
  /** BCP 47. */
  readonly language: string
  /** Where to go once signed in; only pages of the same origin count. */
  readonly returnTo: string | null
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
  /** The page that `returnTo` names, where it may be gone to. */
  readonly nextPage: string | null
  /** Where focus belongs; changes of `count` move it. */
  readonly focus: { readonly on: SignInField | 'heading'; readonly count: number }
  /** Set once somebody has signed in and has a page to go on to. */
  readonly leaveTo: string | null
}

export interface SignInConnection extends Connection<SignInProps, SignInState> {
  /** Begins: with the fragment of the address, which a mailed link brings, and the page's own origin. */
  start(place: { hash: string; origin: string }): void
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
  const { auth } = client
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
  /** Of the mailed link. */
  let token = ''
  let linkReturnTo: string | null = null
  let pendingToken = ''
  let typing: { email?: string; name?: string; newPassword?: string } = {}

  function nextPage(): string | null {
    return ownPage(linkReturnTo ?? state.value.props.returnTo, origin)
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
      const user = await findUser(client, options)
      if (gone.signal.aborted) return
      if (user) welcome(user, { focus }, true)
      else show('sign-in', { focus })
    } catch (error) {
      if (gone.signal.aborted) return
      warn(`tw-sign-in: ${(error as Error).message}`)
      show('failed', { problem: { failure: failureOf(error) }, focus })
    }
  }

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
    if (failure.code === 'email_not_verified') {
      show('unverified')
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
    async 'verify-email'() {
      await auth.verifyEmail({ token }, ONCE)
      show('verified')
    },
    'change-email': (values) => ACTIONS['verify-email'](values),
    async 'magic-link'() {
      goOn(await auth.useMagicLink({ token, delivery: 'cookie' }, ONCE))
    },
  }

  return {
    state,
    start({ hash, origin: own }) {
      origin = own
      const fragment = new URLSearchParams(hash.replace(/^#/, ''))
      const step = LINK_STEPS.find((name) => fragment.get(name))
      // What it led to stays, should the address change afterwards.
      if (step) {
        token = fragment.get(step)!
        linkReturnTo = fragment.get('returnTo')
        show(step)
      } else if (fragment.has('forgot')) show('forgot')
      else if (state.value.step === 'loading') void look()
    },
    show: (step) => show(step),
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
      show('loading')
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
    dispose: () => gone.abort(),
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
  if (code === 'invalid_credentials') return step === 'sign-in' ? 'password' : 'code'
  if (code !== 'invalid_input') return null
  return field === 'password' ? (FIELDS[step]?.at(-1) ?? null) : (FIELDS[step]?.find((name) => name === field) ?? null)
}
