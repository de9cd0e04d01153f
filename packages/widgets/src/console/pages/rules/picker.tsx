import type { ProductCard } from '../../kit/catalogue.ts'
import { fill } from '../../kit/fill.ts'
import { describedBy, Field, Picture } from '../../kit/ui.tsx'
import type { Editor, Finder } from './connect.ts'
import type { RulesProps } from './view.tsx'

export interface EditorProps extends RulesProps {
  readonly editor: Editor
}

interface PickerProps extends EditorProps {
  readonly finder: Finder
  readonly chosen: readonly string[]
  readonly error?: string | undefined
  readonly label?: string
  readonly hint?: string
  readonly onChange: (ids: readonly string[]) => void
}

/** Products that are chosen, and a search for more of them. */
export function ProductPicker(props: PickerProps) {
  const { finder, chosen, error, onChange, editor, state, words, actions } = props
  const { form } = words
  const { label = form.search, hint = form.searchHint } = props
  const { words: typed, results } = editor.searches[finder]
  const id = `find-${finder}`
  const found = results?.filter((card) => !chosen.includes(card.id)) ?? []
  const choose = (card: ProductCard) => {
    onChange([...chosen, card.id])
    actions.find(finder, '')
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it listens to what its own controls do.
    <div
      part="picker"
      onFocusOut={({ currentTarget, relatedTarget }) => {
        if (results && !currentTarget.contains(relatedTarget as Node | null)) actions.find(finder, '')
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') actions.find(finder, '')
      }}
    >
      {chosen.length > 0 && (
        <ul part="chosen">
          {chosen.map((one) => {
            const card = state.cards[one]
            const name = card?.name ?? one
            return (
              <li key={one}>
                <Picture url={card?.pictureUrl} name={name} />
                <span>{name}</span>
                <button
                  type="button"
                  part="drop"
                  aria-label={fill(form.drop, { name })}
                  onClick={() => onChange(chosen.filter((other) => other !== one))}
                />
              </li>
            )
          })}
        </ul>
      )}
      <Field id={id} label={label} hint={hint} error={error}>
        <input
          {...describedBy(id, { hint, error })}
          type="search"
          value={typed}
          autocomplete="off"
          onInput={(event) => actions.find(finder, event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            if (found[0]) choose(found[0])
          }}
        />
      </Field>
      <p part="note" aria-live="polite">
        {results && (results.length > 0 ? fill(form.results, { n: results.length }) : form.noResults)}
      </p>
      {found.length > 0 && (
        <ul part="found" aria-label={label}>
          {found.map((card) => (
            <li key={card.id}>
              <button type="button" onClick={() => choose(card)}>
                <Picture url={card.pictureUrl} name={card.name} />
                <span>
                  {card.name} <span part="note">{card.id}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
