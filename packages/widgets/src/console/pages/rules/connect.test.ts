import type { RecommendationRule, RulePreview } from '@tillwright/core/contract'
import { describe, expect, it } from 'vitest'
import { exampleClient, refusal } from '../../../testing/example-client.ts'
import { pageContext } from '../../../testing/page-context.ts'
import { cannedRecommendations } from '../../../testing/products.ts'
import { connectRules, TYPING_MS } from './connect.ts'

const RULE: RecommendationRule = {
  id: `rul_${'a'.repeat(26)}`,
  name: 'Teapots first',
  action: 'boost',
  match: { categories: ['Kitchen'], minPriceMinor: 500 },
  factor: 2,
  enabled: true,
  updatedAt: '2026-01-31T09:30:00Z',
}

const PREVIEW: RulePreview = {
  answer: cannedRecommendations({ kind: 'popular' }),
  without: ['21212', '22423'],
  effects: [{ ruleId: 'draft', name: 'x', changes: [{ id: '22423', before: 1, after: 0 }] }],
}

/** The page, opened at a place. */
async function open(path: readonly string[] = [], answers: Parameters<typeof exampleClient>[0] = {}) {
  const fake = exampleClient({
    'recommendationRules.list': () => ({ items: [RULE] }),
    'recommendationRules.preview': () => PREVIEW,
    'recommendationRules.create': (rule: object) => ({
      ...rule,
      id: `rul_${'b'.repeat(26)}`,
      updatedAt: RULE.updatedAt,
    }),
    'recommendationRules.replace': ({ ruleId, ...rule }: { ruleId: string }) => ({ ...RULE, ...rule, id: ruleId }),
    ...answers,
  })
  const context = pageContext(fake.client)
  const page = connectRules(context)
  page.open(path)
  await context.platform.advance(0)
  return { ...page, ...fake, ...context, value: () => page.state.value, editor: () => page.state.value.editor! }
}

describe('the list', () => {
  it('has the rules, and what the products that they name are called', async () => {
    const named = { ...RULE, match: { ids: ['85123A', 'gone'] } }
    const { value } = await open([], {
      'recommendationRules.list': () => ({ items: [named] }),
      'products.list': () => ({ items: [], nextCursor: null }),
      'products.get': ({ productId }: { productId: string }) => {
        if (productId === 'gone') throw refusal(404, 'not_found')
        return { id: productId, name: 'White heart', inStock: true, visible: true, updatedAt: '' }
      },
    })
    expect(value().rules).toEqual([named])
    expect(value().cards).toMatchObject({ '85123A': { name: 'White heart' }, gone: null })
  })

  it('shows pictures whose address is relative to the shop, which its key for pages names', async () => {
    const key = { kind: 'publishable', revokedAt: null, origins: ['https://shop.example'] }
    const { value } = await open([], {
      'keys.list': () => ({ items: [{ ...key, kind: 'secret', origins: ['https://no.example'] }, key] }),
      'products.list': () => ({ items: [{ id: 'a', name: 'A', imageUrl: '/a.png' }], nextCursor: null }),
    })
    expect(value().cards.a?.pictureUrl).toBe('https://shop.example/a.png')
  })

  it('switches a rule off and on, and changes nothing else of it', async () => {
    const { toggle, of, value } = await open()
    await toggle(RULE)
    const { id, updatedAt: _, ...input } = RULE
    expect(of('recommendationRules.replace')).toEqual([{ ...input, ruleId: id, enabled: false }])
    expect(value().rules![0]!.enabled).toBe(false)
  })

  it('deletes a rule, and makes it again when that is undone', async () => {
    const { remove, undo, of, value } = await open()
    await remove(RULE)
    expect(value()).toMatchObject({ rules: [], notice: { kind: 'removed', rule: RULE } })
    await undo()
    const { id: _id, updatedAt: _at, ...input } = RULE
    expect(of('recommendationRules.create')).toEqual([input])
    expect(value()).toMatchObject({ rules: [input], notice: null })
  })

  it('says why something was refused, and keeps the rule', async () => {
    const { remove, value } = await open([], {
      'recommendationRules.remove': () => {
        throw refusal(403, 'forbidden')
      },
    })
    await remove(RULE)
    expect(value()).toMatchObject({ rules: [RULE], failure: { kind: 'forbidden' }, busy: [] })
  })

  it('tries again to get the rules when it is opened again', async () => {
    const gone = () => {
      throw new TypeError('Failed to fetch')
    }
    const page = await open([], { 'recommendationRules.list': gone })
    expect(page.value()).toMatchObject({ rules: null, failure: { kind: 'unreachable' } })
    page.answers['recommendationRules.list'] = () => ({ items: [RULE] })
    page.open([])
    await page.platform.advance(0)
    expect(page.value()).toMatchObject({ rules: [RULE], failure: null })
  })
})

