import {
  answerFromShelf,
  effectsOf,
  isHeldOut,
  placeOf,
  type Recommender,
  rulesFor,
  type ShelfAnswer,
  type ShelfQuestion,
} from '@tillwright/core/brain'
import {
  type DeviceState,
  labelId,
  newId,
  type RecommendationQuery,
  type RecommendationReport,
  Recommendations,
  type RouteParsed,
  type RulePreview,
  type TillwrightContract,
} from '@tillwright/core/contract'
import type * as z from 'zod/mini'
import type { Tenant } from '../context.ts'
import type { TenantDb } from '../db/open.ts'
import { CheckedJson } from '../http/checked-json.ts'
import type { Clock, Logger, Random } from '../ports.ts'
import { checkRule } from '../recommendation-rules/index.ts'
import { deviceShelf, deviceStamp } from './device-shelf.ts'
import type { RecommendationPorts } from './ports.ts'
import { type RememberedAnswer, rememberedAnswers, type WrittenAnswer } from './remembered-answers.ts'
import { outcomes, type ReportRange, recommendationReport } from './report.ts'
import { createShelves } from './shelf.ts'
import { type Shelf, shelfRule } from './shelf-content.ts'
import { boughtByCustomer, visitOf } from './shopper-store.ts'

/** Answers are remembered until model, catalogue or rules change, and no longer than an hour. */
const HOUR_MS = 3_600_000
/** Days after a click in which an order counts for it, where nobody names them. */
const WINDOW_MS = 7 * 24 * HOUR_MS

type Preview = RouteParsed<TillwrightContract['recommendationRules']['preview']>

/** Kinds whose answers go by what the shopper did. */
const PERSONAL: ReadonlySet<string> = new Set([
  'next',
  'bought-together',
  'complements',
  'for-user',
  'buy-again',
  'recently-viewed',
])

export type RecommendationsService = ReturnType<typeof recommendationsService>

export function recommendationsService(
  { clock, random, log }: { clock: Clock; random: Random; log: Logger },
  ports: RecommendationPorts,
) {
  const shelves = createShelves(ports, { clock, log })
  const remembered = rememberedAnswers()

  /** Who asks counts for holdout and comparison by the same id that their events carry. */
  function groupOf(shelf: Shelf, { visitorId, sessionId }: Pick<RecommendationQuery, 'visitorId' | 'sessionId'>) {
    const who = visitorId ?? sessionId
    if (who === undefined) return { isHeldOut: false, recommender: shelf.recommender }
    const { challenger } = shelf
    const isChallenged = challenger && placeOf(challenger.comparison, who) < challenger.share
    return {
      isHeldOut: isHeldOut(who, shelf.settings.holdoutShare),
      recommender: isChallenged ? challenger.recommender : shelf.recommender,
    }
  }

  async function questionOf(db: TenantDb, query: RecommendationQuery, isHeldOut: boolean): Promise<ShelfQuestion> {
    const { kind, limit, language, placement, filter, diversity, items = [], exclude = [], allow = [] } = query
    const { history, viewed } = PERSONAL.has(kind) ? await shopperOf(db, query) : NOBODY
    const isOfViews = kind === 'recently-viewed'
    return {
      kind,
      limit,
      language,
      placement,
      filter,
      diversity,
      items: [...new Set(items)],
      exclude,
      allow,
      // Only what the kind goes by: an answer that goes by neither is remembered for all who ask.
      history: isOfViews ? [] : history,
      viewed: isOfViews ? viewed : [],
      isHeldOut,
      now: clock(),
    }
  }

  function written(shelf: Shelf, recommender: Recommender | null, question: ShelfQuestion): WrittenAnswer {
    const answer = () =>
      CheckedJson.of(Recommendations, {
        recommendationId: 'rec_',
        ...fromServer(answerFromShelf(shelf, recommender, question, rulesFor(shelf, shelf.rules, question))),
      })
    if (question.history.length > 0 || question.viewed.length > 0) return answer()
    const { byQuestion } = remembered(shelf)
    const key = questionKey(shelf, recommender, question)
    let found = byQuestion.get(key)
    if (!found) {
      found = answer()
      byQuestion.set(key, found)
    }
    return found
  }

  async function answerFrom(shelf: Shelf, db: TenantDb, query: RecommendationQuery): Promise<WrittenAnswer> {
    const { isHeldOut, recommender } = groupOf(shelf, query)
    const question = await questionOf(db, query, isHeldOut)
    const { kind, now, placement = null } = question
    const label = labelId('', { kind, model: recommender?.version ?? null, isHeldOut, placement })
    const known = { answer: written(shelf, recommender, question), label, until: endOfAnswer(shelf, now) }
    if (isOfAnybody(query)) remembered(shelf).byQuery.set(query, known)
    return withNewId(known)
  }

  function withNewId({ answer, label }: RememberedAnswer): WrittenAnswer {
    return answer.withFirst('recommendationId', newId('rec', clock, random) + label)
  }

  /** Answers at once what was asked before: pages of a shop ask the same all day. */
  function recommend(db: TenantDb, query: RecommendationQuery): WrittenAnswer | Promise<WrittenAnswer> {
    const shelf = shelves.atHand(db.tenantId)
    if (!shelf) return shelves.of(db).then((read) => answerFrom(read, db, query))
    const known = remembered(shelf).byQuery.get(query)
    return known && clock() < known.until ? withNewId(known) : answerFrom(shelf, db, query)
  }

  return {
    recommend,
    /** What a browser keeps so as to answer by itself. */
    async device(db: TenantDb, keptStamp: string | undefined): Promise<DeviceState> {
      const stamp = await deviceStamp(ports, db)
      const model = await ports.models.device(db)
      return { model, stamp, shelf: stamp === keptStamp ? null : deviceShelf(await shelves.of(db), clock()) }
    },
    /** An answer as the rules that are tried would have it, and what each of them does. */
    async preview(db: TenantDb, { query, draft, replaces, at }: Preview): Promise<z.input<typeof RulePreview>> {
      if (draft) checkRule(draft)
      const shelf = await shelves.of(db)
      const question = { ...(await questionOf(db, query, false)), now: at === undefined ? clock() : Date.parse(at) }
      const tried = draft?.enabled ? [shelfRule({ ...draft, id: DRAFT })] : []
      const kept = shelf.rules.filter(({ id }) => id !== replaces)
      const rules = rulesFor(shelf, [...kept, ...tried], question)
      const listWith = (some: typeof rules) => answerFromShelf(shelf, shelf.recommender, question, some).items
      const names = new Map(rules.map(({ id, name }) => [id, name]))
      return {
        answer: {
          recommendationId: newId('rec', clock, random),
          ...fromServer(answerFromShelf(shelf, shelf.recommender, question, rules)),
        },
        without: listWith([]).map(({ id }) => id),
        effects: effectsOf(rules, (some) => listWith(some as typeof rules)).map(({ ruleId, changes }) => ({
          ruleId,
          name: names.get(ruleId)!,
          changes: [...changes],
        })),
      }
    },
    async report(db: TenantDb, tenant: Tenant, range: ReportRange): Promise<RecommendationReport> {
      const { holdoutShare } = await ports.rules.settings(db)
      return recommendationReport(db, tenant, range, holdoutShare, clock())
    },
    /** What came of the answers of each model since an instant. */
    async outcomesSince(db: TenantDb, from: number) {
      const { attribution } = await outcomes(db, { from, to: clock() + 1 }, WINDOW_MS)
      return attribution.byModel
    },
    /** Lets new sales count at once, until a training has learnt from them. */
    observe: shelves.observe,
    /** Tells that what a tenant's answers are made of has changed. */
    touch: shelves.touch,
  }
}

