import {
  loadRecommender,
  type ProductShelf,
  type Recommender,
  type RuleScope,
  type ScopedRule,
} from '@tillwright/core/brain'
import type { RecommendationRule, RecommendationSettings, RuleInput } from '@tillwright/core/contract'
import type { TenantDb } from '../db/open.ts'
import type { Logger } from '../ports.ts'
import type { RecommendationPorts } from './ports.ts'

/** A rule as answers apply it. */
export interface ShelfRule extends ScopedRule {
  readonly name: string
}

/** What a tenant's answers are made of. A new one takes its place when any part of it changes. */
export interface Shelf extends ProductShelf {
  readonly recommender: Recommender | null
  /** A second model, which answers a part of the visitors. */
  readonly challenger: { readonly comparison: string; readonly recommender: Recommender; readonly share: number } | null
  readonly rules: readonly ShelfRule[]
  readonly settings: RecommendationSettings
  /** Instants at which a rule begins or ceases to hold, in order, ms since 1970. */
  readonly turns: readonly number[]
}

export async function stampOf({ models, catalogue, comparisons, rules }: RecommendationPorts, db: TenantDb) {
  const parts = [
    await models.activeVersion(db),
    (await comparisons.current(db))?.id,
    await catalogue.stamp(db),
    await rules.stamp(db),
  ]
  return parts.join(' ')
}

export async function readShelf(ports: RecommendationPorts, db: TenantDb, log: Logger): Promise<Shelf> {
  const { models, catalogue, rules } = ports
  const model = await models.active(db)
  const products = await catalogue.all(db)
  const shelfRules = (await rules.list(db)).filter(({ enabled }) => enabled).map(shelfRule)
  return {
    recommender: model && readModel(model, db, log),
    challenger: await readChallenger(ports, db, log),
    products: new Map(products.map((product) => [product.id, product])),
    rules: shelfRules,
    settings: await rules.settings(db),
    turns: shelfRules
      .flatMap(({ scope: { from, until } }) => [from, until])
      .filter((at) => at !== undefined)
      .sort((a, b) => a - b),
  }
}

export function shelfRule({ id, ...rule }: RecommendationRule | (RuleInput & { readonly id: string })): ShelfRule {
  const { name, action, match, factor, position, kinds, placements, context, from, until } = rule
  const scope = { kinds, placements, context, from: from && Date.parse(from), until: until && Date.parse(until) }
  return { id, name, action, match, factor, position, scope: scope as RuleScope }
}

async function readChallenger({ comparisons, models }: RecommendationPorts, db: TenantDb, log: Logger) {
  const comparison = await comparisons.current(db)
  const version = comparison?.challenger
  const file = version === undefined ? undefined : await models.file(db, version)
  const recommender = file && readModel({ version: version!, file }, db, log)
  return recommender ? { comparison: comparison!.id, recommender, share: comparison!.sharePpm / 1_000_000 } : null
}

/** A model that cannot be read (of an older format, say) is as good as none until the next training. */
function readModel(model: { version: string; file: Uint8Array }, db: TenantDb, log: Logger): Recommender | null {
  try {
    return loadRecommender(model.file)
  } catch (error) {
    log.error({ err: error, tenantId: db.tenantId, modelVersion: model.version }, 'a model cannot be read; train again')
    return null
  }
}
