import type { ComponentChildren } from 'preact'
import { type Failure, failureText } from './failure.ts'

/** A state as a dot of its colour and a word: never by colour alone. */
export function State({ is, label }: { is: string; label: string }) {
  return (
    <span part="state" data-state={is}>
      {label}
    </span>
  )
}

export function Panel({
  title,
  aside,
  name,
  children,
}: {
  title: string
  aside?: ComponentChildren
  name?: string
  children: ComponentChildren
}) {
  return (
    <article part="panel" data-panel={name}>
      <h2>
        {title} {aside}
      </h2>
      {children}
    </article>
  )
}

export function Fact({ name, value, note }: { name: string; value: ComponentChildren; note?: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
      {note && <dd part="note">{note}</dd>}
    </div>
  )
}

/** What a page is called and what it is for. It takes the focus when the page is opened. */
export function Heading({
  title,
  lead,
  children,
}: {
  title: string
  lead?: ComponentChildren
  children?: ComponentChildren
}) {
  return (
    <header part="heading">
      <div>
        <h1 tabIndex={-1}>{title}</h1>
        {lead && <p part="lead">{lead}</p>}
      </div>
      {children && <div part="actions">{children}</div>}
    </header>
  )
}

/** Why something did not come about. It is there before it says anything, so that it is read out when it does. */
export function Alert({ failure, language }: { failure: Failure | null; language: string }) {
  return (
    <div role="alert" part="alert" data-shown={failure !== null}>
      {failure && failureText(failure, language)}
    </div>
  )
}

export interface ButtonProps {
  readonly label: ComponentChildren
  readonly onClick: () => void
  readonly isBusy?: boolean | undefined
  /** What there is to press it for; without it the label says all. */
  readonly about?: string | undefined
  readonly kind?: 'primary' | 'plain' | 'danger' | 'quiet'
  readonly name?: string
}

/** A button that keeps the focus while it is busy. */
export function Button({ label, onClick, isBusy = false, about, kind = 'plain', name }: ButtonProps) {
  return (
    <button
      type="button"
      part={`button ${kind}`}
      aria-disabled={isBusy}
      aria-label={about}
      data-name={name}
      onClick={() => isBusy || onClick()}
    >
      <span>{label}</span>
    </button>
  )
}

export function Switch({
  isOn,
  label,
  isBusy,
  onChange,
}: {
  isOn: boolean
  label: string
  isBusy: boolean
  onChange: (isOn: boolean) => void
}) {
  return (
    <button
      type="button"
      part="switch"
      role="switch"
      aria-checked={isOn}
      aria-label={label}
      aria-disabled={isBusy}
      onClick={() => isBusy || onChange(!isOn)}
    >
      <i />
    </button>
  )
}

/** A field with its name above it, a sentence about it below, and what is wrong with it. */
export function Field({
  id,
  label,
  hint,
  error,
  children,
}: {
  id: string
  label: string
  hint?: ComponentChildren
  error?: string | undefined
  children: ComponentChildren
}) {
  return (
    <div part="field">
      <label for={id}>{label}</label>
      {children}
      {hint && (
        <p part="note" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p part="error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  )
}

/** The attributes that tie a control to its `Field`. */
export function describedBy(id: string, { hint, error }: { hint?: unknown; error?: string | undefined }) {
  const ids = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return { id, 'aria-describedby': ids || undefined, 'aria-invalid': error ? ('true' as const) : undefined }
}

/** Some of several, as buttons that stay pressed. */
export function Choices<Value extends string>({
  label,
  options,
  chosen,
  onToggle,
}: {
  label: string
  options: readonly { readonly value: Value; readonly label: string }[]
  chosen: readonly Value[]
  onToggle: (value: Value) => void
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row in every browser.
    <div part="choices" role="group" aria-label={label}>
      {options.map(({ value, label: name }) => (
        <button key={value} type="button" aria-pressed={chosen.includes(value)} onClick={() => onToggle(value)}>
          {name}
        </button>
      ))}
    </div>
  )
}

/** A picture of a product, or its first letter where there is none. */
export function Picture({ url, name }: { url: string | null | undefined; name: string }) {
  return (
    <span part="picture" aria-hidden="true">
      {[...name.trim()][0] ?? '·'}
      {url && <img src={url} alt="" width="44" height="44" loading="lazy" decoding="async" />}
    </span>
  )
}

/** What may be wider than the page scrolls in a place of its own, which the keyboard reaches. */
export function Scroll({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard.
    <section part="scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  )
}

/** A secret that is shown this once, in a place from which it is easily copied. */
export function Secret({ label, value }: { label: string; value: string }) {
  return (
    <div part="secret" role="status">
      <p>{label}</p>
      <pre>{value}</pre>
    </div>
  )
}
