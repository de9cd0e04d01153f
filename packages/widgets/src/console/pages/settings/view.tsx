import type { RecommendationSettings } from '@tillwright/core/contract'
import { wordsFor } from '../../../i18n.ts'
import { fill } from '../../kit/fill.ts'
import { formatChange, formatShare } from '../../kit/quantities.ts'
import { Alert, describedBy, Field, Heading, Panel } from '../../kit/ui.tsx'
import type { Pen } from '../../page.ts'
import { isChanged, type SettingsConnection, type SettingsState } from './connect.ts'
import { type SettingsWords, strings } from './strings.ts'

const SHOWS: readonly RecommendationSettings['holdoutShows'][] = ['popular', 'nothing']
/** The margin that the sentence about margins takes for an example. */
const EXAMPLE_MARGIN = 0.4

export function settingsView(state: SettingsState, actions: SettingsConnection, pen: Pen) {
  const words = wordsFor(strings, pen.language)
  return (
    <>
      <Heading title={words.title} lead={words.lead} />
      <Alert failure={state.failure} language={pen.language} />
      {!state.draft && !state.failure && <p part="hint">{words.loading}</p>}
      {state.draft && <Form state={state} draft={state.draft} actions={actions} pen={pen} words={words} />}
    </>
  )
}

interface FormProps {
  readonly state: SettingsState
  readonly draft: RecommendationSettings
  readonly actions: SettingsConnection
  readonly pen: Pen
  readonly words: SettingsWords
}

function Form({ state, draft, actions, pen, words }: FormProps) {
  const { language } = pen
  const isBusy = state.busy.includes('save')
  const canWrite = pen.can('recommendations:write')
  const share = (value: number) => formatShare(value, language, 0)
  const range = { language, isFixed: !canWrite }
  return (
    <form
      part="settings"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy) void actions.save()
      }}
    >
      <Panel title={words.lists}>
        <div part="fields">
          <Range
            {...range}
            id="diversity"
            label={words.diversity}
            hint={words.diversityHint}
            value={draft.diversity}
            max={1}
            step={0.05}
            text={share(draft.diversity)}
            onInput={(diversity) => actions.change({ diversity })}
          />
          <Range
            {...range}
            id="marginWeight"
            label={words.marginWeight}
            hint={words.marginHint}
            value={draft.marginWeight}
            max={5}
            step={0.25}
            text={
              draft.marginWeight === 0
                ? words.marginOff
                : fill(words.marginNow, { x: formatChange(draft.marginWeight * EXAMPLE_MARGIN, language) })
            }
            onInput={(marginWeight) => actions.change({ marginWeight })}
          />
        </div>
      </Panel>
      <Panel title={words.proof}>
        <div part="fields">
          <Range
            {...range}
            id="holdoutShare"
            label={words.holdoutShare}
            hint={words.holdoutHint}
            value={draft.holdoutShare}
            max={0.5}
            step={0.01}
            text={
              draft.holdoutShare === 0 ? words.holdoutOff : fill(words.holdoutNow, { x: share(draft.holdoutShare) })
            }
            onInput={(holdoutShare) => actions.change({ holdoutShare })}
          />
          <Field id="holdoutShows" label={words.holdoutShows} hint={words.showsHint}>
            <select
              {...describedBy('holdoutShows', { hint: true })}
              disabled={!canWrite}
              value={draft.holdoutShows}
              onChange={(event) =>
                actions.change({ holdoutShows: event.currentTarget.value as RecommendationSettings['holdoutShows'] })
              }
            >
              {SHOWS.map((one) => (
                <option key={one} value={one} selected={one === draft.holdoutShows}>
                  {words.shows[one]}
                </option>
              ))}
            </select>
          </Field>
        </div>
      </Panel>
      {canWrite && (
        <div part="actions">
          <button type="submit" part="button primary" aria-disabled={isBusy || !isChanged(state)}>
            <span>{isBusy ? words.saving : words.save}</span>
          </button>
          <p role="status">{state.isSaved && words.saved}</p>
        </div>
      )}
    </form>
  )
}

interface RangeProps {
  readonly id: string
  readonly label: string
  readonly hint: string
  readonly value: number
  readonly max: number
  readonly step: number
  /** The value in words. */
  readonly text: string
  readonly isFixed: boolean
  readonly onInput: (value: number) => void
}

function Range({ id, label, hint, value, max, step, text, isFixed, onInput }: RangeProps) {
  return (
    <Field id={id} label={label} hint={hint}>
      <input
        {...describedBy(id, { hint })}
        type="range"
        min="0"
        max={max}
        step={step}
        value={value}
        disabled={isFixed}
        aria-valuetext={text}
        onInput={(event) => onInput(event.currentTarget.valueAsNumber)}
      />
      <p part="value">{text}</p>
    </Field>
  )
}
