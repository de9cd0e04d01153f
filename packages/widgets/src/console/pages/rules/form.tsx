import type { ComponentChildren } from 'preact'
import { fill } from '../../kit/fill.ts'
import { Alert, Choices, describedBy, Field, Heading } from '../../kit/ui.tsx'
import { type DraftField, HAS_FACTOR, isPair, type MatchDraft, type RuleAction, type RuleDraft } from './draft.ts'
import { RECOMMENDATION_KIND_NAMES } from './kinds.ts'
import { type EditorProps, ProductPicker } from './picker.tsx'
import { Preview } from './preview.tsx'

const ACTIONS: readonly RuleAction[] = ['pin', 'boost', 'bury', 'exclude', 'only']
const PLACEMENT = /^[a-z0-9][a-z0-9-]{0,39}$/

export function EditorForm(props: EditorProps) {
  const { editor, words, state, pen, actions } = props
  const { form } = words
  return (
    <>
      <Heading title={editor.ruleId === null ? form.newTitle : form.editTitle} />
      <Alert failure={state.failure} language={pen.language} />
      <div part="editor">
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void save(event.currentTarget as HTMLFormElement, actions.save)
          }}
        >
          <Basics {...props} />
          <Products {...props} />
          <Where {...props} />
          <When {...props} />
          <div part="actions submit">
            <button type="submit" part="button primary" aria-disabled={state.busy.includes('save')}>
              <span>{state.busy.includes('save') ? form.saving : form.save}</span>
            </button>
            <a part="button" href="#rules">
              {form.cancel}
            </a>
          </div>
        </form>
        <Preview {...props} />
      </div>
    </>
  )
}

/** Saves, or takes whoever writes to the first field that is wrong. */
async function save(form: HTMLFormElement, run: () => Promise<void>): Promise<void> {
  await run()
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
}

function Section({ title, hint, children }: { title: string; hint?: string; children: ComponentChildren }) {
  return (
    <fieldset part="panel">
      <legend>{title}</legend>
      {hint && <p part="note">{hint}</p>}
      {children}
    </fieldset>
  )
}

function errorIn({ editor, words }: EditorProps, field: DraftField): string | undefined {
  const error = editor.errors[field]
  return error && words.errors[error]
}

interface TextProps {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly hint?: string
  readonly error?: string | undefined
  readonly type?: 'text' | 'datetime-local'
  readonly inputMode?: 'decimal' | 'numeric'
  readonly maxLength?: number
  readonly onInput: (value: string) => void
}

function TextField({ id, label, value, hint, error, type = 'text', inputMode, maxLength, onInput }: TextProps) {
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <input
        {...describedBy(id, { hint, error })}
        type={type as 'text'}
        value={value}
        inputMode={inputMode}
        maxLength={maxLength}
        autocomplete="off"
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </Field>
  )
}

function Basics(props: EditorProps) {
  const { editor, words, actions, pen } = props
  const { form } = words
  const { draft } = editor
  const change = (part: Partial<RuleDraft>) => actions.change(part)
  return (
    <Section title={form.action}>
      <TextField
        id="name"
        label={form.name}
        hint={form.nameHint}
        value={draft.name}
        maxLength={200}
        error={errorIn(props, 'name')}
        onInput={(name) => change({ name })}
      />
      <div part="radios" role="radiogroup" aria-label={form.action}>
        {ACTIONS.map((action) => (
          <label key={action}>
            <input
              type="radio"
              name="action"
              value={action}
              checked={draft.action === action}
              onChange={() => change({ action })}
            />
            <span>
              <b>{words.actions[action].label}</b>
              <span part="note">{words.actions[action].hint}</span>
            </span>
          </label>
        ))}
      </div>
      {HAS_FACTOR.includes(draft.action) && (
        <TextField
          id="factor"
          label={form.factor}
          hint={form.factorHint}
          value={draft.factor}
          inputMode="decimal"
          error={errorIn(props, 'factor')}
          onInput={(factor) => change({ factor })}
        />
      )}
      {draft.action === 'pin' && (
        <TextField
          id="position"
          label={form.position}
          value={draft.position}
          inputMode="numeric"
          error={errorIn(props, 'position')}
          onInput={(position) => change({ position })}
        />
      )}
      <label part="check">
        <input
          type="checkbox"
          checked={draft.enabled}
          disabled={!pen.can('recommendations:write')}
          onChange={(event) => change({ enabled: event.currentTarget.checked })}
        />
        {form.enabled}
      </label>
    </Section>
  )
}

function Products(props: EditorProps) {
  const { editor, words, actions } = props
  const { form } = words
  const isPin = editor.draft.action === 'pin'
  return (
    <Section title={form.products} hint={isPin ? form.pinHint : form.productsHint}>
      <MatchFields
        {...props}
        finder="match"
        match={editor.draft.match}
        isPin={isPin}
        priceError={errorIn(props, 'price')}
        onChange={(part) => actions.change({ match: { ...editor.draft.match, ...part } })}
      />
    </Section>
  )
}

interface MatchProps extends EditorProps {
  readonly finder: 'match' | 'context'
  readonly match: MatchDraft
  readonly isPin?: boolean
  readonly priceError: string | undefined
  readonly onChange: (part: Partial<MatchDraft>) => void
}

