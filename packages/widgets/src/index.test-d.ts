import type { RecommendationKind, Tillwright, WithSession } from '@tillwright/core'
import type { createClient } from '@tillwright/core/script'
import { describe, expectTypeOf, it } from 'vitest'
import type {
  ChatClient,
  ElementsOptions,
  Mounted,
  mountChat,
  mountRecommendations,
  PeopleClient,
  RecommendationsProps,
  WidgetClient,
} from './index.ts'

describe('@tillwright/widgets', () => {
  it('takes any client of @tillwright/core', () => {
    expectTypeOf<Tillwright>().toExtend<WidgetClient>()
    expectTypeOf<ReturnType<typeof createClient>>().toExtend<WidgetClient>()
    expectTypeOf<{ client: Tillwright }>().toExtend<ElementsOptions>()
  })

  it('takes a client with a session for people, and none without', () => {
    expectTypeOf<Tillwright & WithSession>().toExtend<PeopleClient>()
    expectTypeOf<Tillwright>().not.toExtend<PeopleClient>()
  })

  it('takes any client for the assistant', () => {
    expectTypeOf<Tillwright>().toExtend<ChatClient>()
    expectTypeOf<{ client: Tillwright }>().toExtend<Parameters<typeof mountChat>[1]>()
  })

  it('has a default for everything but the client', () => {
    expectTypeOf<{ client: Tillwright }>().toExtend<Parameters<typeof mountRecommendations>[1]>()
    expectTypeOf<{ limit: number }>().not.toExtend<Parameters<typeof mountRecommendations>[1]>()
    expectTypeOf<ReturnType<typeof mountRecommendations>>().toEqualTypeOf<Mounted<Partial<RecommendationsProps>>>()
  })

  it('knows the kinds', () => {
    expectTypeOf<RecommendationsProps['kind']>().toEqualTypeOf<RecommendationKind>()
  })
})
