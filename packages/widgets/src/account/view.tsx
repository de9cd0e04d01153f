import type { Session } from '@tillwright/core/contract'
import type { ComponentChildren } from 'preact'
import { type Language, spokenLanguage, wordsFor } from '../i18n.ts'
import { Field, PasswordField, StrengthMeter, valuesOf } from '../people/fields.tsx'
import { failureWords, type PeopleWords, peopleStrings } from '../people/words.ts'
import { formatAge } from '../ui/quantities.ts'
import { type AccountConnection, type AccountState, SECTIONS, type Task } from './connect.ts'
import { type AccountWords, strings } from './strings.ts'

interface Drawing {
  readonly state: AccountState
  readonly actions: AccountConnection
  readonly words: AccountWords
  readonly common: PeopleWords
}

const LANGUAGES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch', fr: 'Français', es: 'Español' }

export function accountView(state: AccountState, actions: AccountConnection) {
  const { language } = state.props
  const drawing = { state, actions, words: wordsFor(strings, language), common: wordsFor(peopleStrings, language) }
  const { phase } = state
  return (
    <section
      part="frame"
      lang={spokenLanguage(strings, language)}
      aria-busy={phase === 'loading' || state.busy !== null}
      aria-label={drawing.words.account}
    >
      {phase === 'loading' && <div part="skeleton" aria-hidden="true" />}
      {phase === 'failed' && failed(drawing)}
      {phase === 'signed-out' && <p part="lead">{drawing.words.signedOut}</p>}
      {phase === 'ready' && ready(drawing)}
    </section>
  )
}

function failed({ state, actions, words, common }: Drawing) {
  return (
    <div part="failed" role="alert">
      <h2>{words.failed}</h2>
      <p part="message">{failureWords(state.failure!, common, state.props.language)}</p>
      <button type="button" part="secondary retry" onClick={actions.retry}>
        {common.retry}
      </button>
    </div>
  )
}

function ready(drawing: Drawing) {
  const { state, actions, words, common } = drawing
  const user = state.user!
  const called = user.name ?? user.email
  return (
    <>
      <header>
        <span part="initial" aria-hidden="true">
          {called.slice(0, 1).toUpperCase()}
        </span>
        <div part="person">
          <h2>{called}</h2>
          <p part="lead">
            {user.name && <span part="address">{user.email}</span>}
            {!user.emailVerified && <span part="badge">{words.notVerified}</span>}
          </p>
        </div>
        <button type="button" part="secondary" aria-disabled={state.busy === 'sign-out'} onClick={actions.signOut}>
          {common.signOut}
        </button>
      </header>
      <nav aria-label={words.account}>
        {SECTIONS.map((section) => (
          <button
            type="button"
            key={section}
            part="tab"
            aria-current={section === state.section ? 'page' : undefined}
            onClick={() => actions.open(section)}
          >
            {words.sections[section]}
          </button>
        ))}
      </nav>
      <div part="content" key={state.section}>
        {PANELS[state.section](drawing)}
      </div>
      {dialog(drawing)}
    </>
  )
}

const PANELS = { profile, security, sessions, data } as const

interface PanelProps {
  readonly drawing: Drawing
  /** What its messages are about. */
  readonly tasks: readonly Task[]
  readonly heading: string
  readonly lead?: string
  readonly id?: string
  readonly children?: ComponentChildren
}

function Panel({ drawing, tasks, heading, lead, id, children }: PanelProps) {
  const { state, words, common } = drawing
  const { problem, done } = state
  const isOurs = problem && tasks.includes(problem.task)
  const said = done && tasks.includes(done) ? words.done[done] : undefined
  return (
    <article part="panel">
      <h3 id={id} tabindex={-1}>
        {heading}
      </h3>
      {lead && <p part="lead">{lead}</p>}
      {isOurs && (
        <p part="message" id="message" role="alert">
          {failureWords(problem.failure, common, state.props.language)}
        </p>
      )}
      <p part="done" role="status" hidden={!said}>
        {said}
      </p>
      {children}
    </article>
  )
}

