import type { Tillwright } from '@tillwright/core'
import type { createClient } from '@tillwright/core/script'
import { describe, expectTypeOf, it } from 'vitest'
import type { ElementsOptions, Mounted, mountRecommendations, RecommendationsProps, WidgetClient } from './index.ts'

describe('@tillwright/widgets', () => {
  it('takes any client of @tillwright/core', () => {
    expectTypeOf<Tillwright>().toExtend<WidgetClient>()
    expectTypeOf<ReturnType<typeof createClient>>().toExtend<WidgetClient>()
    expectTypeOf<{ client: Tillwright }>().toExtend<ElementsOptions>()
  })

  it('has a default for everything but the client', () => {
    expectTypeOf<{ client: Tillwright }>().toExtend<Parameters<typeof mountRecommendations>[1]>()
    expectTypeOf<{ limit: number }>().not.toExtend<Parameters<typeof mountRecommendations>[1]>()
    expectTypeOf<ReturnType<typeof mountRecommendations>>().toEqualTypeOf<Mounted<Partial<RecommendationsProps>>>()
  })

  it('knows the kinds', () => {
    expectTypeOf<RecommendationsProps['kind']>().toEqualTypeOf<'popular' | 'bought-together' | 'similar'>()
  })
})
