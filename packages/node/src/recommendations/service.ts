import { explain, recommendWithFallback } from '@tillwright/core/brain'
import { newId, type Product, type RecommendationKind, Recommendations } from '@tillwright/core/contract'
import { LRUCache } from 'lru-cache'
import type { TenantDb } from '../db/open.ts'
import { CheckedJson } from '../http/checked-json.ts'
import type { Clock, Logger, Random } from '../ports.ts'
import type { RecommendationPorts } from './ports.ts'
import { createShelves, type Shelf } from './shelf.ts'

/** Answers remembered until model or catalogue change. */
const REMEMBERED_ANSWERS = 20_000

export interface RecommendationsQuery {
  readonly kind: RecommendationKind
  readonly items?: readonly string[] | undefined
  readonly exclude?: readonly string[] | undefined
  readonly limit: number
  readonly language: string
}

type Answer = Omit<Recommendations, 'recommendationId'>
type WrittenAnswer = CheckedJson<Recommendations>

export type RecommendationsService = ReturnType<typeof recommendationsService>

export function recommendationsService(
  { clock, random, log }: { clock: Clock; random: Random; log: Logger },
  ports: RecommendationPorts,
) {
  const shelves = createShelves(ports, { clock, log })
  const answers = new WeakMap<Shelf, LRUCache<string, WrittenAnswer>>()

  function remembered(shelf: Shelf, query: RecommendationsQuery): WrittenAnswer {
    let known = answers.get(shelf)
    if (!known) {
      known = new LRUCache({ max: REMEMBERED_ANSWERS })
      answers.set(shelf, known)
    }
    const key = JSON.stringify([query.kind, query.items, query.exclude, query.limit, query.language])
    let answer = known.get(key)
    if (!answer) {
      answer = CheckedJson.of(Recommendations, { recommendationId: 'rec_', ...answerFrom(shelf, query) })
      known.set(key, answer)
    }
    return answer
  }

  return {
    async recommend(db: TenantDb, query: RecommendationsQuery): Promise<WrittenAnswer> {
      const shelf = await shelves.of(db)
      return remembered(shelf, query).withFirst('recommendationId', newId('rec', clock, random))
    },
    /** Tells that a tenant's model or catalogue has changed. */
    touch: shelves.touch,
  }
}

function answerFrom(shelf: Shelf, { kind, items = [], exclude = [], limit, language }: RecommendationsQuery): Answer {
  const { recommender, products } = shelf
  if (!recommender) return { kind, items: [], source: 'server', modelVersion: null, strategies: [], notice: NO_MODEL }
  const found = recommendWithFallback(recommender, { kind, items, exclude, limit, filter: (id) => products.has(id) })
  const nameOf = (id: string) => products.get(id)?.name ?? id
  const notice = noticeFor(found.items.length, limit, items, (id) => recommender.knows(id))
  return {
    kind,
    items: found.items.map(({ id, score, reason }) => ({
      ...card(products.get(id)!),
      score,
      reason: { ...reason } as Answer['items'][number]['reason'],
      reasonText: explain(reason, nameOf, language),
    })),
    source: 'server',
    modelVersion: recommender.version,
    strategies: [...found.strategies],
    ...(notice ? { notice } : {}),
  }
}

const NO_MODEL: Answer['notice'] = {
  code: 'no_model',
  message: 'No model has been trained yet: import orders, and training follows by itself',
}

function noticeFor(
  found: number,
  limit: number,
  items: readonly string[],
  isKnown: (id: string) => boolean,
): Answer['notice'] {
  if (items.length > 0 && !items.some(isKnown)) {
    return {
      code: 'unknown_product',
      message: `The model does not know ${items.slice(0, 3).join(', ')}; what sells well stands in`,
    }
  }
  if (found < limit) return { code: 'few_candidates', message: `Only ${found} products fit` }
  return undefined
}

function card({ id, name, url, imageUrl, price }: Product) {
  return { id, name, ...(url ? { url } : {}), ...(imageUrl ? { imageUrl } : {}), ...(price ? { price } : {}) }
}