function submit({ state, words }: Drawing, task: Task, text: string, look = 'submit') {
  const isBusy = state.busy === task
  return (
    <button type="submit" part={look} aria-disabled={isBusy}>
      <span>{isBusy ? words.busy : text}</span>
    </button>
  )
}

function profile(drawing: Drawing) {
  const { state, actions, words, common } = drawing
  const { name, email, preferences } = state.user!
  const { language } = state.props
  const [heading, lead, label, change] = words.email
  const save = (event: Event) => {
    const values = valuesOf(event)
    void actions.saveProfile({
      name: values.name?.trim() || null,
      language: values.language || null,
      timeZone: values.timeZone || null,
      currency: values.currency || null,
      notifications: {
        receipts: values.receipts !== undefined,
        offers: values.offers !== undefined,
        reports: values.reports !== undefined,
      },
    })
  }
  const currencies = new Intl.DisplayNames(language, { type: 'currency' })
  return (
    <>
      <Panel drawing={drawing} tasks={['profile']} heading={words.sections.profile} id="heading">
        <form part="form" noValidate onSubmit={save}>
          <Field name="name" label={words.name} autocomplete="name" value={name ?? ''} isOptional />
          <div part="columns">
            {choice('language', words.language, words.automatic, preferences.language, Object.entries(LANGUAGES))}
            {choice(
              'currency',
              words.currency,
              words.automatic,
              preferences.currency,
              Intl.supportedValuesOf('currency').map((code) => [code, `${code} · ${currencies.of(code)}`]),
            )}
          </div>
          {choice(
            'timeZone',
            words.timeZone,
            words.automatic,
            preferences.timeZone,
            Intl.supportedValuesOf('timeZone').map((zone) => [zone, zone.replaceAll('_', ' ')]),
          )}
          <fieldset>
            <legend>{words.notify}</legend>
            {(['receipts', 'offers', 'reports'] as const).map((kind) => (
              <label part="check" key={kind}>
                <input type="checkbox" name={kind} defaultChecked={preferences.notifications[kind]} />
                {words.notifications[kind]}
              </label>
            ))}
          </fieldset>
          {submit(drawing, 'profile', words.save)}
        </form>
      </Panel>
      <Panel drawing={drawing} tasks={['email']} heading={heading} lead={`${email}. ${lead}`}>
        <form part="form" noValidate onSubmit={(event) => actions.changeEmail(valuesOf(event).email!.trim())}>
          <Field
            name="email"
            label={label}
            type="email"
            autocomplete="email"
            inputMode="email"
            isWrong={state.wrong === 'email'}
          />
          {submit(drawing, 'email', change, 'secondary')}
        </form>
      </Panel>
    </>
  )

  function choice(
    name: string,
    text: string,
    automatic: string,
    chosen: string | null,
    options: readonly (readonly [value: string, text: string])[],
  ) {
    // What was chosen elsewhere stays choosable, whether this browser knows it or not.
    const known =
      chosen === null || options.some(([value]) => value === chosen) ? options : [[chosen, chosen] as const, ...options]
    return (
      <div part="field">
        <label for={name}>{text}</label>
        <select part="input" id={name} name={name} key={common.email}>
          <option value="">{automatic}</option>
          {known.map(([value, shown]) => (
            <option key={value} value={value} selected={value === chosen}>
              {shown}
            </option>
          ))}
        </select>
      </div>
    )
  }
}

