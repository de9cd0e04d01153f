import { spokenLanguage, wordsFor } from '../i18n.ts'
import { failureWords, peopleStrings } from '../people/words.ts'
import { type AccountConnection, type AccountState, SECTIONS } from './connect.ts'
import { data } from './data-panel.tsx'
import { dialog } from './dialog.tsx'
import type { Drawing } from './panel.tsx'
import { profile } from './profile-panel.tsx'
import { security } from './security-panel.tsx'
import { sessions } from './sessions-panel.tsx'
import { strings } from './strings.ts'

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
