import { AsyncLocalStorage } from 'node:async_hooks'

/** Knows, anywhere below a request, which request that is. */
export interface RequestScope {
  run<T>(requestId: string, work: () => T): T
  /** `null` outside of requests. */
  readonly requestId: string | null
}

export function createRequestScope(): RequestScope {
  const storage = new AsyncLocalStorage<string>()
  return {
    run: (requestId, work) => storage.run(requestId, work),
    get requestId() {
      return storage.getStore() ?? null
    },
  }
}
