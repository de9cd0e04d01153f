import type { RecommendationKind, RecommendationRule, RuleInput, RulePreview } from '@tillwright/core/contract'
import type { Tillwright } from '@tillwright/core/script'
import { cardOf, digitsOf, type ProductCard, type ProductCards, shopOriginOf } from '../../kit/catalogue.ts'
import { type Failure, failureOf } from '../../kit/failure.ts'
import { type PageState, pageStore } from '../../kit/page-store.ts'
import type { PageConnection, PageContext } from '../../page.ts'
import { type DraftErrors, draftOf, NEW_RULE, type RuleDraft, ruleOf } from './draft.ts'

/** How long people may go on typing before the console asks, in ms. */
export const TYPING_MS = 350
/** Products in the preview's lists, and of a search. */
const PREVIEW_LIMIT = 8
const SEARCH_LIMIT = 6
/** Products that are looked at for the names of categories, brands and attributes. */
const SAMPLE_LIMIT = 200
/** Most products that are looked up one by one for a page, since each is a call. */
const MAX_LOOKUPS = 30
/** Products that the sentence of a rule names. */
export const NAMED_PRODUCTS = 2

export interface RulesClient {
  readonly recommendationRules: Pick<
    Tillwright['recommendationRules'],
    'list' | 'create' | 'replace' | 'remove' | 'preview'
  >
  readonly products: Pick<Tillwright['products'], 'list' | 'get'>
  readonly keys: Pick<Tillwright['keys'], 'list'>
}

/** Which field a search for products fills. */
export type Finder = 'match' | 'context' | 'trial'

export interface Search {
  readonly words: string
  /** `null` while nothing was asked for. */
  readonly results: readonly ProductCard[] | null
}

/** The list that the preview is about. */
export interface Trial {
  readonly kind: RecommendationKind
  /** On the page of, or in the cart. */
  readonly productId: string | null
}

export interface Editor {
  /** `null`: a new rule. */
  readonly ruleId: string | null
  readonly draft: RuleDraft
  /** What is wrong, from the first attempt to save on. */
  readonly errors: DraftErrors
  readonly trial: Trial
  readonly preview: RulePreview | null
  /** When the preview is of, ms since 1970, where that is not now. */
  readonly previewAt: number | null
  readonly isPreviewing: boolean
  readonly previewFailure: Failure | null
  /** Whether the draft lacks something that the preview needs. */
  readonly isIncomplete: boolean
  readonly searches: Readonly<Record<Finder, Search>>
}

export interface RulesState extends PageState {
  readonly rules: readonly RecommendationRule[] | null
  readonly cards: ProductCards
  /** What was done last, as the page says it. */
  readonly notice: { readonly kind: 'saved' | 'removed'; readonly rule: RecommendationRule } | null
  readonly editor: Editor | null
  /** The rule that the address names: an id, or `new`; `null` for the list. */
  readonly opened: string | null
  /** There is no such rule. */
  readonly isMissing: boolean
  /** ISO 4217, of the shop's prices. */
  readonly currency: string
  /** What the catalogue has, to choose from. */
  readonly known: Readonly<Record<'categories' | 'brands' | 'attributes', readonly string[]>>
}

export interface RulesConnection extends PageConnection<RulesState> {
  toggle(rule: RecommendationRule): Promise<void>
  remove(rule: RecommendationRule): Promise<void>
  /** Brings back the rule that was removed last. */
  undo(): Promise<void>
  change(draft: Partial<RuleDraft>): void
  try(trial: Partial<Trial>): void
  find(finder: Finder, words: string): void
  save(): Promise<void>
}

const NO_SEARCH: Search = { words: '', results: null }