function fromServer(answer: ShelfAnswer): Omit<Recommendations, 'recommendationId'> {
  return { ...answer, source: 'server' } as Omit<Recommendations, 'recommendationId'>
}

/** Whether the answer goes by nothing that is looked up about whoever asks. */
function isOfAnybody({ kind, visitorId, sessionId, customerId, history, viewed }: RecommendationQuery): boolean {
  if (!PERSONAL.has(kind)) return true
  return [visitorId, sessionId, customerId, history, viewed].every((told) => told === undefined)
}

/** Tells questions apart whose answers may differ. */
function questionKey({ turns }: Shelf, recommender: Recommender | null, { now, ...asked }: ShelfQuestion): string {
  const turn = turns.filter((at) => at <= now).length
  return JSON.stringify([recommender?.version, Math.floor(now / HOUR_MS), turn, asked])
}

/** Until when an answer holds: the end of the hour, or the next turn of a rule; ms since 1970. */
function endOfAnswer({ turns }: Shelf, now: number): number {
  return Math.min((Math.floor(now / HOUR_MS) + 1) * HOUR_MS, turns.find((at) => at > now) ?? Number.POSITIVE_INFINITY)
}

const DRAFT = 'draft'
const NOBODY = { history: [], viewed: [] }

/** What is known of who asks: what the question says itself, the customer's orders, the browser's events. */
async function shopperOf(db: TenantDb, query: RecommendationQuery): Promise<Pick<ShelfQuestion, 'history' | 'viewed'>> {
  const { history = [], viewed = [], customerId, visitorId, sessionId } = query
  const told = {
    history: history.map(({ id, at }) => ({ id, at: Date.parse(at) })),
    viewed: viewed.map(({ id, at }) => ({ id, at: Date.parse(at) })),
  }
  const visit =
    visitorId === undefined && sessionId === undefined ? undefined : await visitOf(db, { visitorId, sessionId })
  const orders = customerId === undefined ? [] : await boughtByCustomer(db, customerId)
  const byTime = (a: { at: number }, b: { at: number }) => a.at - b.at
  return {
    history: [...told.history, ...orders, ...(visit?.bought ?? [])].sort(byTime),
    viewed: [...told.viewed, ...(visit?.viewed ?? [])].sort(byTime),
  }
}
