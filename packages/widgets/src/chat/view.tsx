import { Component, type ComponentChildren, createRef } from 'preact'
import { spokenLanguage, wordsFor } from '../i18n.ts'
import type { ChatActions } from './actions.ts'
import { type ChatState, offering } from './connect.ts'
import { menuView } from './menu.tsx'
import { partView } from './parts.tsx'
import { problemText } from './problem-text.ts'
import { type ChatWords, strings } from './strings.ts'
import { MAX_TEXT, type Shown } from './talk.ts'

export const ICONS = {
  close: 'M6 6l12 12M18 6 6 18',
  menu: 'M4 7h16M4 12h16M4 17h10',
  back: 'm14 6-6 6 6 6',
  send: 'M5 12h13m-6-6 6 6-6 6',
} as const

export function icon(name: keyof typeof ICONS) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={ICONS[name]} />
    </svg>
  )
}

export function chatView(state: ChatState, actions: ChatActions) {
  const { props, screen, phase, name } = state
  const words = wordsFor(strings, props.language)
  const isMenu = screen === 'menu'
  return (
    <section
      part="frame"
      role="dialog"
      lang={spokenLanguage(strings, props.language)}
      aria-labelledby="heading"
      aria-busy={phase === 'starting'}
      tabindex={-1}
    >
      <header>
        <button
          type="button"
          part={isMenu ? 'icon back' : 'icon'}
          aria-label={isMenu ? words.back : words.menu}
          aria-expanded={isMenu}
          onClick={() => actions.menu(!isMenu)}
        >
          {icon(isMenu ? 'back' : 'menu')}
        </button>
        <div>
          <h2 part="heading" id="heading">
            {isMenu ? words.menu : (props.heading ?? name ?? words.assistant)}
          </h2>
        </div>
        {actions.close && (
          <button type="button" part="icon" aria-label={words.close} onClick={actions.close}>
            {icon('close')}
          </button>
        )}
      </header>
      {banner(state, actions, words)}
      {isMenu ? menuView(state, actions, words) : talkView(state, actions, words)}
    </section>
  )
}

/** What holds for the whole talk: no network, a person who is on the way or there. */
function banner({ isOnline, isServerAway, talk, phase }: ChatState, actions: ChatActions, words: ChatWords) {
  const { conversation } = talk
  const [kind, text] = !isOnline
    ? ['offline', words.offline]
    : isServerAway
      ? ['away', words.away]
      : conversation?.state === 'waiting'
        ? ['waiting', words.waiting]
        : conversation?.state === 'agent'
          ? ['joined', words.joined.replace('{name}', conversation.agentName ?? words.person)]
          : ['', '']
  return (
    <div role="status" {...(text && { part: 'notice', 'data-kind': kind })}>
      {phase !== 'closed' && text && <p>{text}</p>}
      {(kind === 'waiting' || kind === 'joined') && (
        <button type="button" part="text" onClick={() => actions.choose('handoff-end', words.takeBack)}>
          {words.takeBack}
        </button>
      )}
    </div>
  )
}

function talkView(state: ChatState, actions: ChatActions, words: ChatWords) {
  const { problem } = state
  const error = problem && problemText(problem, words)
  return (
    <>
      <Log label={words.log} newest={words.newMessages} count={state.talk.messages.length + (state.typing ? 0.5 : 0)}>
        {messages(state, actions, words)}
      </Log>
      <form part="composer" onSubmit={(event) => submit(event, actions)}>
        <textarea
          id="draft"
          name="text"
          rows={1}
          aria-label={words.message}
          placeholder={words.message}
          aria-invalid={problem?.kind === 'too-long'}
          aria-describedby="problem"
          enterkeyhint="send"
          onInput={(event) => actions.typed(event.currentTarget.value)}
          onKeyDown={(event) => {
            // Enter that chooses among characters (Chinese, Japanese …) sends nothing.
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
            event.preventDefault()
            event.currentTarget.form!.requestSubmit()
          }}
        />
        <button type="submit" part="icon send" aria-label={words.send} aria-disabled={problem?.kind === 'too-long'}>
          {icon('send')}
        </button>
      </form>
      <div part={error ? 'under' : 'hidden'}>
        <p part="error" id="problem" role="alert">
          {error}
        </p>
      </div>
    </>
  )
}

