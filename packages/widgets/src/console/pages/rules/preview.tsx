import type { RecommendationKind, RecommendedProduct, RulePreview } from '@tillwright/core/contract'
import type { ComponentChildren } from 'preact'
import { formatMoney } from '../../../i18n.ts'
import { failureText } from '../../kit/failure.ts'
import { fill } from '../../kit/fill.ts'
import { formatDate } from '../../kit/quantities.ts'
import { Field, Picture } from '../../kit/ui.tsx'
import { KINDS_OF_PRODUCT } from './connect.ts'
import { RECOMMENDATION_KIND_NAMES } from './kinds.ts'
import { type Standing, standingsOf } from './moves.ts'
import { type EditorProps, ProductPicker } from './picker.tsx'

const DRAFT = 'draft'

/** The list as it would be, beside the list as it is: what moves, where, and because of what. */
export function Preview(props: EditorProps) {
  const { editor, words, pen, actions } = props
  const { preview: text } = words
  const { preview, trial } = editor
  const hasContext = Object.values(editor.draft.context).some((part) => part.length > 0)
  return (
    <article part="panel preview" aria-labelledby="preview">
      <h2 id="preview">{text.title}</h2>
      <p part="note">{text.lead}</p>
      <Field id="trial-kind" label={text.kind}>
        <select
          id="trial-kind"
          value={trial.kind}
          onChange={(event) => actions.try({ kind: event.currentTarget.value as RecommendationKind })}
        >
          {RECOMMENDATION_KIND_NAMES.map((kind) => (
            <option key={kind} value={kind} selected={kind === trial.kind}>
              {words.kinds[kind]}
            </option>
          ))}
        </select>
      </Field>
      {(hasContext || KINDS_OF_PRODUCT.includes(trial.kind)) && (
        <ProductPicker
          {...props}
          finder="trial"
          label={text.product}
          hint={text.productHint}
          chosen={trial.productId === null ? [] : [trial.productId]}
          onChange={(ids) => actions.try({ productId: ids.at(-1) ?? null })}
        />
      )}
      <p part="note status" role="status">
        {editor.isIncomplete
          ? text.incomplete
          : editor.previewFailure
            ? failureText(editor.previewFailure, pen.language)
            : editor.isPreviewing
              ? text.updating
              : preview && summaryOf(preview, props)}
      </p>
      {preview && (
        <div part="compared" data-stale={editor.isPreviewing || editor.isIncomplete}>
          <With {...props} preview={preview} />
          <Without {...props} preview={preview} />
          <Effects {...props} preview={preview} />
        </div>
      )}
    </article>
  )
}

/** What the draft does in this list. */
function summaryOf({ answer, effects }: RulePreview, { words: { preview }, editor, pen }: EditorProps): string {
  const own = effects.find(({ ruleId }) => ruleId === DRAFT)
  const when = editor.previewAt === null ? '' : fill(preview.asOf, { x: formatDate(editor.previewAt, pen.language) })
  const what = !own ? preview.notHeld : own.changes.length === 0 ? preview.unchanged : ''
  return [when, what, answer.notice?.message].filter(Boolean).join(' ')
}

interface PreviewProps extends EditorProps {
  readonly preview: RulePreview
}

function With(props: PreviewProps) {
  const { preview, words, pen, state } = props
  const places = new Map(standingsOf(preview).map((standing) => [standing.id, standing]))
  return (
    <div part="list">
      <h3>{words.preview.withRules}</h3>
      {preview.answer.items.length === 0 && <p part="hint">{words.preview.none}</p>}
      <ol>
        {preview.answer.items.map((item) => (
          <Row key={item.id} id={item.id} name={item.name} url={state.cards[item.id]?.pictureUrl}>
            <Move standing={places.get(item.id)!} item={item} words={words} />
            <span part="note">
              {item.price && `${formatMoney(item.price, pen.language)} · `}
              {item.reasonText}
            </span>
          </Row>
        ))}
      </ol>
    </div>
  )
}

function Without({ preview, words, state }: PreviewProps) {
  const here = new Set(preview.answer.items.map(({ id }) => id))
  return (
    <div part="list">
      <h3>{words.preview.without}</h3>
      {preview.without.length === 0 && <p part="hint">{words.preview.none}</p>}
      <ol>
        {preview.without.map((id) => (
          <Row key={id} id={id} name={state.cards[id]?.name ?? id} url={state.cards[id]?.pictureUrl}>
            {!here.has(id) && (
              <span part="move" data-move="gone">
                {words.preview.left}
              </span>
            )}
          </Row>
        ))}
      </ol>
    </div>
  )
}

function Row({
  name,
  url,
  children,
}: {
  id: string
  name: string
  url: string | null | undefined
  children: ComponentChildren
}) {
  return (
    <li>
      <Picture url={url} name={name} />
      <div>
        <span part="name">{name}</span>
        {children}
      </div>
    </li>
  )
}

/** Where an item comes from, in a word. */
function Move({
  standing: { before, after },
  item,
  words: { preview },
}: {
  standing: Standing
  item: RecommendedProduct
  words: PreviewProps['words']
}) {
  const by = before === null || after === null ? 0 : before - after
  const kind = before === null ? 'new' : by > 0 ? 'up' : by < 0 ? 'down' : 'same'
  const text = {
    new: preview.fresh,
    up: fill(preview.up, { n: by }),
    down: fill(preview.down, { n: -by }),
    same: preview.same,
  }[kind]
  const isPinned = item.reason.kind === 'pinned'
  return (
    <span part="move" data-move={kind}>
      {isPinned ? `${preview.pinned} · ${text}` : text}
    </span>
  )
}

/** Each rule that moves something here, and what. */
function Effects({ preview, words: { preview: text }, state, pen }: PreviewProps) {
  const effects = preview.effects.filter(({ changes }) => changes.length > 0)
  if (effects.length === 0) return null
  return (
    <div part="effects">
      <h3>{text.effects}</h3>
      {effects.map(({ ruleId, name, changes }) => (
        <div key={ruleId}>
          <h4>{ruleId === DRAFT ? text.thisRule : name}</h4>
          <ul>
            {changes.map(({ id, before, after }) => (
              <li key={id}>
                {state.cards[id]?.name ?? id}{' '}
                <span part="note">
                  {fill(before === null ? text.cameIn : after === null ? text.wentOut : text.moved, {
                    before: new Intl.NumberFormat(pen.language).format((before ?? 0) + 1),
                    after: new Intl.NumberFormat(pen.language).format((after ?? 0) + 1),
                  })}
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  )
}
