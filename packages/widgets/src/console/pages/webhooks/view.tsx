import type { Webhook, WebhookDelivery } from '@tillwright/core/contract'
import { wordsFor } from '../../../i18n.ts'
import { formatNumber } from '../../../ui/quantities.ts'
import { fill } from '../../kit/fill.ts'
import { formatDate } from '../../kit/quantities.ts'
import { Alert, Button, describedBy, Field, Heading, Panel, Secret, State, Switch } from '../../kit/ui.tsx'
import type { Pen } from '../../page.ts'
import type { WebhooksConnection, WebhooksState } from './connect.ts'
import { strings, type WebhooksWords } from './strings.ts'

const DOTS = { queued: 'running', delivered: 'ok', failed: 'failed' }

interface WebhooksProps {
  readonly state: WebhooksState
  readonly actions: WebhooksConnection
  readonly pen: Pen
  readonly words: WebhooksWords
  readonly canWrite: boolean
}

export function webhooksView(state: WebhooksState, actions: WebhooksConnection, pen: Pen) {
  const words = wordsFor(strings, pen.language)
  const canWrite = pen.isPerson && pen.can('webhooks:write')
  const props = { state, actions, pen, words, canWrite }
  return state.opened === null ? <List {...props} /> : <Deliveries {...props} />
}

function List(props: WebhooksProps) {
  const { state, pen, words, canWrite } = props
  const { webhooks } = state
  return (
    <>
      <Heading title={words.title} lead={words.lead} />
      <Alert failure={state.failure} language={pen.language} />
      {state.secret !== null && <Secret label={words.secret} value={state.secret} />}
      {!webhooks && !state.failure && <p part="hint">{words.loading}</p>}
      {webhooks?.length === 0 && <p part="hint">{words.empty}</p>}
      <ul part="cards">
        {webhooks?.map((webhook) => (
          <Endpoint key={webhook.id} webhook={webhook} {...props} />
        ))}
      </ul>
      {canWrite ? <Form key={state.made} {...props} /> : <p part="hint">{!pen.isPerson && words.needsPerson}</p>}
    </>
  )
}

function Endpoint({ webhook, state, actions, pen, words, canWrite }: WebhooksProps & { webhook: Webhook }) {
  const { id, url, description, enabled, disabledWhy, failingSince } = webhook
  const isBusy = state.busy.includes(id)
  const named = (sentence: string) => fill(sentence, { x: url })
  const standing = enabled ? words.on : disabledWhy === 'failing' ? words.failing : words.off
  return (
    <li part="panel">
      <div part="line">
        <b>{url}</b>
        <State is={enabled ? (failingSince ? 'degraded' : 'ok') : 'off'} label={standing} />
      </div>
      <p part="note">
        {[
          description,
          enabled && failingSince && fill(words.failingSince, { x: formatDate(failingSince, pen.language, 'short') }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <div part="actions">
        {canWrite && (
          <Switch
            isOn={enabled}
            label={named(words.switchNamed)}
            isBusy={isBusy}
            onChange={() => void actions.toggle(webhook)}
          />
        )}
        <a part="button" href={`#webhooks/${id}`} aria-label={named(words.deliveriesNamed)}>
          {words.deliveries}
        </a>
        {canWrite && (
          <>
            <Button
              label={words.test}
              about={named(words.testNamed)}
              isBusy={isBusy}
              onClick={() => void actions.test(webhook)}
            />
            <Button
              label={words.rotate}
              about={named(words.rotateNamed)}
              isBusy={isBusy}
              onClick={() => void actions.rotate(webhook)}
            />
            <Button
              kind="danger"
              label={words.remove}
              about={named(words.removeNamed)}
              isBusy={isBusy}
              onClick={() => void actions.remove(webhook)}
            />
          </>
        )}
      </div>
    </li>
  )
}

function Form({ state, actions, words }: WebhooksProps) {
  const isBusy = state.busy.includes('add')
  return (
    <Panel title={words.add}>
      <form
        part="form"
        onSubmit={(event) => {
          event.preventDefault()
          const data = new FormData(event.currentTarget as HTMLFormElement)
          const text = (name: string) => String(data.get(name) ?? '').trim()
          if (!isBusy) void actions.add({ url: text('url'), description: text('description') })
        }}
      >
        <Field id="url" label={words.url} hint={words.urlHint}>
          <input {...describedBy('url', { hint: true })} name="url" type="url" required maxLength={2048} />
        </Field>
        <Field id="description" label={words.description}>
          <input id="description" name="description" maxLength={200} autocomplete="off" />
        </Field>
        <div part="actions">
          <button type="submit" part="button primary" aria-disabled={isBusy}>
            <span>{words.save}</span>
          </button>
        </div>
      </form>
    </Panel>
  )
}

function Deliveries(props: WebhooksProps) {
  const { state, pen, words } = props
  const { deliveries, webhooks, opened } = state
  return (
    <>
      <Heading title={words.deliveries} lead={webhooks?.find(({ id }) => id === opened)?.url}>
        <a part="button" href="#webhooks">
          {words.back}
        </a>
      </Heading>
      <Alert failure={state.failure} language={pen.language} />
      {!deliveries && !state.failure && <p part="hint">{words.loading}</p>}
      {deliveries?.length === 0 && <p part="hint">{words.noDeliveries}</p>}
      <ul part="cards">
        {deliveries?.map((delivery) => (
          <Delivery key={delivery.id} delivery={delivery} {...props} />
        ))}
      </ul>
    </>
  )
}

function Delivery({
  delivery,
  state,
  actions,
  pen: { language },
  words,
  canWrite,
}: WebhooksProps & { delivery: WebhookDelivery }) {
  const { id, kind, attempts, responseStatus, error, body, createdAt } = delivery
  return (
    <li part="panel">
      <div part="line">
        <code>{kind}</code>
        <State is={DOTS[delivery.state]} label={words.states[delivery.state]} />
        <time part="note" dateTime={createdAt}>
          {formatDate(createdAt, language, 'short')}
        </time>
      </div>
      <p part="note">
        {[
          fill(words.tries, { n: formatNumber(attempts, language) }),
          responseStatus !== null && fill(words.answered, { x: responseStatus }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {error && <p part="error">{error}</p>}
      <details>
        <summary>{words.body}</summary>
        <pre part="sent">{body}</pre>
      </details>
      {canWrite && delivery.state !== 'queued' && (
        <div part="actions">
          <Button
            label={words.replay}
            about={fill(words.replayNamed, { x: kind })}
            isBusy={state.busy.includes(id)}
            onClick={() => void actions.replay(delivery)}
          />
        </div>
      )}
    </li>
  )
}
