import { spokenLanguage, wordsFor } from '../i18n.ts'
import { Field, Honeypot, PasswordField, StrengthMeter, valuesOf } from '../people/fields.tsx'
import { failureWords, type PeopleWords, peopleStrings } from '../people/words.ts'
import {
  FIELDS,
  type FormStep,
  LINK_STEPS,
  type SignInConnection,
  type SignInState,
  type SignInStep,
} from './connect.ts'
import { type SignInWords, strings } from './strings.ts'

export type SignInActions = Pick<
  SignInConnection,
  'visit' | 'show' | 'typed' | 'togglePassword' | 'submit' | 'retry' | 'signOut'
>

/** Ways out of each step, beside its button. */
const WAYS: Readonly<Partial<Record<SignInStep, readonly SignInStep[]>>> = {
  'sign-in': ['request-link', 'register'],
  register: ['sign-in'],
  forgot: ['sign-in'],
  'request-link': ['sign-in'],
  code: ['recovery', 'sign-in'],
  recovery: ['code', 'sign-in'],
  unverified: ['sign-in'],
  'reset-password': ['forgot', 'sign-in'],
  invitation: ['sign-in'],
  'verify-email': ['sign-in'],
  'change-email': ['sign-in'],
  confirm: ['forgot', 'sign-in'],
  'magic-link': ['request-link', 'sign-in'],
}

const MAIL = 'M3 6h18v12H3zm0 1 9 7 9-7'
const CHECK = 'm4 12.5 5.5 5.5L20 7'

/** Steps that ask for nothing show what they are about, on a grid of 24. */
const ICONS: Readonly<Partial<Record<SignInStep, string>>> = {
  unverified: MAIL,
  'verify-email': MAIL,
  'change-email': MAIL,
  mailed: MAIL,
  registered: MAIL,
  verified: CHECK,
  'password-saved': CHECK,
  'signed-in': CHECK,
  'magic-link': 'M14 4h6v16h-6M3 12h12m-4-4 4 4-4 4',
  failed: 'M12 7v6m0 4v.01M12 3 2 20h20Z',
}

export function signInView(state: SignInState, actions: SignInActions) {
  const { props, step, problem, isBusy } = state
  const words = wordsFor(strings, props.language)
  const common = wordsFor(peopleStrings, props.language)
  const [heading, lead] = textsOf(state, words)
  const message =
    problem &&
    ('missing' in problem
      ? common.missing[problem.missing]
      : (words.visits[problem.failure.code] ?? failureWords(problem.failure, common, props.language)))
  return (
    <section
      part="frame"
      lang={spokenLanguage(strings, props.language)}
      aria-busy={isBusy || step === 'loading'}
      aria-labelledby="heading"
      data-step={step}
    >
      {step === 'loading' ? (
        <div part="skeleton" aria-hidden="true">
          <i />
          <i />
          <i />
          <i />
        </div>
      ) : null}
      {ICONS[step] && (
        <svg part="icon" viewBox="-12 -12 48 48" aria-hidden="true">
          <path d={ICONS[step]} />
        </svg>
      )}
      <h2 part="heading" id="heading" tabindex={-1} hidden={step === 'loading'}>
        {heading}
      </h2>
      <div part="slot" hidden={step === 'loading'}>
        {message ? (
          <p part="message" id="message" role="alert" key={state.focus.count}>
            {message}
          </p>
        ) : (
          <p part="lead">{lead}</p>
        )}
      </div>
      {body(state, words, common, actions)}
    </section>
  )
}

function textsOf(
  { step, email, user, waiting }: SignInState,
  words: SignInWords,
): readonly [heading: string, lead: string] {
  if (step === 'loading') return ['', '']
  if (step === 'failed') return [words.failed, '']
  if (step === 'sign-in' && waiting) {
    const [heading, lead, afterInvitation] = words.waiting
    const text = waiting.isInvited ? afterInvitation : lead
    return [waiting.isInvited ? words.forms.invitation[0] : heading, text.replaceAll('{provider}', waiting.provider)]
  }
  const [heading, lead] =
    step === 'signed-in' ? words.signedIn : ({ ...words.forms, ...words.notices }[step] as readonly [string, string])
  return [heading, lead.replace('{email}', email).replace('{name}', user?.name ?? user?.email ?? '')]
}