function security(drawing: Drawing) {
  const { state, actions, words, common } = drawing
  const { hasPassword } = state.user!
  const [heading, lead, current, change] = words.password
  const password = { words: common, isShown: state.isPasswordShown, onShow: actions.togglePassword }
  const isChanged = state.done === 'password'
  return (
    <>
      <Panel drawing={drawing} tasks={['password']} heading={heading} lead={lead} id="heading">
        <form
          part="form"
          key={String(isChanged)}
          noValidate
          onSubmit={(event) => actions.changePassword(valuesOf(event) as { newPassword: string })}
        >
          <input type="text" name="username" autocomplete="username" value={state.user!.email} readOnly hidden />
          {hasPassword && (
            <PasswordField
              {...password}
              name="currentPassword"
              label={current}
              autocomplete="current-password"
              isWrong={state.wrong === 'currentPassword'}
            />
          )}
          <PasswordField
            {...password}
            name="newPassword"
            label={common.newPassword}
            autocomplete="new-password"
            isWrong={state.wrong === 'newPassword'}
            describedBy="strength"
            onInput={actions.typed}
          />
          <StrengthMeter strength={state.strength} words={common} />
          {submit(drawing, 'password', change)}
        </form>
      </Panel>
      {state.recoveryCodes ? recoveryCodes(drawing) : state.setup ? setUp(drawing) : twoFactor(drawing)}
    </>
  )
}

function twoFactor(drawing: Drawing) {
  const { state, actions, words } = drawing
  const [heading, off, on] = words.twoFactor
  const isOn = state.user!.twoFactor
  const button = (task: Task, text: string, act: () => void, look = 'secondary') => (
    <button type="button" part={look} aria-disabled={state.busy === task} onClick={act}>
      <span>{state.busy === task ? words.busy : text}</span>
    </button>
  )
  return (
    <Panel
      drawing={drawing}
      tasks={['set-up', 'codes', 'switch-off']}
      heading={heading}
      lead={isOn ? on : off}
      id="two-factor"
    >
      <div part="actions">
        {isOn
          ? button('codes', words.newCodes, actions.newCodes)
          : button('set-up', words.setUp, actions.setUp, 'submit')}
        {isOn && button('switch-off', words.switchOff, actions.switchOff, 'danger')}
      </div>
    </Panel>
  )
}

function setUp(drawing: Drawing) {
  const { state, actions, words, common } = drawing
  const { secret, qrCode } = state.setup!
  const [heading, lead, byHand, switchOn] = words.scan
  return (
    <Panel drawing={drawing} tasks={['confirm']} heading={heading} lead={lead} id="set-up">
      <div part="scan">
        {qrCode && (
          <svg part="qr" viewBox={`0 0 ${qrCode.size} ${qrCode.size}`} role="img" aria-label={heading}>
            <path d={qrCode.path} />
          </svg>
        )}
        <p>
          {byHand}
          <code>{secret.replace(/.{4}(?=.)/g, '$& ')}</code>
        </p>
      </div>
      <form part="form" noValidate onSubmit={(event) => actions.confirm(valuesOf(event).code!)}>
        <Field
          name="code"
          label={common.code}
          autocomplete="one-time-code"
          inputMode="numeric"
          isWrong={state.wrong === 'code'}
        />
        <div part="actions">
          {submit(drawing, 'confirm', switchOn)}
          <button type="button" part="secondary" onClick={actions.cancelSetUp}>
            {words.cancel}
          </button>
        </div>
      </form>
    </Panel>
  )
}

function recoveryCodes(drawing: Drawing) {
  const { state, actions, words } = drawing
  const [heading, lead] = words.codes
  const codes = state.recoveryCodes!
  return (
    <Panel drawing={drawing} tasks={['codes']} heading={heading} lead={lead} id="codes">
      <ol part="codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div part="actions">
        <button type="button" part="secondary" onClick={() => navigator.clipboard?.writeText(codes.join('\n'))}>
          {words.copy}
        </button>
        <button type="button" part="secondary" onClick={actions.saveCodes}>
          {words.download}
        </button>
      </div>
      <button type="button" part="submit" onClick={actions.keptCodes}>
        <span>{words.keptCodes}</span>
      </button>
    </Panel>
  )
}

