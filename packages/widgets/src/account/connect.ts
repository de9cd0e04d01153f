import type { Identity, Preferences, Session, User } from '@tillwright/core/contract'
import type { Connection, WidgetContext } from '../mount.ts'
import { findUser, onOtherPerson, type PeopleClient } from '../people/client.ts'
import { type Failure, failureOf } from '../people/failure.ts'
import { type PasswordStrength, passwordStrength } from '../people/password-strength.ts'
import { signal } from '../signal.ts'
import { type QrCode, readQrCode } from './qr-code.ts'

export const SECTIONS = ['profile', 'security', 'sessions', 'data'] as const
export type Section = (typeof SECTIONS)[number]

/** Something that a person asks for here. */
export type Task =
  | 'profile'
  | 'email'
  | 'password'
  | 'set-up'
  | 'confirm'
  | 'codes'
  | 'switch-off'
  | 'link'
  | 'unlink'
  | 'sessions'
  | 'export'
  | 'remove'
  | 'proof'
  | 'sign-out'

export type AccountField = 'email' | 'currentPassword' | 'newPassword' | 'code' | 'proof'

export interface AccountProps {
  /** BCP 47. */
  readonly language: string
}

export interface AccountState {
  readonly props: AccountProps
  readonly phase: 'loading' | 'failed' | 'signed-out' | 'ready'
  /** Why there is nothing to show. */
  readonly failure: Failure | null
  readonly user: User | null
  readonly sessions: readonly Session[]
  /** Accounts at providers that open this one. */
  readonly identities: readonly Identity[]
  /** Providers that people may sign in with. */
  readonly providers: readonly { readonly id: string; readonly label: string }[]
  /** Set once there is a provider to go to. */
  readonly leaveTo: string | null
  readonly section: Section
  /** When this was drawn, in ms since 1970. */
  readonly nowAt: number
  readonly busy: Task | null
  readonly problem: { readonly task: Task; readonly failure: Failure } | null
  /** The field that the problem is about. */
  readonly wrong: AccountField | null
  /** What has just come about. */
  readonly done: Task | null
  readonly isPasswordShown: boolean
  readonly strength: PasswordStrength
  /** An authenticator that is being set up. */
  readonly setup: { readonly secret: string; readonly qrCode: QrCode | null } | null
  /** Shown once. */
  readonly recoveryCodes: readonly string[] | null
  /** What must be answered first: who one is, or whether the account shall really go. */
  readonly dialog: 'proof' | 'remove' | null
  /** A file to hand to the browser, once. */
  readonly file: { readonly name: string; readonly content: Blob } | null
  readonly focus: { readonly on: string; readonly count: number }
}

export interface ProfileValues extends Pick<Preferences, 'language' | 'timeZone' | 'currency' | 'notifications'> {
  readonly name: string | null
}

export interface AccountConnection extends Connection<AccountProps, AccountState> {
  /** `href`: the page's own address, to return to. */
  start(section: Section | null, href?: string): void
  retry(): void
  open(section: Section): void
  /** Another widget of the page has signed somebody in or out. */
  lookAgain(): void
  signOut(): Promise<void>
  saveProfile(values: ProfileValues): Promise<void>
  changeEmail(email: string): Promise<void>
  typed(newPassword: string): void
  togglePassword(): void
  changePassword(values: { currentPassword?: string; newPassword: string }): Promise<void>
  setUp(): Promise<void>
  cancelSetUp(): void
  confirm(code: string): Promise<void>
  newCodes(): Promise<void>
  /** The recovery codes are in safe hands. */
  keptCodes(): void
  saveCodes(): void
  switchOff(): Promise<void>
  link(provider: string): Promise<void>
  unlink(identityId: string): Promise<void>
  end(sessionId: string): Promise<void>
  endOthers(): Promise<void>
  exportData(): Promise<void>
  askToRemove(): void
  remove(): Promise<void>
  prove(proof: string): Promise<void>
  closeDialog(): void
}

/** Who waits for a limit is told so, instead of being kept waiting. */
const ONCE = { retries: 0 }

/** Codes after which nobody is signed in any more. */
const ENDED = ['session_ended', 'sign_in_needed', 'invalid_token']

