import { wordsFor } from '../../../i18n.ts'
import { formatDuration } from '../../../ui/quantities.ts'
import { fill } from '../../kit/fill.ts'
import { formatDate } from '../../kit/quantities.ts'
import { Alert, Button, describedBy, Field, Heading, Panel } from '../../kit/ui.tsx'
import type { Pen } from '../../page.ts'
import { type BlocksConnection, type BlocksState, LENGTHS } from './connect.ts'
import { type BlocksWords, strings } from './strings.ts'

interface BlocksProps {
  readonly state: BlocksState
  readonly actions: BlocksConnection
  readonly pen: Pen
  readonly words: BlocksWords
}

export function blocksView(state: BlocksState, actions: BlocksConnection, pen: Pen) {
  const words = wordsFor(strings, pen.language)
  const props = { state, actions, pen, words }
  const canWrite = pen.isPerson && pen.can('security:write')
  return (
    <>
      <Heading title={words.title} lead={words.lead} />
      <Alert failure={state.failure} language={pen.language} />
      {!state.blocks && !state.failure && <p part="hint">{words.loading}</p>}
      {state.blocks?.length === 0 && <p part="hint">{words.empty}</p>}
      <ul part="blocks">
        {state.blocks?.map((block) => (
          <li key={block.id} part="panel">
            <div>
              <p part="line">
                <code>{block.subject}</code> {block.rule === 'all' ? words.everything : words.signIn}
              </p>
              <p part="note">
                {[fill(words.until, { x: formatDate(block.until, pen.language, 'short') }), block.reason]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </div>
            {canWrite && (
              <Button
                label={words.lift}
                about={fill(words.liftNamed, { x: block.subject })}
                isBusy={state.busy.includes(block.id)}
                onClick={() => void actions.lift(block)}
              />
            )}
          </li>
        ))}
      </ul>
      {canWrite ? <Form key={state.made} {...props} /> : <p part="hint">{!pen.isPerson && words.needsPerson}</p>}
    </>
  )
}

function Form({ state, actions, pen, words }: BlocksProps) {
  const isBusy = state.busy.includes('block')
  return (
    <Panel title={words.add}>
      <form
        part="block"
        onSubmit={(event) => {
          event.preventDefault()
          const data = new FormData(event.currentTarget as HTMLFormElement)
          const text = (name: string) => String(data.get(name) ?? '').trim()
          if (!isBusy) {
            void actions.block({ address: text('address'), forSeconds: Number(text('length')), reason: text('reason') })
          }
        }}
      >
        <Field id="address" label={words.address} hint={words.addressHint}>
          <input
            {...describedBy('address', { hint: true })}
            name="address"
            required
            maxLength={64}
            autocomplete="off"
          />
        </Field>
        <Field id="length" label={words.length}>
          <select id="length" name="length">
            {LENGTHS.map((seconds) => (
              <option key={seconds} value={seconds}>
                {formatDuration(seconds, pen.language)}
              </option>
            ))}
          </select>
        </Field>
        <Field id="reason" label={words.reason}>
          <input id="reason" name="reason" maxLength={500} autocomplete="off" />
        </Field>
        <div part="actions">
          <button type="submit" part="button primary" aria-disabled={isBusy}>
            <span>{words.block}</span>
          </button>
        </div>
      </form>
    </Panel>
  )
}