function sessions(drawing: Drawing) {
  const { state, actions, words } = drawing
  const { language } = state.props
  const describe = ({ lastUsedAt, address }: Session) =>
    [`${words.lastUsed} ${formatAge(state.nowAt - Date.parse(lastUsedAt), language)}`, address]
      .filter(Boolean)
      .join(' · ')
  return (
    <Panel
      drawing={drawing}
      tasks={['sessions']}
      heading={words.sections.sessions}
      lead={words.sessionsLead}
      id="heading"
    >
      <ul part="sessions">
        {state.sessions.map((session) => (
          <li part="session" key={session.id}>
            <div>
              <b>{session.device}</b>
              {session.current && <span part="badge">{words.thisDevice}</span>}
              <p part="lead">{describe(session)}</p>
            </div>
            {!session.current && (
              <button
                type="button"
                part="secondary"
                aria-label={`${words.end}: ${session.device}`}
                onClick={() => actions.end(session.id)}
              >
                {words.end}
              </button>
            )}
          </li>
        ))}
      </ul>
      {state.sessions.length > 1 && (
        <button type="button" part="danger" aria-disabled={state.busy === 'sessions'} onClick={actions.endOthers}>
          {words.endOthers}
        </button>
      )}
    </Panel>
  )
}

function data(drawing: Drawing) {
  const { state, actions, words } = drawing
  const [heading, lead, download] = words.exportData
  const [removal, removalLead, remove] = words.remove
  return (
    <>
      <Panel drawing={drawing} tasks={['export']} heading={heading} lead={lead} id="heading">
        <button type="button" part="secondary" aria-disabled={state.busy === 'export'} onClick={actions.exportData}>
          {state.busy === 'export' ? words.busy : download}
        </button>
      </Panel>
      <Panel drawing={drawing} tasks={['remove']} heading={removal} lead={removalLead}>
        <button type="button" part="danger" aria-disabled={state.busy === 'remove'} onClick={actions.askToRemove}>
          {state.busy === 'remove' ? words.busy : remove}
        </button>
      </Panel>
    </>
  )
}

/** Asks for something before it goes on. The browser keeps focus inside and gives it back. */
function dialog(drawing: Drawing) {
  const { state, actions, words } = drawing
  const [heading, lead] = state.dialog === 'remove' ? words.removeSure : words.proof
  return (
    <dialog part="dialog" aria-labelledby="dialog-heading" onCancel={actions.closeDialog} onClose={actions.closeDialog}>
      {state.dialog && (
        <>
          <h3 id="dialog-heading">{heading}</h3>
          <p part="lead">{lead}</p>
          {state.dialog === 'remove' ? removal(drawing) : proof(drawing)}
        </>
      )}
    </dialog>
  )
}

function removal({ actions, words }: Drawing) {
  return (
    <div part="actions">
      <button type="button" part="secondary" onClick={actions.closeDialog}>
        {words.cancel}
      </button>
      <button type="button" part="danger" onClick={actions.remove}>
        {words.removeSure[2]}
      </button>
    </div>
  )
}

function proof(drawing: Drawing) {
  const { state, actions, words, common } = drawing
  const { hasPassword, email } = state.user!
  const isWrong = state.wrong === 'proof'
  return (
    <form part="form" noValidate onSubmit={(event) => actions.prove(valuesOf(event).proof!)}>
      {isWrong && (
        <p part="message" id="message" role="alert">
          {failureWords(state.problem!.failure, common, state.props.language)}
        </p>
      )}
      <input type="text" name="username" autocomplete="username" value={email} readOnly hidden />
      {hasPassword ? (
        <PasswordField
          name="proof"
          label={common.password}
          autocomplete="current-password"
          words={common}
          isShown={state.isPasswordShown}
          onShow={actions.togglePassword}
          isWrong={isWrong}
        />
      ) : (
        <Field name="proof" label={common.code} autocomplete="one-time-code" isWrong={isWrong} />
      )}
      <div part="actions">
        {submit(drawing, 'proof', words.proof[2])}
        <button type="button" part="secondary" onClick={actions.closeDialog}>
          {words.cancel}
        </button>
      </div>
    </form>
  )
}