export function connectRules({
  client,
  clock,
  schedule,
  language,
  can,
  go,
}: PageContext<RulesClient>): RulesConnection {
  const store = pageStore<RulesState>({
    rules: null,
    cards: {},
    notice: null,
    editor: null,
    opened: null,
    isMissing: false,
    currency: 'EUR',
    known: { categories: [], brands: [], attributes: [] },
    failure: null,
    busy: [],
  })
  const { state, set, run } = store
  const options = { signal: store.signal }
  let shopOrigin: string | null = null
  let cancelPreview = () => {}
  let previewing: AbortController | undefined
  const cancelSearch: Partial<Record<Finder, () => void>> = {}
  let loaded = Promise.resolve()

  async function load(): Promise<void> {
    const [{ items }] = await Promise.all([client.recommendationRules.list({}, options), learnTheShop()])
    set({ rules: items })
    await lookUp(items.flatMap(({ match }) => (match.ids ?? []).slice(0, NAMED_PRODUCTS)))
  }

  /** Where its pictures are, what its prices are in, and what its catalogue calls things. */
  async function learnTheShop(): Promise<void> {
    const [keys, products] = await Promise.all([
      can('keys:read') ? client.keys.list({}, options).catch(() => null) : null,
      client.products.list({ limit: SAMPLE_LIMIT }, options),
    ])
    shopOrigin = shopOriginOf(keys?.items ?? [])
    const { items } = products
    note(items.map((item) => cardOf(item, shopOrigin)))
    set({
      currency: items.find(({ price }) => price)?.price?.currency ?? state.value.currency,
      known: {
        categories: distinct(items.flatMap(({ categories = [] }) => categories)),
        brands: distinct(items.flatMap(({ brand }) => brand ?? [])),
        attributes: distinct(
          items.flatMap(({ attributes = {} }) => Object.entries(attributes).map(([name, value]) => `${name}=${value}`)),
        ),
      },
    })
  }

  function note(cards: readonly ProductCard[]): void {
    set({ cards: { ...state.value.cards, ...Object.fromEntries(cards.map((card) => [card.id, card])) } })
  }

  /** Finds out what products are called that are not known yet. Without it they go by their ids. */
  async function lookUp(ids: readonly string[]): Promise<void> {
    const unknown = distinct(ids).filter((id) => !Object.hasOwn(state.value.cards, id))
    const found = await Promise.all(
      unknown.slice(0, MAX_LOOKUPS).map(async (id): Promise<[string, ProductCard | null] | null> => {
        try {
          return [id, cardOf(await client.products.get({ productId: id }, options), shopOrigin)]
        } catch (error) {
          return failureOf(error).kind === 'missing' ? [id, null] : null
        }
      }),
    )
    set({ cards: { ...state.value.cards, ...Object.fromEntries(found.filter((one) => one !== null)) } })
  }

  function setRule(rule: RecommendationRule): void {
    const rules = state.value.rules ?? []
    const isNew = !rules.some(({ id }) => id === rule.id)
    set({ rules: isNew ? [...rules, rule] : rules.map((one) => (one.id === rule.id ? rule : one)) })
  }

  function setEditor(change: Partial<Editor>): void {
    const { editor } = state.value
    if (editor) set({ editor: { ...editor, ...change } })
  }

  const digits = () => digitsOf(state.value.currency)

  async function openEditor(id: string): Promise<void> {
    await loaded
    if (state.value.opened !== id || state.value.rules === null) return
    const rule = state.value.rules.find((one) => one.id === id)
    if (!rule && id !== 'new') return set({ isMissing: true })
    const draft = rule ? draftOf(rule, digits()) : NEW_RULE
    const trial = trialFor(draft)
    const searches = { match: NO_SEARCH, context: NO_SEARCH, trial: NO_SEARCH }
    const idle = { preview: null, previewAt: null, isPreviewing: false, previewFailure: null, isIncomplete: true }
    set({ editor: { ruleId: rule?.id ?? null, draft, errors: {}, trial, searches, ...idle } })
    void lookUp([...draft.match.ids, ...draft.context.ids, ...(trial.productId === null ? [] : [trial.productId])])
    if (rule) void showPreview()
  }

  function showPreviewSoon(): void {
    cancelPreview()
    cancelPreview = schedule(() => void showPreview(), TYPING_MS)
  }

  async function showPreview(): Promise<void> {
    cancelPreview()
    previewing?.abort()
    const { editor } = state.value
    if (!editor) return
    // A rule without a name yet is one to try all the same, and so is one that is off.
    const read = ruleOf({ ...editor.draft, name: editor.draft.name || '…', enabled: true }, digits())
    if (!('rule' in read)) return setEditor({ isIncomplete: true, isPreviewing: false })
    const call = new AbortController()
    previewing = call
    setEditor({ isIncomplete: false, isPreviewing: true })
    const at = read.rule.from && Date.parse(read.rule.from) > clock() ? read.rule.from : undefined
    try {
      const preview = await client.recommendationRules.preview(
        {
          query: queryOf(editor, language()),
          draft: read.rule,
          ...(editor.ruleId !== null && { replaces: editor.ruleId }),
          ...(at && { at }),
        },
        { signal: AbortSignal.any([store.signal, call.signal]) },
      )
      note(preview.answer.items.map((item) => cardOf(item, shopOrigin)))
      setEditor({ preview, previewAt: at ? Date.parse(at) : null, isPreviewing: false, previewFailure: null })
      await lookUp([...preview.without, ...preview.effects.flatMap(({ changes }) => changes.map(({ id }) => id))])
    } catch (error) {
      if (!call.signal.aborted) setEditor({ isPreviewing: false, previewFailure: failureOf(error) })
    }
  }

  async function search(finder: Finder, words: string): Promise<void> {
    const { items } = await client.products.list({ search: words, limit: SEARCH_LIMIT }, options)
    const results = items.map((item) => cardOf(item, shopOrigin))
    note(results)
    const { editor } = state.value
    if (editor?.searches[finder].words !== words) return
    setEditor({ searches: { ...editor.searches, [finder]: { words, results } } })
  }

  async function keep(rule: RuleInput, ruleId: string | null): Promise<RecommendationRule> {
    const { create, replace } = client.recommendationRules
    return ruleId === null ? create(rule, options) : replace({ ruleId, ...rule }, options)
  }

  return {
    state,
    open([id = null]) {
      cancelPreview()
      previewing?.abort()
      set({ opened: id, editor: null, isMissing: false, ...(id !== null && { notice: null }) })
      if (state.value.rules === null) loaded = run('load', load)
      if (id !== null) void openEditor(id)
    },
    toggle: (rule) =>
      run(rule.id, async () => {
        const { id, updatedAt: _, ...input } = rule
        setRule(await keep({ ...input, enabled: !rule.enabled }, id))
      }),
    remove: (rule) =>
      run(rule.id, async () => {
        await client.recommendationRules.remove({ ruleId: rule.id }, options)
        const rules = (state.value.rules ?? []).filter(({ id }) => id !== rule.id)
        set({ rules, notice: { kind: 'removed', rule } })
      }),
    undo: () =>
      run('undo', async () => {
        const { notice } = state.value
        if (notice?.kind !== 'removed') return
        const { id: _id, updatedAt: _at, ...input } = notice.rule
        setRule(await keep(input, null))
        set({ notice: null })
      }),
    change(draft) {
      const { editor } = state.value
      if (!editor) return
      const changed = { ...editor.draft, ...draft }
      // What was wrong is looked at again with each change; what is not wrong yet waits for the attempt to save.
      const read = ruleOf(changed, digits())
      const still = 'errors' in read ? read.errors : {}
      const errors = Object.fromEntries(Object.entries(still).filter(([field]) => field in editor.errors))
      setEditor({ draft: changed, errors })
      showPreviewSoon()
    },
    try(trial) {
      const { editor } = state.value
      if (!editor) return
      setEditor({ trial: { ...editor.trial, ...trial } })
      void showPreview()
    },
    find(finder, words) {
      const { editor } = state.value
      if (!editor) return
      cancelSearch[finder]?.()
      const isEmpty = words.trim() === ''
      const { results } = editor.searches[finder]
      setEditor({ searches: { ...editor.searches, [finder]: { words, results: isEmpty ? null : results } } })
      if (isEmpty) return
      cancelSearch[finder] = schedule(() => void run(`find-${finder}-${words}`, () => search(finder, words)), TYPING_MS)
    },
    async save() {
      const { editor } = state.value
      if (!editor) return
      const read = ruleOf(editor.draft, digits())
      if ('errors' in read) return setEditor({ errors: read.errors })
      await run('save', async () => {
        const rule = await keep(read.rule, editor.ruleId)
        setRule(rule)
        go('rules')
        set({ notice: { kind: 'saved', rule } })
        void lookUp((rule.match.ids ?? []).slice(0, NAMED_PRODUCTS))
      })
    },
    dispose() {
      cancelPreview()
      previewing?.abort()
      for (const cancel of Object.values(cancelSearch)) cancel()
      store.dispose()
    },
  }
}

/** The list in which a rule is most likely to show. */
function trialFor({ kinds, context, match }: RuleDraft): Trial {
  const productId = context.ids[0] ?? null
  return {
    kind: kinds[0] ?? (productId === null ? 'popular' : 'bought-together'),
    productId: productId ?? match.ids[0] ?? null,
  }
}

/** Kinds that answer to a product on the page or in the cart. */
export const KINDS_OF_PRODUCT: readonly RecommendationKind[] = ['bought-together', 'complements', 'next', 'similar']

function queryOf({ trial: { kind, productId }, draft }: Editor, language: string) {
  // Where a rule goes by what is on the page, any list may have a product to go by.
  const hasProduct = KINDS_OF_PRODUCT.includes(kind) || Object.values(draft.context).some((part) => part.length > 0)
  const [placement] = draft.placements
  return {
    kind,
    limit: PREVIEW_LIMIT,
    language,
    ...(hasProduct && productId !== null && { items: [productId] }),
    ...(placement !== undefined && { placement }),
  }
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].filter(Boolean).sort((a, b) => a.localeCompare(b))
}
