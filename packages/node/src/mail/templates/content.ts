import type { DataOf, Fields } from './fields.ts'
import type { Language } from './language.ts'

/** Whose mail it is. */
export interface Brand {
  readonly shop: string
  /** IANA name; times are those of this zone. */
  readonly timeZone: string
}

/** What a mail says, before it is HTML or text. */
export interface MailContent {
  readonly subject: string
  readonly heading: string
  readonly paragraphs: readonly string[]
  readonly action?: { readonly label: string; readonly link: string }
  /** What happened, in rows: label and value. */
  readonly facts?: readonly (readonly [label: string, value: string])[]
  /** After the action: how long it works, what to do when it was somebody else. */
  readonly notice: readonly string[]
}

/** Values as people of a language write them. */
export interface Say extends Brand {
  minutes(count: number): string
  instant(iso: string): string
  /** A name that somebody chose, or `undefined` where it could pass for an address to click on. */
  name(name: string | undefined): string | undefined
}

export type Words<F extends Fields> = (data: DataOf<F>, say: Say) => MailContent

export interface MailTemplate<F extends Fields> {
  readonly fields: F
  /** For previews and tests. */
  readonly example: DataOf<F>
  readonly words: Readonly<Record<Language, Words<F>>>
}

export function mailTemplate<const F extends Fields>(template: MailTemplate<F>): MailTemplate<F> {
  return template
}
