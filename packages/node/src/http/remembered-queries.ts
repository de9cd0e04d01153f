import { LRUCache } from 'lru-cache'

const REMEMBERED_QUERIES = 1_000
/** Longer ones hold what hardly comes twice. */
const MAX_LENGTH = 512

/** Reads what follows `?`. Requests that ask the same share what was read: it is not to be changed. */
export function rememberedQueries(): (search: string) => URLSearchParams {
  const known = new LRUCache<string, URLSearchParams>({ max: REMEMBERED_QUERIES })
  return (search) => {
    const remembered = known.get(search)
    if (remembered) return remembered
    const query = new URLSearchParams(search)
    if (search.length <= MAX_LENGTH) known.set(search, query)
    return query
  }
}