function submit(event: SubmitEvent, actions: ChatActions): void {
  event.preventDefault()
  const field = (event.currentTarget as HTMLFormElement).elements.namedItem('text') as HTMLTextAreaElement
  const text = field.value
  actions.typed(text)
  actions.say(text)
  // What is too long stays, to be shortened.
  if (text.trim().length <= MAX_TEXT) field.value = ''
  field.focus()
}

function messages(state: ChatState, actions: ChatActions, words: ChatWords) {
  const { talk, props, typing } = state
  const open = offering(talk.messages)
  const isTold = talk.waiting.length === 0
  const all = talk.messages.map((message) => (
    // A text that grows would be read again with each word: what is whole is another element, which is read once.
    <li
      key={`${message.key}:${message.state === 'streaming'}`}
      part={PARTS[message.role]}
      data-state={message.state}
      data-source={message.source}
      {...(message.state === 'streaming' && { 'aria-hidden': 'true' })}
    >
      {author(message, words)}
      {message.parts.map((part) =>
        partView(part, { props, words, actions, message, isOpen: message === open && isTold }),
      )}
      {stateLine(message, actions, words)}
    </li>
  ))
  if (typing) {
    all.push(
      <li key="typing" part="message typing">
        <div part="bubble">
          <span part="hidden">
            {typing === 'agent' ? (talk.conversation?.agentName ?? words.person) : words.assistant} {words.typing}
          </span>
          <div part="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </div>
        </div>
      </li>,
    )
  }
  return all
}

const PARTS: Readonly<Record<Shown['role'], string>> = {
  user: 'message mine',
  assistant: 'message',
  agent: 'message agent',
  system: 'message note',
}

function author({ role, agentName }: Shown, words: ChatWords) {
  if (role === 'agent') return <span part="author">{agentName ?? words.person}</span>
  if (role === 'system') return null
  return <span part="hidden">{role === 'user' ? words.you : words.assistant}:</span>
}

function stateLine(message: Shown, actions: ChatActions, words: ChatWords) {
  const { key, role, state, source } = message
  if (role !== 'user') return source === 'device' && <span part="state">{words.device}</span>
  if (state === 'done') return null
  return (
    <span part="state">
      {words[state === 'streaming' ? 'sending' : state]}{' '}
      {state === 'failed' && (
        <button type="button" part="text" onClick={() => actions.again(key)}>
          {words.again}
        </button>
      )}
    </span>
  )
}

interface LogProps {
  readonly label: string
  readonly newest: string
  /** Changes when a message comes. */
  readonly count: number
  readonly children: ComponentChildren
}

/** The messages, which follow the newest as long as nobody reads further up. */
class Log extends Component<LogProps, { readonly isBehind: boolean }> {
  override state = { isBehind: false }
  private readonly box = createRef<HTMLDivElement>()
  private isAtEnd = true
  private readonly resizes = new ResizeObserver(() => this.follow())

  override componentDidMount() {
    this.resizes.observe(this.box.current!)
    this.follow()
  }

  override componentDidUpdate(before: LogProps) {
    if (before.count !== this.props.count && !this.isAtEnd) this.setState({ isBehind: true })
    this.follow()
  }

  override componentWillUnmount() {
    this.resizes.disconnect()
  }

  private follow() {
    const box = this.box.current!
    if (this.isAtEnd) box.scrollTop = box.scrollHeight
  }

  private readonly scrolled = () => {
    const { scrollTop, scrollHeight, clientHeight } = this.box.current!
    this.isAtEnd = scrollTop + clientHeight >= scrollHeight - 40
    if (this.isAtEnd && this.state.isBehind) this.setState({ isBehind: false })
  }

  override render({ label, newest, children }: LogProps) {
    return (
      <>
        <div part="log" role="log" aria-label={label} tabindex={0} ref={this.box} onScroll={this.scrolled}>
          <ol role="presentation">{children}</ol>
        </div>
        {this.state.isBehind && (
          <button
            type="button"
            part="down"
            onClick={() => {
              this.isAtEnd = true
              this.follow()
              this.setState({ isBehind: false })
            }}
          >
            {newest}
          </button>
        )}
      </>
    )
  }
}
