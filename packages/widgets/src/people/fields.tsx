import type { ComponentChildren } from 'preact'
import type { PasswordStrength } from './password-strength.ts'
import type { PeopleWords } from './words.ts'

export interface FieldProps {
  readonly name: string
  readonly label: string
  readonly type?: 'text' | 'email' | 'password'
  readonly autocomplete: string
  readonly value?: string
  /** Whether it is what the message is about. */
  readonly isWrong?: boolean
  /** Ids of what explains it. */
  readonly describedBy?: string
  readonly inputMode?: 'numeric' | 'email'
  readonly isOptional?: boolean
  readonly onInput?: (value: string) => void
  readonly children?: ComponentChildren
}

export function Field({ name, label, type = 'text', autocomplete, value, isWrong, describedBy, ...rest }: FieldProps) {
  return (
    <div part="field">
      <label for={name}>{label}</label>
      <div part="control">
        <input
          part="input"
          id={name}
          name={name}
          type={type as 'text'}
          autocomplete={autocomplete}
          defaultValue={value}
          required={!rest.isOptional}
          aria-invalid={isWrong ? 'true' : undefined}
          aria-describedby={[isWrong ? 'message' : '', describedBy].filter(Boolean).join(' ') || undefined}
          inputMode={rest.inputMode}
          autocapitalize="none"
          spellcheck={false}
          onInput={(event) => rest.onInput?.(event.currentTarget.value)}
        />
        {rest.children}
      </div>
    </div>
  )
}

export interface PasswordFieldProps extends Omit<FieldProps, 'type'> {
  readonly words: PeopleWords
  readonly isShown: boolean
  readonly onShow: () => void
}

/** A password that one can look at while typing it. */
export function PasswordField({ words, isShown, onShow, ...field }: PasswordFieldProps) {
  return (
    <Field {...field} type={isShown ? 'text' : 'password'}>
      <button
        type="button"
        part="show"
        aria-label={isShown ? words.hide : words.show}
        aria-controls={field.name}
        onClick={onShow}
      >
        <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
          <path d="M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12Z" />
          <circle cx="12" cy="12" r="3" />
          {isShown && <path d="M4 20 20 4" />}
        </svg>
      </button>
    </Field>
  )
}

/** How strong a new password is, and what would make it stronger. */
export function StrengthMeter({ strength, words }: { strength: PasswordStrength; words: PeopleWords }) {
  const { score, advice, missing } = strength
  const isEmpty = advice === 'empty'
  const { label, scores } = words.strength
  return (
    <div part="strength" id="strength" data-score={isEmpty ? undefined : score}>
      <div part="meter" role="img" aria-label={`${label}: ${isEmpty ? '–' : scores[score]}`}>
        {[0, 1, 2, 3].map((step) => (
          <i key={step} data-on={!isEmpty && step <= Math.max(0, score - 1)} />
        ))}
      </div>
      <p aria-live="polite">
        {!isEmpty && <b>{scores[score]}. </b>}
        {words.strength.advice[advice].replace('{n}', String(missing))}
      </p>
    </div>
  )
}

/** A field that people do not see and programs fill in. */
export function Honeypot() {
  return (
    <div part="trap" aria-hidden="true">
      <input name="website" tabindex={-1} autocomplete="off" aria-label="Website" />
    </div>
  )
}

/** What a form says, by the names of its fields. */
export function valuesOf(event: Event): Record<string, string> {
  event.preventDefault()
  return Object.fromEntries(new FormData(event.currentTarget as HTMLFormElement)) as Record<string, string>
}
