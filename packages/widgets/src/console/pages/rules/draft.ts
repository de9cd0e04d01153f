import type { ProductMatch, RecommendationKind, RecommendationRule, RuleInput } from '@tillwright/core/contract'

export type RuleAction = RuleInput['action']

/** Which products are meant, as a form holds it: prices as people write them, `12.50`. */
export interface MatchDraft {
  readonly ids: readonly string[]
  readonly categories: readonly string[]
  readonly brands: readonly string[]
  /** `name=value`. */
  readonly attributes: readonly string[]
  readonly minPrice: string
  readonly maxPrice: string
}

/** A rule as a form holds it: numbers and days as people write them, empty where there are none. */
export interface RuleDraft {
  readonly name: string
  readonly action: RuleAction
  readonly match: MatchDraft
  /** On pages of, or for carts with, such products. */
  readonly context: MatchDraft
  readonly factor: string
  /** From 1. */
  readonly position: string
  readonly kinds: readonly RecommendationKind[]
  readonly placements: readonly string[]
  /** Local times, as `<input type="datetime-local">` writes them. */
  readonly from: string
  readonly until: string
  readonly enabled: boolean
}

/** What can be wrong with a field. */
export type DraftError =
  | 'name_missing'
  | 'products_missing'
  | 'price_unclear'
  | 'price_order'
  | 'factor_range'
  | 'position_range'
  | 'time_order'
export type DraftField = 'name' | 'ids' | 'price' | 'contextPrice' | 'factor' | 'position' | 'until'
export type DraftErrors = Readonly<Partial<Record<DraftField, DraftError>>>

const NO_MATCH: MatchDraft = { ids: [], categories: [], brands: [], attributes: [], minPrice: '', maxPrice: '' }

export const NEW_RULE: RuleDraft = {
  name: '',
  action: 'boost',
  match: NO_MATCH,
  context: NO_MATCH,
  factor: '2',
  position: '1',
  kinds: [],
  placements: [],
  from: '',
  until: '',
  enabled: true,
}

/** What a factor or a position is for. */
export const HAS_FACTOR: readonly RuleAction[] = ['boost', 'bury']
const MAX_FACTOR = 100
const MAX_POSITION = 50
const DEFAULT_FACTOR = 2

/** `digits`: decimals of the shop's currency. */
export function draftOf(rule: RecommendationRule, digits: number): RuleDraft {
  const { name, action, match, context = {}, factor = DEFAULT_FACTOR, position = 0, kinds = [], placements = [] } = rule
  return {
    name,
    action,
    match: matchDraftOf(match, digits),
    context: matchDraftOf(context, digits),
    factor: String(factor),
    position: String(position + 1),
    kinds,
    placements,
    from: localTimeOf(rule.from),
    until: localTimeOf(rule.until),
    enabled: rule.enabled,
  }
}

function matchDraftOf(match: ProductMatch, digits: number): MatchDraft {
  const price = (minor: number | undefined) => (minor === undefined ? '' : (minor / 10 ** digits).toFixed(digits))
  return {
    ids: match.ids ?? [],
    categories: match.categories ?? [],
    brands: match.brands ?? [],
    attributes: Object.entries(match.attributes ?? {}).map(([name, value]) => `${name}=${value}`),
    minPrice: price(match.minPriceMinor),
    maxPrice: price(match.maxPriceMinor),
  }
}

/** The rule that a form describes, or what is wrong with it. */
export function ruleOf(draft: RuleDraft, digits: number): { rule: RuleInput } | { errors: DraftErrors } {
  const match = matchOf(draft.match, digits)
  const context = matchOf(draft.context, digits)
  const hasFactor = HAS_FACTOR.includes(draft.action)
  const isPin = draft.action === 'pin'
  const factor = numberOf(draft.factor)
  const position = numberOf(draft.position)
  const [from, until] = [instantOf(draft.from), instantOf(draft.until)]
  const errors: { [F in DraftField]?: DraftError | undefined } = {
    name: draft.name.trim() === '' ? 'name_missing' : undefined,
    ids: isPin && draft.match.ids.length === 0 ? 'products_missing' : undefined,
    price: priceError(match),
    contextPrice: priceError(context),
    factor: hasFactor && !(factor > 1 && factor <= MAX_FACTOR) ? 'factor_range' : undefined,
    position:
      isPin && !(Number.isInteger(position) && position >= 1 && position <= MAX_POSITION)
        ? 'position_range'
        : undefined,
    until: from && until && from >= until ? 'time_order' : undefined,
  }
  const wrong = Object.entries(errors).filter(([, error]) => error !== undefined)
  if (wrong.length > 0) return { errors: Object.fromEntries(wrong) as DraftErrors }
  return {
    rule: {
      name: draft.name.trim(),
      action: draft.action,
      match,
      ...(hasFactor && { factor }),
      ...(isPin && { position: position - 1 }),
      ...(draft.kinds.length > 0 && { kinds: [...draft.kinds] }),
      ...(draft.placements.length > 0 && { placements: [...draft.placements] }),
      ...(Object.keys(context).length > 0 && { context }),
      ...(from && { from }),
      ...(until && { until }),
      enabled: draft.enabled,
    },
  }
}

function matchOf(draft: MatchDraft, digits: number): ProductMatch {
  const minor = (price: string) => Math.round(numberOf(price) * 10 ** digits)
  const { ids, categories, brands, attributes, minPrice, maxPrice } = draft
  return {
    ...(ids.length > 0 && { ids: [...ids] }),
    ...(categories.length > 0 && { categories: [...categories] }),
    ...(brands.length > 0 && { brands: [...brands] }),
    ...(attributes.length > 0 && { attributes: Object.fromEntries(attributes.map(pairOf)) }),
    ...(minPrice.trim() && { minPriceMinor: minor(minPrice) }),
    ...(maxPrice.trim() && { maxPriceMinor: minor(maxPrice) }),
  }
}

/** `colour=light=blue` → `['colour', 'light=blue']`. */
function pairOf(text: string): [string, string] {
  const at = text.indexOf('=')
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()]
}

/** Whether this is an attribute with a name: `colour=blue`. */
export function isPair(text: string): boolean {
  return text.indexOf('=') > 0
}

function priceError({ minPriceMinor: min, maxPriceMinor: max }: ProductMatch): DraftError | undefined {
  if (Number.isNaN(min) || Number.isNaN(max)) return 'price_unclear'
  return min !== undefined && max !== undefined && min > max ? 'price_order' : undefined
}

/** As people write numbers, with a point or a comma before the decimals; `NaN` where it is none. */
function numberOf(text: string): number {
  return /^\d+([.,]\d+)?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : Number.NaN
}

function localTimeOf(instant: string | undefined): string {
  if (instant === undefined) return ''
  const at = new Date(instant)
  const pad = (value: number) => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}:${pad(at.getMinutes())}`
}

function instantOf(localTime: string): string | undefined {
  const at = Date.parse(localTime)
  return Number.isNaN(at) ? undefined : new Date(at).toISOString()
}
