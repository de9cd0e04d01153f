import type { Mail } from '@tillwright/core/contract'
import { wordsFor } from '../../../i18n.ts'
import { formatNumber } from '../../../ui/quantities.ts'
import { fill } from '../../kit/fill.ts'
import { formatDate } from '../../kit/quantities.ts'
import { Alert, Button, Choices, Field, Heading, Panel, Scroll, State } from '../../kit/ui.tsx'
import type { Pen } from '../../page.ts'
import type { MailPreview, MailsConnection, MailsState } from './connect.ts'
import { type MailsWords, strings } from './strings.ts'

const STATES: readonly Mail['state'][] = ['waiting', 'sent', 'failed', 'expired']
const DOTS = { waiting: 'running', sent: 'ok', failed: 'failed', expired: 'off' }

interface MailsProps {
  readonly state: MailsState
  readonly actions: MailsConnection
  readonly pen: Pen
  readonly words: MailsWords
}

export function mailsView(state: MailsState, actions: MailsConnection, pen: Pen) {
  const words = wordsFor(strings, pen.language)
  const props = { state, actions, pen, words }
  const { mails } = state
  return (
    <>
      <Heading title={words.title} lead={words.lead} />
      <div part="range">
        <Choices
          label={words.which}
          options={[{ value: '', label: words.all }, ...STATES.map((value) => ({ value, label: words.states[value] }))]}
          chosen={[state.only ?? '']}
          onToggle={(value) => actions.filter(value === '' ? null : (value as Mail['state']))}
        />
      </div>
      <Alert failure={state.failure} language={pen.language} />
      {!mails && !state.failure && <p part="hint">{words.loading}</p>}
      {mails?.length === 0 && (
        <div part="empty">
          <p>{words.empty}</p>
        </div>
      )}
      <ul part="mails">
        {mails?.map((mail) => (
          <Row key={mail.id} mail={mail} {...props} />
        ))}
      </ul>
      {state.nextCursor !== null && (
        <p part="more">
          <Button label={words.more} isBusy={state.busy.includes('more')} onClick={() => void actions.more()} />
        </p>
      )}
      {state.preview && <Preview preview={state.preview} {...props} />}
    </>
  )
}

function Row({ mail, state, actions, pen, words }: MailsProps & { mail: Mail }) {
  const { language } = pen
  const { subject, to, template, createdAt, attempts, nextTryAt, error } = mail
  const about = [
    to,
    template,
    attempts > 1 && fill(words.tries, { n: formatNumber(attempts, language) }),
    nextTryAt && mail.state === 'waiting' && fill(words.next, { x: formatDate(nextTryAt, language, 'short') }),
  ]
  return (
    <li part="panel">
      <div part="line">
        <b>{subject}</b>
        <State is={DOTS[mail.state]} label={words.states[mail.state]} />
        <time part="note" dateTime={createdAt}>
          {formatDate(createdAt, language, 'short')}
        </time>
      </div>
      <p part="note">{about.filter(Boolean).join(' · ')}</p>
      {error && mail.state !== 'sent' && <p part="error">{error}</p>}
      <div part="actions">
        <Button
          label={words.show}
          about={fill(words.showNamed, { x: subject })}
          isBusy={state.busy.includes('preview')}
          onClick={() => void actions.show(template, mail.language)}
        />
        {mail.state === 'failed' && mail.jobId !== null && pen.can('jobs:write') && (
          <Button
            label={words.retry}
            about={fill(words.retryNamed, { x: subject })}
            isBusy={state.busy.includes(mail.id)}
            onClick={() => void actions.retry(mail)}
          />
        )}
      </div>
    </li>
  )
}

function Preview({ preview, actions, words }: MailsProps & { preview: MailPreview }) {
  const { template, language, templates, languages, subject, text } = preview
  const select = (id: string, label: string, value: string, options: readonly string[], run: (one: string) => void) => (
    <Field id={id} label={label}>
      <select id={id} value={value} onChange={(event) => run(event.currentTarget.value)}>
        {options.map((one) => (
          <option key={one} value={one} selected={one === value}>
            {one}
          </option>
        ))}
      </select>
    </Field>
  )
  return (
    <div part="preview">
      <Panel title={words.preview}>
        <div part="range">
          {select('template', words.template, template, templates, (one) => void actions.show(one, language))}
          {select('mail-language', words.language, language, languages, (one) => void actions.show(template, one))}
        </div>
        <h3>{subject}</h3>
        <Scroll label={words.preview}>
          <pre part="letter">{text}</pre>
        </Scroll>
      </Panel>
    </div>
  )
}
