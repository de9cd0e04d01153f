import { spokenLanguage, wordsFor } from '../i18n.ts'
import { type ConsoleConnection, type ConsoleState, can } from './connect.ts'
// The shell imports the kit, so that the page preloads it with its digest before a page of the console needs it.
import { Button } from './kit/ui.tsx'
import { PAGE_NAMES, PAGES, type Pen } from './page.ts'
import { type ConsoleWords, strings } from './strings.ts'

export function consoleView(state: ConsoleState, actions: Pick<ConsoleConnection, 'retry'>) {
  const { language } = state.props
  const words = wordsFor(strings, language)
  return (
    <section part="frame" lang={spokenLanguage(strings, language)}>
      <Menu state={state} words={words} />
      <div part="page" data-page={state.place.name}>
        <Page state={state} words={words} onRetry={actions.retry} />
      </div>
    </section>
  )
}

function Menu({ state, words }: { state: ConsoleState; words: ConsoleWords }) {
  const { shop } = state.props
  return (
    <header part="side">
      <p part="brand">
        <span>Tillwright</span> <b>{shop ?? words.title}</b>
      </p>
      <nav aria-label={words.menu} part="menu">
        {PAGE_NAMES.filter((name) => can(state, PAGES[name])).map((name) => (
          <a key={name} href={`#${name}`} aria-current={name === state.place.name ? 'page' : undefined}>
            {words.pages[name]}
          </a>
        ))}
      </nav>
      {state.person && <p part="person">{state.person}</p>}
    </header>
  )
}

function Page({ state, words, onRetry }: { state: ConsoleState; words: ConsoleWords; onRetry: () => void }) {
  const { open, permissions, place } = state
  if (open) {
    const { language, scriptTag } = state.props
    const pen: Pen = {
      language,
      nowAt: state.nowAt,
      can: (permission) => can(state, permission),
      isPerson: state.person !== null,
      scriptTag,
    }
    return open.page.view(open.state, open.connection, pen)
  }
  if (permissions !== null && !can(state, PAGES[place.name])) return <p part="hint">{words.forbidden}</p>
  if (!state.isBroken) return <p part="hint">{words.loading}</p>
  return (
    <div part="trouble" role="alert">
      <p>{words.broken}</p>
      <Button label={words.retry} onClick={onRetry} />
    </div>
  )
}
