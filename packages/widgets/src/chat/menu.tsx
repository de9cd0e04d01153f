import type { ChatActions } from './actions.ts'
import type { ChatState, TalkEntry } from './connect.ts'
import { problemText } from './problem-text.ts'
import type { ChatWords } from './strings.ts'

/** Beginning anew, this talk by mail or as a file, earlier talks. */
export function menuView(state: ChatState, actions: ChatActions, words: ChatWords) {
  const { talk, talks, memory, problem, done } = state
  const save = async () => {
    const file = await actions.file()
    if (file) actions.download(file)
  }
  return (
    <div part="menu" id="menu" tabindex={-1}>
      <div part="actions">
        <button type="button" part="main" onClick={actions.startOver}>
          {words.startOver}
        </button>
        {talk.conversation && (
          <>
            <button type="button" part="quiet" onClick={actions.mail}>
              {words.byMail}
            </button>
            <button type="button" part="quiet" onClick={save}>
              {words.file}
            </button>
          </>
        )}
      </div>
      <p part="error" role="alert">
        {problem && problemText(problem, words)}
      </p>
      <p part="status" role="status">
        {done && words[done]}
      </p>
      {(memory === 'device' || memory === 'account') && (
        <>
          <h3>{words.earlier}</h3>
          {talks.length === 0 ? (
            <p part="detail">{words.none}</p>
          ) : (
            <ul>{talks.map((entry) => talkEntry(entry, state, actions, words))}</ul>
          )}
        </>
      )}
      <p part="detail">
        <small>{words.memory[memory]}</small>
      </p>
    </div>
  )
}

function talkEntry(
  { key, title, updatedAt }: TalkEntry,
  { asked, props }: ChatState,
  actions: ChatActions,
  words: ChatWords,
) {
  const to = asked?.key === key ? asked.to : null
  const shown =
    title || new Intl.DateTimeFormat(props.language, { dateStyle: 'medium', timeStyle: 'short' }).format(updatedAt)
  if (to === 'rename') {
    const rename = (event: SubmitEvent) => {
      event.preventDefault()
      void actions.rename(key, String(new FormData(event.currentTarget as HTMLFormElement).get('title')))
    }
    return (
      <li part="talk" key={key}>
        <form onSubmit={rename}>
          <input id="asked" name="title" aria-label={words.rename} defaultValue={title} maxLength={200} required />
          <div part="actions">
            <button type="submit" part="main">
              {words.save}
            </button>
            {cancel(key, actions, words)}
          </div>
        </form>
      </li>
    )
  }
  return (
    <li part="talk" key={key}>
      <button type="button" onClick={() => actions.open(key)}>
        {shown}
      </button>
      {to === 'remove' ? (
        <>
          <p>{words.sure}</p>
          <div part="actions">
            <button type="button" part="quiet danger" id="asked" onClick={() => actions.remove(key)}>
              {words.remove}
            </button>
            {cancel(key, actions, words)}
          </div>
        </>
      ) : (
        <div part="actions">
          <button
            type="button"
            part="text"
            aria-label={`${words.rename}: ${shown}`}
            onClick={() => actions.ask(key, 'rename')}
          >
            {words.rename}
          </button>
          <button
            type="button"
            part="text"
            aria-label={`${words.remove}: ${shown}`}
            onClick={() => actions.ask(key, 'remove')}
          >
            {words.remove}
          </button>
        </div>
      )}
    </li>
  )
}

function cancel(key: string, actions: ChatActions, words: ChatWords) {
  return (
    <button type="button" part="quiet" onClick={() => actions.ask(key, null)}>
      {words.cancel}
    </button>
  )
}
