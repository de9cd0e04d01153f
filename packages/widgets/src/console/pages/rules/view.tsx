import type { RecommendationRule } from '@tillwright/core/contract'
import { wordsFor } from '../../../i18n.ts'
import { fill } from '../../kit/fill.ts'
import { Alert, Button, Heading, Picture, State, Switch } from '../../kit/ui.tsx'
import type { Pen } from '../../page.ts'
import { NAMED_PRODUCTS, type RulesConnection, type RulesState } from './connect.ts'
import { EditorForm } from './form.tsx'
import { circumstancesOf, sentenceOf, standingOf } from './sentence.ts'
import { type RulesWords, strings } from './strings.ts'

export interface RulesProps {
  readonly state: RulesState
  readonly actions: RulesConnection
  readonly pen: Pen
  readonly words: RulesWords
}

export function rulesView(state: RulesState, actions: RulesConnection, pen: Pen) {
  const words = wordsFor(strings, pen.language)
  const props = { state, actions, pen, words }
  if (state.isMissing) return <Gone words={words} />
  if (state.editor) return <EditorForm {...props} editor={state.editor} />
  return state.opened === null ? <List {...props} /> : <Loading {...props} />
}

function Gone({ words }: { words: RulesWords }) {
  return (
    <>
      <Heading title={words.form.editTitle} lead={words.form.gone} />
      <a part="button" href="#rules">
        {words.form.back}
      </a>
    </>
  )
}

function Loading({ state, pen, words }: RulesProps) {
  return (
    <>
      <Heading title={state.opened === 'new' ? words.form.newTitle : words.form.editTitle} />
      <Alert failure={state.failure} language={pen.language} />
      {!state.failure && <p part="hint">{words.loading}</p>}
    </>
  )
}

function List(props: RulesProps) {
  const { state, actions, pen, words } = props
  const canWrite = pen.can('recommendations:write')
  const { rules, notice } = state
  return (
    <>
      <Heading title={words.title} lead={words.lead}>
        {canWrite && (
          <a part="button primary" href="#rules/new">
            <span>{words.add}</span>
          </a>
        )}
      </Heading>
      <Alert failure={state.failure} language={pen.language} />
      <div aria-live="polite">
        {notice && (
          <div part="notice">
            {fill(notice.kind === 'saved' ? words.saved : words.removed, { name: notice.rule.name })}
            {notice.kind === 'removed' && (
              <Button label={words.undo} isBusy={state.busy.includes('undo')} onClick={() => void actions.undo()} />
            )}
          </div>
        )}
      </div>
      {rules === null && !state.failure && <p part="hint">{words.loading}</p>}
      {rules?.length === 0 && (
        <div part="empty">
          <h2>{words.emptyTitle}</h2>
          <p>{words.empty}</p>
        </div>
      )}
      <ul part="rules">
        {rules?.map((rule) => (
          <Rule key={rule.id} rule={rule} canWrite={canWrite} {...props} />
        ))}
      </ul>
    </>
  )
}

function Rule({
  rule,
  canWrite,
  state,
  actions,
  pen,
  words,
}: RulesProps & { rule: RecommendationRule; canWrite: boolean }) {
  const telling = { words, language: pen.language, cards: state.cards, currency: state.currency }
  const standing = standingOf(rule, pen.nowAt)
  const isBusy = state.busy.includes(rule.id)
  const { name } = rule
  return (
    <li part="rule" data-standing={standing}>
      <div part="rule-head">
        <h2>{name}</h2>
        <State is={{ on: 'ok', off: 'off', later: 'later', over: 'off' }[standing]} label={words.states[standing]} />
      </div>
      <div part="rule-body">
        {(rule.match.ids ?? []).slice(0, NAMED_PRODUCTS).map((id) => (
          <Picture key={id} url={state.cards[id]?.pictureUrl} name={state.cards[id]?.name ?? id} />
        ))}
        <div>
          <p part="sentence">{sentenceOf(rule, telling)}.</p>
          <p part="note">{circumstancesOf(rule, telling).join(' · ')}</p>
        </div>
      </div>
      {canWrite && (
        <div part="actions">
          <Switch
            isOn={rule.enabled}
            label={fill(words.switchOn, { name })}
            isBusy={isBusy}
            onChange={() => void actions.toggle(rule)}
          />
          <a part="button" href={`#rules/${rule.id}`} aria-label={fill(words.editNamed, { name })}>
            {words.edit}
          </a>
          <Button
            kind="danger"
            label={words.remove}
            about={fill(words.removeNamed, { name })}
            isBusy={isBusy}
            onClick={() => void actions.remove(rule)}
          />
        </div>
      )}
    </li>
  )
}
