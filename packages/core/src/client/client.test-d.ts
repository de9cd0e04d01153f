import { describe, expectTypeOf, it } from 'vitest'
import type { Event } from '../contract/events.ts'
import type { Job } from '../contract/jobs.ts'
import {
  type ClientOptions,
  createClient,
  type NewEvent,
  type Page,
  type PageList,
  type PersonSession,
  personSession,
  type Tillwright,
} from '../index.ts'
import type { createClient as createPageClient, createStaffClient, PageClient } from '../script/index.ts'
import type { CallOptions } from './bind.ts'

declare const client: Tillwright

describe('createClient', () => {
  it('gives the same type from the npm package and from the script tag, with all routes', () => {
    expectTypeOf<ReturnType<typeof createClient>>().toEqualTypeOf<Tillwright>()
    expectTypeOf<ReturnType<typeof createStaffClient>>().toEqualTypeOf<Tillwright>()
  })

  it('gives pages what pages may call', () => {
    expectTypeOf<ReturnType<typeof createPageClient>>().toEqualTypeOf<PageClient>()
    expectTypeOf<Tillwright>().toExtend<PageClient>()
    expectTypeOf<PageClient['products']>().toHaveProperty('list')
    expectTypeOf<PageClient['products']>().not.toHaveProperty('upsert')
    expectTypeOf<PageClient>().toHaveProperty('account')
    expectTypeOf<PageClient>().not.toHaveProperty('orders')
  })

  it('has a session where it is given one', () => {
    const options = { baseUrl: 'https://brain.example.com' }
    const open = () => createClient({ ...options, session: personSession() })
    expectTypeOf<ReturnType<typeof open>['session']>().toEqualTypeOf<PersonSession>()
    expectTypeOf<Tillwright>().not.toHaveProperty('session')
  })

  it('needs a base address and nothing else', () => {
    expectTypeOf<{ baseUrl: string }>().toExtend<ClientOptions>()
    expectTypeOf<{ key: string }>().not.toExtend<ClientOptions>()
    // @ts-expect-error a visitor's scope is one of three
    const wrong: ClientOptions = { baseUrl: 'https://brain.example.com', visitor: 'forever' }
    void wrong
  })
})

describe('input', () => {
  it('can be left out where nothing of it is required', () => {
    expectTypeOf(client.products.list).toBeCallableWith()
    expectTypeOf(client.products.list).toBeCallableWith({ search: 'tea' })
    expectTypeOf(client.recommendations.list).toBeCallableWith()
    expectTypeOf(client.models.train).toBeCallableWith()
    expectTypeOf(client.system.alive).toBeCallableWith(undefined, { retries: 0 })
  })

  it('cannot be left out where some of it is required', () => {
    // @ts-expect-error needs productId
    void client.products.get()
    // @ts-expect-error needs productId
    void client.products.get({})
    // @ts-expect-error needs items
    void client.products.upsert({})
    // @ts-expect-error needs a body and its type
    void client.orders.import({ map: 'id=invoice' })
  })

  it('is one flat object of parameters, query and body', () => {
    type Input = Parameters<typeof client.orders.import>[0]
    expectTypeOf<Input>().toHaveProperty('map')
    expectTypeOf<Input['type']>().toEqualTypeOf<string>()
    expectTypeOf<Uint8Array>().toExtend<Input['body']>()
    expectTypeOf<ReadableStream<Uint8Array>>().toExtend<Input['body']>()
    expectTypeOf(client.jobs.retry).parameter(0).toEqualTypeOf<{ jobId: string }>()
  })

  it('that is wrong does not compile', () => {
    // @ts-expect-error an id is a text
    void client.products.get({ productId: 7 })
    // @ts-expect-error there is no such kind
    void client.recommendations.list({ kind: 'magic' })
    // @ts-expect-error items is a list
    void client.recommendations.list({ items: 'a' })
    // @ts-expect-error there is no such parameter
    void client.products.list({ colour: 'blue' })
    // @ts-expect-error an order needs a currency
    void client.orders.upsert({ items: [{ id: '1', placedAt: '2026-01-31T09:30:00Z', lines: [] }] })
    // @ts-expect-error there is no such option
    void client.products.list({}, { retry: 3 })
    // @ts-expect-error there is no such route
    void client.products.destroy
    // @ts-expect-error there is no such domain
    void client.unicorns
  })

  it('may leave out what has a default, though answers always have it', () => {
    expectTypeOf(client.products.upsert).toBeCallableWith({ items: [{ id: 'a', name: 'Tea' }] })
    expectTypeOf<Awaited<ReturnType<typeof client.products.get>>['inStock']>().toEqualTypeOf<boolean>()
  })
})

describe('answers', () => {
  it('of lists are PageLists: a page when awaited, items when walked', () => {
    expectTypeOf(client.jobs.list()).toEqualTypeOf<PageList<Job>>()
    expectTypeOf<Awaited<PageList<Job>>>().toEqualTypeOf<Page<Job>>()
    expectTypeOf<Page<Job>>().toEqualTypeOf<{ items: Job[]; nextCursor: string | null }>()
    expectTypeOf(client.jobs.list()[Symbol.asyncIterator]).returns.toEqualTypeOf<AsyncIterator<Job>>()
  })

  it('of streams are async iterables of events', () => {
    expectTypeOf(client.jobs.watch({ jobId: 'job_1' })).toEqualTypeOf<AsyncIterable<{ id: string | null; data: Job }>>()
  })

  it('that are files are responses', () => {
    expectTypeOf(client.jobs.rejects({ jobId: 'job_1' })).toEqualTypeOf<Promise<Response>>()
    expectTypeOf(client.models.download({ digest: 'ab' })).toEqualTypeOf<Promise<Response>>()
  })

  it('without a body are undefined', () => {
    expectTypeOf(client.products.remove({ productId: 'a' })).toEqualTypeOf<Promise<undefined>>()
  })

  it('have the types of the contract', () => {
    expectTypeOf(client.jobs.get({ jobId: 'job_1' })).toEqualTypeOf<Promise<Job>>()
    expectTypeOf<Job['state']>().toEqualTypeOf<'queued' | 'running' | 'done' | 'dead'>()
    expectTypeOf(client.system.alive()).toEqualTypeOf<Promise<{ status: 'ok' }>>()
    expectTypeOf<Awaited<ReturnType<typeof client.recommendations.list>>['source']>().toEqualTypeOf<
      'server' | 'device'
    >()
  })
})

describe('events', () => {
  it('need a type and nothing else', () => {
    expectTypeOf(client.events.track).toBeCallableWith({ type: 'page_viewed' })
    expectTypeOf(client.events.track).parameter(0).toEqualTypeOf<NewEvent>()
    expectTypeOf<Event>().toExtend<NewEvent>()
    // @ts-expect-error there is no such type
    void client.events.track({ type: 'sneezed' })
    // @ts-expect-error a type is needed
    void client.events.track({ productId: 'a' })
  })
})

describe('call options', () => {
  it('are the same for every route', () => {
    expectTypeOf(client.products.get).parameter(1).toEqualTypeOf<CallOptions | undefined>()
    expectTypeOf(client.jobs.watch).parameter(1).toEqualTypeOf<CallOptions | undefined>()
  })
})
