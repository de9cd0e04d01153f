import { type HttpHandler, http } from 'msw'
import { describe, expectTypeOf, it } from 'vitest'
import { contract } from '../contract/index.ts'
import { exampleOf, mockHandlers, problemResponse } from './index.ts'

describe('mockHandlers', () => {
  it('gives what msw takes', () => {
    expectTypeOf(mockHandlers(contract, { http })).toEqualTypeOf<HttpHandler[]>()
  })

  it('takes answers that fit their route', () => {
    mockHandlers(contract, {
      http,
      overrides: {
        'models.list': { items: [], nextCursor: null },
        'products.get': ({ productId }) => ({ id: productId, name: 'Tea', updatedAt: '2026-01-31T09:30:00Z' }),
        'products.remove': () => problemResponse('not_found'),
        'jobs.watch': [{ data: exampleOf(contract.jobs.get.output) }],
        'orders.import': async ({ upload }) => {
          expectTypeOf(upload.bytes).toEqualTypeOf<number>()
          return exampleOf(contract.orders.import.output)
        },
      },
    })
  })

  it('refuses others', () => {
    // @ts-expect-error there is no such route
    mockHandlers(contract, { http, overrides: { 'products.destroy': undefined } })
    // @ts-expect-error a status is one of a few
    mockHandlers(contract, { http, overrides: { 'system.alive': { status: 'fine' } } })
    // @ts-expect-error there is no such parameter
    mockHandlers(contract, { http, overrides: { 'jobs.get': ({ productId }) => productId } })
  })
})

describe('exampleOf', () => {
  it('has the type of what goes over the wire', () => {
    expectTypeOf(exampleOf(contract.system.alive.output)).toEqualTypeOf<{ status: 'ok' }>()
  })
})
