interface Place {
  /** As it stands in the text. */
  readonly text: string
  /** Code units from the start of the text; `to` is the first one after it. */
  readonly from: number
  readonly to: number
}

export type Entity = Place &
  (
    | {
        readonly kind: 'money'
        readonly amount: number
        readonly currency: string
        /** "under £20" is `at-most`. Read in English. */
        readonly bound?: 'at-most' | 'at-least'
      }
    /** Calendar days `YYYY-MM-DD`, both included; one day is a range from itself to itself. */
    | { readonly kind: 'dates'; readonly first: string; readonly last: string }
    | { readonly kind: 'number'; readonly value: number }
    /** "the second one" is 2, "the last one" −1. Read in English. */
    | { readonly kind: 'ordinal'; readonly value: number }
    | { readonly kind: 'order-id'; readonly id: string }
    | { readonly kind: 'email'; readonly address: string }
    /** One of a tenant's names; `score` is 1 where it was spelt like that. */
    | { readonly kind: 'name'; readonly list: string; readonly id: string; readonly score: number }
  )

export interface EntityContext {
  /** ms since 1970. */
  readonly now: number
  /** IANA, as `Europe/London`: whose today it is. */
  readonly timeZone: string
  /** BCP 47. Dates are read in English; `en-US` writes the month before the day. Default `en`. */
  readonly language?: string
  /** ISO 4217, of amounts whose sign several currencies share, or that have the words "in money" only. Default `USD` for $. */
  readonly currency?: string
  /** Whether a date without its year lies behind or ahead. Default `past`. */
  readonly prefer?: 'past' | 'future'
  /** A pattern that a whole order id matches, in place of `#1234` and the like. */
  readonly orderId?: RegExp
  /** Products, categories, merchants, accounts: by list, id → name. */
  readonly lists?: Readonly<Record<string, readonly { readonly id: string; readonly name: string }[]>>
}