function MatchFields(props: MatchProps) {
  const { finder, match, isPin = false, priceError, onChange, words, state } = props
  const { form } = words
  const tags = (name: 'categories' | 'brands' | 'attributes', hint: string, accepts?: (text: string) => boolean) => (
    <Tags
      id={`${finder}-${name}`}
      label={form[name]}
      hint={hint}
      values={match[name]}
      options={state.known[name]}
      drop={form.drop}
      {...(accepts && { accepts })}
      onChange={(values) => onChange({ [name]: values })}
    />
  )
  return (
    <>
      <ProductPicker
        {...props}
        finder={finder}
        chosen={match.ids}
        error={finder === 'match' ? errorIn(props, 'ids') : undefined}
        onChange={(ids) => onChange({ ids })}
      />
      {!isPin && (
        <>
          <div part="pair">
            {tags('categories', form.addHint)}
            {tags('brands', form.addHint)}
          </div>
          {tags('attributes', form.attributesHint, isPair)}
          <div part="pair">
            <TextField
              id={`${finder}-min`}
              label={`${form.minPrice} (${state.currency})`}
              value={match.minPrice}
              inputMode="decimal"
              error={priceError}
              onInput={(minPrice) => onChange({ minPrice })}
            />
            <TextField
              id={`${finder}-max`}
              label={`${form.maxPrice} (${state.currency})`}
              value={match.maxPrice}
              inputMode="decimal"
              onInput={(maxPrice) => onChange({ maxPrice })}
            />
          </div>
        </>
      )}
    </>
  )
}

interface TagsProps {
  readonly id: string
  readonly label: string
  readonly hint: string
  readonly values: readonly string[]
  /** Offered while one types. */
  readonly options?: readonly string[]
  /** Sentence of the button that takes one away. */
  readonly drop: string
  readonly accepts?: (text: string) => boolean
  readonly onChange: (values: readonly string[]) => void
}

/** Words of which one adds one after the other. */
function Tags({ id, label, hint, values, options = [], drop, accepts = () => true, onChange }: TagsProps) {
  const add = (input: HTMLInputElement) => {
    const value = input.value.trim()
    if (value === '' || !accepts(value)) return
    input.value = ''
    if (!values.includes(value)) onChange([...values, value])
  }
  return (
    <Field id={id} label={label} hint={hint}>
      {values.length > 0 && (
        <ul part="tags">
          {values.map((value) => (
            <li key={value}>
              <span>{value}</span>
              <button
                type="button"
                part="drop"
                aria-label={fill(drop, { name: value })}
                onClick={() => onChange(values.filter((other) => other !== value))}
              />
            </li>
          ))}
        </ul>
      )}
      <input
        {...describedBy(id, { hint })}
        type="text"
        list={`${id}-options`}
        autocomplete="off"
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          add(event.currentTarget)
        }}
        // What is chosen from the list, or left standing, counts as well.
        onChange={(event) => add(event.currentTarget)}
      />
      <datalist id={`${id}-options`}>
        {options.map((option) => (
          <option key={option} value={option} />
        ))}
      </datalist>
    </Field>
  )
}

function Where(props: EditorProps) {
  const { editor, words, actions } = props
  const { form } = words
  const { draft } = editor
  const { context } = draft
  const hasContext = [...context.ids, ...context.categories, ...context.brands, ...context.attributes].length > 0
  return (
    <Section title={form.where} hint={form.whereHint}>
      <div part="field">
        <p part="label">{form.kinds}</p>
        <Choices
          label={form.kinds}
          options={RECOMMENDATION_KIND_NAMES.map((value) => ({ value, label: words.kinds[value] }))}
          chosen={draft.kinds}
          onToggle={(kind) =>
            actions.change({
              kinds: draft.kinds.includes(kind) ? draft.kinds.filter((one) => one !== kind) : [...draft.kinds, kind],
            })
          }
        />
      </div>
      <Tags
        id="placements"
        label={form.placements}
        hint={form.placementsHint}
        values={draft.placements}
        drop={form.drop}
        accepts={(text) => PLACEMENT.test(text)}
        onChange={(placements) => actions.change({ placements })}
      />
      <details open={hasContext}>
        <summary>{form.context}</summary>
        <div part="inner">
          <p part="note">{form.contextHint}</p>
          <MatchFields
            {...props}
            finder="context"
            match={context}
            priceError={errorIn(props, 'contextPrice')}
            onChange={(part) => actions.change({ context: { ...context, ...part } })}
          />
        </div>
      </details>
    </Section>
  )
}

function When(props: EditorProps) {
  const { editor, words, actions } = props
  const { form } = words
  return (
    <Section title={form.when}>
      <div part="pair">
        <TextField
          id="from"
          type="datetime-local"
          label={form.from}
          value={editor.draft.from}
          onInput={(from) => actions.change({ from })}
        />
        <TextField
          id="until"
          type="datetime-local"
          label={form.until}
          value={editor.draft.until}
          error={errorIn(props, 'until')}
          onInput={(until) => actions.change({ until })}
        />
      </div>
    </Section>
  )
}