function body(state: SignInState, words: SignInWords, common: PeopleWords, actions: SignInActions) {
  const { step } = state
  if (step === 'loading') return null
  if (step === 'failed') {
    return (
      <button type="button" part="submit retry" onClick={actions.retry}>
        <span>{common.retry}</span>
      </button>
    )
  }
  if (step === 'signed-in') return signedIn(state, words, common, actions)
  if (step in words.forms) return form(state, words, common, actions)
  return (
    <button type="button" part="submit" onClick={() => actions.show('sign-in')}>
      <span>{words.links['sign-in']}</span>
    </button>
  )
}

function signedIn({ isBusy, nextPage }: SignInState, words: SignInWords, common: PeopleWords, actions: SignInActions) {
  return (
    <div part="actions">
      {nextPage && (
        <a part="submit" href={nextPage}>
          <span>{words.goOn}</span>
        </a>
      )}
      <button type="button" part="secondary" aria-disabled={isBusy} onClick={actions.signOut}>
        {isBusy ? words.busy : common.signOut}
      </button>
    </div>
  )
}

function form(state: SignInState, words: SignInWords, common: PeopleWords, actions: SignInActions) {
  const { isBusy } = state
  const step = state.step as FormStep
  const has = (field: 'email' | 'password' | 'newPassword' | 'code') => FIELDS[step]?.includes(field)
  const wrong = (field: string) => state.wrong === field
  const [, , submit] = words.forms[step]
  const password = { words: common, isShown: state.isPasswordShown, onShow: actions.togglePassword }
  return (
    <form part="form" key={step} noValidate onSubmit={(event) => actions.submit(valuesOf(event))}>
      {step === 'register' && (
        <Field
          name="name"
          label={`${words.name} (${words.optional})`}
          autocomplete="name"
          isOptional
          onInput={(name) => actions.typed({ name })}
        />
      )}
      {has('email') && (
        <Field
          name="email"
          label={common.email}
          type="email"
          autocomplete="username"
          inputMode="email"
          value={state.email}
          isWrong={wrong('email')}
          onInput={(email) => actions.typed({ email })}
        />
      )}
      {step === 'confirm' && <input type="text" autocomplete="username" hidden />}
      {has('password') && (
        <PasswordField
          {...password}
          name="password"
          label={common.password}
          autocomplete="current-password"
          isWrong={wrong('password')}
        />
      )}
      {has('newPassword') && (
        <>
          {step !== 'register' && <input type="text" autocomplete="username" defaultValue={state.email} hidden />}
          <PasswordField
            {...password}
            name="newPassword"
            label={step === 'register' ? common.password : common.newPassword}
            autocomplete="new-password"
            isWrong={wrong('newPassword')}
            describedBy="strength"
            onInput={(newPassword) => actions.typed({ newPassword })}
          />
          <StrengthMeter strength={state.strength} words={common} />
        </>
      )}
      {has('code') && (
        <Field
          name="code"
          label={common.code}
          autocomplete="one-time-code"
          {...(step === 'code' ? { inputMode: 'numeric' as const } : {})}
          isWrong={wrong('code')}
        />
      )}
      {step === 'sign-in' && (
        <div part="row">
          <label part="check">
            <input type="checkbox" name="remember" />
            {words.remember}
          </label>
          {link('forgot', words, actions)}
        </div>
      )}
      {has('email') && <Honeypot />}
      <button type="submit" part="submit" aria-disabled={isBusy}>
        <span>{isBusy ? words.busy : submit}</span>
      </button>
      <div part="links">
        {WAYS[step]?.map((way) => (
          <span key={way}>
            {step === 'sign-in' && way === 'register' ? `${words.newHere} ` : ''}
            {link(way, words, actions, isLinkStep(step) && way !== 'sign-in' ? words.forms.forgot[2] : undefined)}
          </span>
        ))}
      </div>
      {step === 'sign-in' && state.providers.length > 0 && providers(state, words, actions)}
    </form>
  )
}

function providers(state: SignInState, words: SignInWords, actions: SignInActions) {
  return (
    <div part="providers">
      <p part="or">{words.or}</p>
      {state.providers.map(({ id, label }) => (
        <button
          type="button"
          part="secondary"
          key={id}
          aria-disabled={state.isBusy}
          onClick={() => void actions.visit(id)}
        >
          {words.continueWith.replace('{provider}', label)}
        </button>
      ))}
    </div>
  )
}

function isLinkStep(step: SignInStep): boolean {
  return (LINK_STEPS as readonly SignInStep[]).includes(step)
}

function link(way: SignInStep, words: SignInWords, actions: SignInActions, text = words.links[way]) {
  return (
    <button type="button" part="link" onClick={() => actions.show(way)}>
      {text}
    </button>
  )
}
