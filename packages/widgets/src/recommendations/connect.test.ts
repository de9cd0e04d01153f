import type { Recommendations } from '@tillwright/core/contract'
import type { NewEvent } from '@tillwright/core/script'
import { memoryPlatform } from '@tillwright/core/testing'
import { describe, expect, it } from 'vitest'
import { cannedRecommendations } from '../testing/products.ts'
import { connectRecommendations, type RecommendationsProps, SHOWN_AFTER_MS } from './connect.ts'

const PROPS: RecommendationsProps = {
  kind: 'bought-together',
  items: ['85123A'],
  exclude: [],
  limit: 8,
  heading: null,
  language: 'en',
  productUrl: null,
  placement: 'product page',
}

interface Ask {
  readonly query: unknown
  readonly signal: AbortSignal
  answer(change?: Partial<Recommendations>): Promise<void>
  fail(error: Error): Promise<void>
}

/** A row whose server answers when the test says so. */
function row(props: Partial<RecommendationsProps> = {}) {
  const platform = memoryPlatform()
  const asks: Ask[] = []
  const tracked: NewEvent[] = []
  const notified: object[] = []
  const warnings: string[] = []
  const connection = connectRecommendations(
    { ...PROPS, ...props },
    {
      ...platform,
      warn: (message) => warnings.push(message),
      notify: (detail) => notified.push(detail),
      client: {
        recommendations: {
          list: (query, options) =>
            new Promise((resolve, reject) => {
              asks.push({
                query,
                signal: options!.signal!,
                async answer(change) {
                  resolve(cannedRecommendations(change))
                  await platform.advance(0)
                },
                async fail(error) {
                  reject(error)
                  await platform.advance(0)
                },
              })
            }),
        },
        events: {
          async track(event) {
            tracked.push(event)
          },
        },
      },
    },
  )
  return { ...connection, platform, asks, tracked, notified, warnings }
}

describe('asking', () => {
  it('asks nothing before the row comes near, and once however often it comes near', () => {
    const { near, asks } = row()
    expect(asks).toHaveLength(0)
    near()
    near()
    expect(asks.map(({ query }) => query)).toEqual([
      { kind: 'bought-together', items: ['85123A'], exclude: [], limit: 8, language: 'en', placement: 'product-page' },
    ])
  })

  it('goes from loading to ready with the answer', async () => {
    const { near, asks, state } = row()
    near()
    expect(state.value).toMatchObject({ phase: 'loading', answer: null })
    await asks[0]!.answer()
    expect(state.value).toMatchObject({ phase: 'ready', answer: { kind: 'bought-together' } })
  })

  it('fails with a warning for the developer, and asks again on retry', async () => {
    const { near, asks, state, warnings, retry } = row()
    near()
    await asks[0]!.fail(new Error('Some of the input is not valid'))
    expect(state.value.phase).toBe('failed')
    expect(warnings).toEqual(['tw-recommendations: Some of the input is not valid'])
    retry()
    expect(state.value.phase).toBe('loading')
    await asks[1]!.answer()
    expect(state.value.phase).toBe('ready')
  })
})

describe('changes', () => {
  it('asks again when the question changes, and drops the call that is out of date', async () => {
    const { near, update, asks, state } = row()
    near()
    update({ ...PROPS, items: ['22423'] })
    expect(asks[0]!.signal.aborted).toBe(true)
    await asks[1]!.answer({ recommendationId: 'rec_new' })
    await asks[0]!.answer({ recommendationId: 'rec_old' })
    expect(state.value.answer?.recommendationId).toBe('rec_new')
  })

  it('keeps the answer when only the words around it change', async () => {
    const { near, update, asks, state } = row()
    near()
    await asks[0]!.answer()
    update({ ...PROPS, heading: 'Goes well with it' })
    expect(asks).toHaveLength(1)
    expect(state.value).toMatchObject({ phase: 'ready', props: { heading: 'Goes well with it' } })
  })

  it('does not ask for a row that is still far away', () => {
    const { update, asks } = row()
    update({ ...PROPS, items: ['22423'] })
    expect(asks).toHaveLength(0)
  })
})

describe('the reason', () => {
  it('is open for one product at a time, and closed by a new answer', async () => {
    const { near, asks, explain, retry, state } = row()
    near()
    await asks[0]!.answer()
    explain('22423')
    explain('47566')
    expect(state.value.openId).toBe('47566')
    retry()
    expect(state.value.openId).toBeNull()
  })
})

describe('events', () => {
  it('counts an answer as shown once it was half visible for a second, and once only', async () => {
    const { near, seen, asks, tracked, notified, platform } = row()
    near()
    seen(true)
    await asks[0]!.answer({ items: cannedRecommendations().items.slice(0, 2) })
    await platform.advance(SHOWN_AFTER_MS - 1)
    expect(tracked).toEqual([])
    await platform.advance(1)
    const event = {
      type: 'recommendation_shown',
      recommendationId: cannedRecommendations().recommendationId,
      productIds: ['22423', '85123A'],
    }
    expect(tracked).toEqual([event])
    expect(notified).toEqual([{ ...event, placement: 'product page' }])
    seen(false)
    seen(true)
    await platform.advance(10 * SHOWN_AFTER_MS)
    expect(tracked).toHaveLength(1)
  })

  it('starts the second anew when the row goes out of view in between', async () => {
    const { near, seen, asks, tracked, platform } = row()
    near()
    await asks[0]!.answer()
    seen(true)
    await platform.advance(SHOWN_AFTER_MS - 1)
    seen(false)
    await platform.advance(SHOWN_AFTER_MS)
    seen(true)
    await platform.advance(SHOWN_AFTER_MS - 1)
    expect(tracked).toEqual([])
    await platform.advance(1)
    expect(tracked).toHaveLength(1)
  })

  it('counts each answer for itself', async () => {
    const { near, seen, update, asks, tracked, platform } = row()
    near()
    seen(true)
    await asks[0]!.answer({ recommendationId: 'rec_first' })
    await platform.advance(SHOWN_AFTER_MS)
    update({ ...PROPS, items: ['22423'] })
    await platform.advance(SHOWN_AFTER_MS)
    await asks[1]!.answer({ recommendationId: 'rec_second' })
    await platform.advance(SHOWN_AFTER_MS)
    expect(tracked.map(({ recommendationId }) => recommendationId)).toEqual(['rec_first', 'rec_second'])
  })

  it('does not count an empty answer as shown', async () => {
    const { near, seen, asks, tracked, platform } = row()
    near()
    seen(true)
    await asks[0]!.answer({ items: [] })
    await platform.advance(SHOWN_AFTER_MS)
    expect(tracked).toEqual([])
  })

  it('says which product was clicked, and where it stood', async () => {
    const { near, asks, clicked, tracked } = row()
    near()
    await asks[0]!.answer()
    clicked('47566', 2)
    expect(tracked).toEqual([
      {
        type: 'recommendation_clicked',
        recommendationId: cannedRecommendations().recommendationId,
        productId: '47566',
        position: 2,
      },
    ])
  })
})

describe('the end', () => {
  it('drops the call in flight and the second that was running', async () => {
    const { near, seen, asks, retry, dispose, state, tracked, platform } = row()
    near()
    seen(true)
    await asks[0]!.answer()
    dispose()
    await platform.advance(SHOWN_AFTER_MS)
    expect(tracked).toEqual([])
    retry()
    dispose()
    expect(asks[1]!.signal.aborted).toBe(true)
    await asks[1]!.answer()
    expect(state.value.phase).toBe('loading')
  })
})
