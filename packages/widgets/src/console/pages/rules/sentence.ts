import type { ProductMatch, RecommendationRule } from '@tillwright/core/contract'
import { formatMoney } from '../../../i18n.ts'
import type { ProductCards } from '../../kit/catalogue.ts'
import { fill, listed } from '../../kit/fill.ts'
import { formatDate } from '../../kit/quantities.ts'
import type { RulesWords } from './strings.ts'

export interface Telling {
  readonly words: RulesWords
  readonly language: string
  readonly cards: ProductCards
  readonly currency: string
}

/** How many of a rule's products or names are told one by one. */
const TOLD = 2

/** What a rule does, in one sentence: `Shows products in Kitchen more often, 2 times as strong`. */
export function sentenceOf(
  rule: Pick<RecommendationRule, 'action' | 'match' | 'factor' | 'position'>,
  telling: Telling,
): string {
  const { words, language } = telling
  return fill(words.actions[rule.action].sentence, {
    what: productsOf(rule.match, telling),
    factor: new Intl.NumberFormat(language).format(rule.factor ?? 2),
    place: (rule.position ?? 0) + 1,
  })
}

/** Where a rule holds and until when, each in a few words. */
export function circumstancesOf(
  { context, kinds, placements, from, until }: RecommendationRule,
  telling: Telling,
): string[] {
  const { words, language } = telling
  const { about } = words
  const date = (instant: string | undefined) => (instant === undefined ? '' : formatDate(instant, language))
  const span = from && until ? about.between : from ? about.from : until ? about.until : about.always
  return [
    ...(context ? [fill(about.context, { x: productsOf(context, telling) })] : []),
    ...(kinds
      ? [
          fill(about.kinds, {
            x: listed(
              kinds.map((kind) => words.kinds[kind]),
              language,
              'disjunction',
            ),
          }),
        ]
      : []),
    ...(placements ? [fill(about.placements, { x: listed(placements, language, 'disjunction') })] : []),
    fill(span, { x: date(from ?? until), y: date(until) }),
  ]
}

function productsOf(match: ProductMatch, { words: { about }, language, cards, currency }: Telling): string {
  const some = (names: readonly string[]) => {
    const told = names.slice(0, TOLD)
    const more = names.length - told.length
    return listed(more > 0 ? [...told, fill(about.more, { n: more })] : told, language)
  }
  const money = (amount: number) => formatMoney({ amount, currency }, language)
  const { ids, categories, brands, attributes, minPriceMinor: min, maxPriceMinor: max } = match
  const price = min === undefined ? about.priceTo : max === undefined ? about.priceFrom : about.priceBetween
  const lines = [
    ...(ids ? [some(ids.map((id) => cards[id]?.name ?? id))] : []),
    ...(categories ? [fill(about.category, { x: some(categories) })] : []),
    ...(brands ? [fill(about.brand, { x: some(brands) })] : []),
    ...(attributes
      ? [fill(about.attribute, { x: some(Object.entries(attributes).map(([name, value]) => `${name} ${value}`)) })]
      : []),
  ]
  const hasPrice = min !== undefined || max !== undefined
  const priced = fill(price, { x: money(min ?? max ?? 0), y: money(max ?? 0) })
  const what = lines.length > 0 ? lines.join(', ') : about.everything
  return hasPrice ? `${what} ${priced}` : what
}

/** Whether a rule holds now. */
export function standingOf(
  { enabled, from, until }: RecommendationRule,
  nowAt: number,
): 'on' | 'off' | 'later' | 'over' {
  if (!enabled) return 'off'
  if (until && Date.parse(until) <= nowAt) return 'over'
  return from && Date.parse(from) > nowAt ? 'later' : 'on'
}