export function connectAccount(
  initial: AccountProps,
  { client, clock, notify, warn }: Pick<WidgetContext<PeopleClient>, 'client' | 'clock' | 'notify' | 'warn'>,
): AccountConnection {
  const { auth, account, identities } = client
  const nothing = {
    user: null,
    sessions: [],
    identities: [],
    providers: [],
    leaveTo: null,
    busy: null,
    problem: null,
    wrong: null,
    done: null,
    isPasswordShown: false,
    strength: passwordStrength(''),
    setup: null,
    recoveryCodes: null,
    dialog: null,
    file: null,
  } satisfies Partial<AccountState>
  const state = signal<AccountState>({
    ...nothing,
    props: initial,
    phase: 'loading',
    failure: null,
    section: 'profile',
    nowAt: clock(),
    focus: { on: '', count: 0 },
  })
  const set = (change: Partial<AccountState>) => {
    state.value = { ...state.value, ...change, nowAt: clock() }
  }
  const gone = new AbortController()
  let page = ''
  /** What waits for a proof of who one is. */
  let waiting: (() => Promise<void>) | undefined

  const focusOn = (on: string) => ({ focus: { on, count: state.value.focus.count + 1 } })

  async function look(): Promise<void> {
    const options = { signal: gone.signal }
    try {
      const user = await findUser(client, options)
      if (gone.signal.aborted) return
      if (!user) return set({ ...nothing, phase: 'signed-out', failure: null })
      const [sessions, linked, providers] = await Promise.all([
        account.sessions({}, options),
        identities.list({}, options),
        identities.providers({}, options),
      ])
      if (gone.signal.aborted) return
      set({
        phase: 'ready',
        failure: null,
        user,
        sessions: sessions.items,
        identities: linked.items,
        providers: providers.items,
      })
      notify({ user, isKnown: true }, 'tw-signed-in')
    } catch (error) {
      if (gone.signal.aborted) return
      warn(`tw-account: ${(error as Error).message}`)
      set({ ...nothing, phase: 'failed', failure: failureOf(error) })
    }
  }

  function lookAgain(): void {
    if (!state.value.busy && state.value.phase !== 'loading') void look()
  }

  const stopFollowing = onOtherPerson(client, () => state.value.user, lookAgain)

  function leave(): void {
    set({ ...nothing, phase: 'signed-out' })
    notify({}, 'tw-signed-out')
  }

  /** Carries out what was asked for. What needs a proof of who one is waits for it, and is then carried out. */
  async function perform(task: Task, action: () => Promise<Partial<AccountState> | undefined>): Promise<void> {
    if (state.value.busy) return
    set({ busy: task, problem: null, wrong: null, done: null })
    try {
      const change = await action()
      if (!gone.signal.aborted) set({ busy: null, done: task, ...change })
    } catch (error) {
      if (gone.signal.aborted) return
      const failure = failureOf(error)
      if (ENDED.includes(failure.code)) return leave()
      if (failure.code === 'reauthentication_required') {
        const { user, identities: ways } = state.value
        if (ways[0] && !user!.hasPassword && !user!.twoFactor) {
          // There is nothing to ask for here: they show it where they signed in.
          set({ busy: null })
          return goTo(identities.start, ways[0].provider)
        }
        waiting = () => perform(task, action)
        return set({ busy: null, dialog: 'proof', isPasswordShown: false })
      }
      const wrong = wrongField(task, failure)
      set({ busy: null, problem: { task, failure }, wrong, ...(wrong ? focusOn(wrong) : {}) })
    }
  }

  /** Leaves for a provider, to come back to where its doings are shown. */
  const goTo = (begin: typeof identities.link, provider: string): Promise<void> =>
    perform('link', async () => ({
      leaveTo: (await begin({ provider, returnTo: `${page.split('#')[0]}#security` })).url,
    }))

  async function reloaded(): Promise<Partial<AccountState>> {
    return { sessions: (await account.sessions({}, { signal: gone.signal })).items }
  }

  const withUser = (change: Partial<User>): Partial<AccountState> => ({ user: { ...state.value.user!, ...change } })

  return {
    state,
    start(section, href = '') {
      page = href
      if (section) set({ section })
      if (state.value.phase === 'loading') void look()
    },
    retry() {
      set({ phase: 'loading' })
      void look()
    },
    open: (section) =>
      set({
        section,
        problem: null,
        wrong: null,
        done: null,
        setup: null,
        isPasswordShown: false,
        strength: passwordStrength(''),
      }),
    lookAgain,
    signOut: () =>
      perform('sign-out', async () => {
        await auth.logout({})
        leave()
        return undefined
      }),
    saveProfile: ({ name, ...preferences }) =>
      perform('profile', async () => ({ user: await account.update({ name, preferences }) })),
    changeEmail: (email) =>
      perform('email', async () => {
        await account.changeEmail({ email }, ONCE)
        return undefined
      }),
    typed(newPassword) {
      const { name, email } = state.value.user!
      set({ strength: passwordStrength(newPassword, [name ?? '', email.split('@')[0]!]) })
    },
    togglePassword: () => set({ isPasswordShown: !state.value.isPasswordShown }),
    changePassword: ({ currentPassword, newPassword }) =>
      perform('password', async () => {
        await account.changePassword({ newPassword, ...(currentPassword ? { currentPassword } : {}) }, ONCE)
        return { ...withUser({ hasPassword: true }), ...(await reloaded()), strength: passwordStrength('') }
      }),
    setUp: () =>
      perform('set-up', async () => {
        const { secret, qrCode } = await account.startTwoFactor({})
        return { setup: { secret, qrCode: readQrCode(qrCode) }, ...focusOn('set-up') }
      }),
    cancelSetUp: () => set({ setup: null, problem: null, wrong: null, ...focusOn('two-factor') }),
    confirm: (code) =>
      perform('confirm', async () => {
        const { recoveryCodes } = await account.confirmTwoFactor({ code: code.replace(/\s/g, '') }, ONCE)
        return { recoveryCodes, setup: null, ...withUser({ twoFactor: true }), ...focusOn('codes') }
      }),
    newCodes: () =>
      perform('codes', async () => {
        const { recoveryCodes } = await account.newRecoveryCodes({})
        return { recoveryCodes, ...focusOn('codes') }
      }),
    keptCodes: () => set({ recoveryCodes: null, done: null, ...focusOn('two-factor') }),
    saveCodes: () =>
      set({ file: { name: 'recovery-codes.txt', content: new Blob([`${state.value.recoveryCodes!.join('\n')}\n`]) } }),
    switchOff: () =>
      perform('switch-off', async () => {
        await account.removeTwoFactor({})
        return { ...withUser({ twoFactor: false }), ...focusOn('two-factor') }
      }),
    link: (provider) => goTo(identities.link, provider),
    unlink: (identityId) =>
      perform('unlink', async () => {
        await identities.unlink({ identityId })
        return { ...(await reloaded()), identities: (await identities.list({})).items, ...focusOn('methods') }
      }),
    end: (sessionId) =>
      perform('sessions', async () => {
        await account.endSession({ sessionId })
        return { ...(await reloaded()), ...focusOn('heading') }
      }),
    endOthers: () =>
      perform('sessions', async () => {
        const others = state.value.sessions.filter(({ current }) => !current)
        await Promise.all(others.map(({ id }) => account.endSession({ sessionId: id })))
        return { ...(await reloaded()), ...focusOn('heading') }
      }),
    exportData: () =>
      perform('export', async () => ({
        file: { name: 'my-data.json', content: await (await account.exportData({})).blob() },
      })),
    askToRemove: () => set({ dialog: 'remove', problem: null }),
    remove() {
      set({ dialog: null })
      return perform('remove', async () => {
        await account.remove({})
        leave()
        return undefined
      })
    },
    async prove(proof) {
      if (state.value.busy) return
      set({ busy: 'proof', problem: null, wrong: null })
      try {
        const code = proof.replace(/\s/g, '')
        await auth.reauthenticate(provesByPassword(state.value.user!) ? { password: proof } : { code }, ONCE)
        if (gone.signal.aborted) return
        set({ busy: null, dialog: null })
        await waiting?.()
      } catch (error) {
        if (gone.signal.aborted) return
        const failure = failureOf(error)
        if (ENDED.includes(failure.code)) return leave()
        set({ busy: null, problem: { task: 'proof', failure }, wrong: 'proof', ...focusOn('proof') })
      }
    },
    closeDialog: () => set({ dialog: null, problem: null, wrong: null }),
    update: (props) => set({ props }),
    dispose() {
      stopFollowing()
      gone.abort()
    },
  }
}

/** By a code where there is a second factor: beside one, a password alone proves nothing. */
export function provesByPassword({ hasPassword, twoFactor }: User): boolean {
  return hasPassword && !twoFactor
}

function wrongField(task: Task, { code }: Failure): AccountField | null {
  if (task === 'email' && code === 'invalid_input') return 'email'
  if (task === 'confirm') return 'code'
  if (task !== 'password') return null
  return code === 'invalid_credentials' ? 'currentPassword' : 'newPassword'
}