describe('the editor', () => {
  it('says that there is no such rule', async () => {
    expect((await open(['rul_none'])).value().isMissing).toBe(true)
  })

  it('previews a rule in its next form, in place of the present one', async () => {
    const { change, platform, of, editor } = await open([RULE.id])
    change({ factor: '5' })
    await platform.advance(TYPING_MS)
    expect(of('recommendationRules.preview').at(-1)).toMatchObject({
      query: { kind: 'popular', language: 'en' },
      draft: { action: 'boost', factor: 5, match: RULE.match },
      replaces: RULE.id,
    })
    expect(editor().preview).toEqual(PREVIEW)
  })

  it('asks for a preview once people stop typing, not at each letter', async () => {
    const { change, platform, of } = await open(['new'])
    for (const name of ['T', 'Te', 'Tea']) change({ name })
    await platform.advance(TYPING_MS - 1)
    expect(of('recommendationRules.preview')).toHaveLength(0)
    await platform.advance(1)
    expect(of('recommendationRules.preview')).toHaveLength(1)
  })

  it('asks for no preview of a rule that lacks something, and says so', async () => {
    const { change, platform, of, editor } = await open(['new'])
    change({ action: 'pin' })
    await platform.advance(TYPING_MS)
    expect(of('recommendationRules.preview')).toHaveLength(0)
    expect(editor().isIncomplete).toBe(true)
  })

  it('looks at the day on which the rule begins', async () => {
    const { change, platform, of, clock } = await open(['new'])
    const from = new Date(clock() + 86_400_000).toISOString().slice(0, 16)
    change({ from })
    await platform.advance(TYPING_MS)
    expect(of('recommendationRules.preview')[0]!.at).toBe(new Date(from).toISOString())
  })

  it('asks about the page of a product where the kind is about one', async () => {
    const page = await open(['new'])
    page.try({ kind: 'bought-together', productId: '85123A' })
    await page.platform.advance(0)
    expect(page.of('recommendationRules.preview').at(-1)).toMatchObject({
      query: { kind: 'bought-together', items: ['85123A'] },
    })
  })

  it('finds products by words, and forgets an answer that is late', async () => {
    const { find, platform, editor, answers } = await open(['new'])
    let answer = (_: unknown) => {}
    answers['products.list'] = () => new Promise((resolve) => (answer = resolve))
    find('match', 'tea')
    await platform.advance(TYPING_MS)
    const late = answer
    find('match', 'teapot')
    await platform.advance(TYPING_MS)
    answer({ items: [{ id: 'pot', name: 'Teapot' }], nextCursor: null })
    late({ items: [{ id: 'tea', name: 'Tea' }], nextCursor: null })
    await platform.advance(0)
    expect(editor().searches.match.results?.map(({ id }) => id)).toEqual(['pot'])
  })

  it('saves a new rule and goes back to the list', async () => {
    const { change, save, of, went, value } = await open(['new'])
    change({ name: ' Tea ', action: 'pin', match: { ...(await open(['new'])).editor().draft.match, ids: ['85123A'] } })
    change({ position: '3' })
    await save()
    expect(of('recommendationRules.create')).toEqual([
      { name: 'Tea', action: 'pin', match: { ids: ['85123A'] }, position: 2, enabled: true },
    ])
    expect(went).toEqual(['rules'])
    expect(value().notice?.kind).toBe('saved')
  })

  it('saves nothing that is wrong, says what, and takes it back once it is right', async () => {
    const { change, save, of, editor } = await open(['new'])
    change({ factor: '1' })
    expect(editor().errors).toEqual({})
    await save()
    expect(of('recommendationRules.create')).toEqual([])
    expect(editor().errors).toEqual({ name: 'name_missing', factor: 'factor_range' })
    change({ factor: '3' })
    expect(editor().errors).toEqual({ name: 'name_missing' })
  })

  it('shows what the server refuses, and keeps what was written', async () => {
    const page = await open([RULE.id], {
      'recommendationRules.replace': () => {
        throw refusal(409, 'conflict', 'A shop has at most 500 rules')
      },
    })
    page.change({ name: 'Other' })
    await page.save()
    expect(page.value().failure).toMatchObject({ kind: 'refused', message: 'A shop has at most 500 rules' })
    expect(page.editor().draft.name).toBe('Other')
  })
})

it('asks nobody once it is disposed of', async () => {
  const { change, dispose, platform, of } = await open([RULE.id])
  const before = of('recommendationRules.preview').length
  change({ factor: '9' })
  dispose()
  await platform.advance(10 * TYPING_MS)
  expect(of('recommendationRules.preview')).toHaveLength(before)
})
