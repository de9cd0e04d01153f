import {
  loadRecommender,
  type ProductShelf,
  type Recommender,
  type RuleScope,
  type ScopedRule,
} from '@tillwright/core/brain'
import type { Product, RecommendationRule, RecommendationSettings, RuleInput } from '@tillwright/core/contract'
import type { TenantDb } from '../db/open.ts'
import type { Logger } from '../ports.ts'
import type { RecommendationPorts } from './ports.ts'
import { readCatalogue } from './shelf-catalogue.ts'

/** A rule as answers apply it. */
export interface ShelfRule extends ScopedRule {
  readonly name: string
}

/** What a tenant's answers are made of. A new one takes its place when any part of it changes. */
export interface Shelf extends ProductShelf {
  readonly products: ReadonlyMap<string, Product>
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

/** Reads what is on the shelf; of the one before whatever is still the same stays as it is, models with what they have observed. */
export async function readShelf(
  ports: RecommendationPorts,
  db: TenantDb,
  log: Logger,
  before: Shelf | undefined,
): Promise<Shelf> {
  const { rules } = ports
  const recommender = await readActive(ports, db, log, before)
  const products = await readCatalogue(ports, db, before?.products)
  const shelfRules = (await rules.list(db)).filter(({ enabled }) => enabled).map(shelfRule)
  return {
    recommender,
    challenger: await readChallenger(ports, db, log, before),
    products,
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

async function readActive({ models }: RecommendationPorts, db: TenantDb, log: Logger, before: Shelf | undefined) {
  const known = before && knownModel(before, await models.activeVersion(db))
  if (known) return known
  const model = await models.active(db)
  return model && readModel(model, db, log)
}

async function readChallenger(
  { comparisons, models }: RecommendationPorts,
  db: TenantDb,
  log: Logger,
  before: Shelf | undefined,
): Promise<Shelf['challenger']> {
  const comparison = await comparisons.current(db)
  if (!comparison) return null
  const { id, challenger: version, sharePpm } = comparison
  const known = before && knownModel(before, version)
  const file = known ? undefined : await models.file(db, version)
  const recommender = known ?? (file && readModel({ version, file }, db, log))
  return recommender ? { comparison: id, recommender, share: sharePpm / 1_000_000 } : null
}

/** A model that has been read already. */
function knownModel(shelf: Shelf, version: string | null): Recommender | undefined {
  return modelsOf(shelf).find((model) => model.version === version)
}

/** The models that answer from a shelf. */
export function modelsOf({ recommender, challenger }: Shelf): Recommender[] {
  return [recommender, challenger?.recommender].filter((model) => model !== null && model !== undefined)
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
