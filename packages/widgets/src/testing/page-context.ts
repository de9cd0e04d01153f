import type { Permission } from '@tillwright/core/contract'
import { type MemoryPlatform, memoryPlatform } from '@tillwright/core/testing'
import type { PageContext } from '../console/page.ts'

export interface TestedContext<Client> extends PageContext<Client> {
  readonly platform: MemoryPlatform
  /** Places that the page went to. */
  readonly went: string[]
}

/** What a page of the console works with, over a fake client; whoever is here may do all but `denied`. */
export function pageContext<Client>(client: Client, denied: readonly Permission[] = []): TestedContext<Client> {
  const platform = memoryPlatform()
  const went: string[] = []
  return {
    ...platform,
    platform,
    went,
    client,
    warn: () => {},
    language: () => 'en',
    can: (permission) => !denied.includes(permission),
    go: (place) => went.push(place),
  }
}
