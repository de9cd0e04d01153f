import { LRUCache } from 'lru-cache'
import type { TenantDb } from '../db/open.ts'
import type { Clock } from '../ports.ts'

const REMEMBERED_TENANTS = 1_000

/** Finds something out about a tenant, and again once the answer is `lifeMs` old; who asks meanwhile shares it. */
export function remember<T extends object>(
  find: (db: TenantDb) => Promise<T>,
  lifeMs: (answer: T) => number,
  clock: Clock,
): (db: TenantDb) => Promise<T> {
  const answers = new LRUCache<number, { readonly at: number; readonly answer: T }>({ max: REMEMBERED_TENANTS })
  const asked = new Map<number, Promise<T>>()

  async function ask(db: TenantDb): Promise<T> {
    const at = clock()
    const answer = await find(db)
    answers.set(db.tenantId, { at, answer })
    return answer
  }

  return async (db) => {
    const known = answers.get(db.tenantId)
    if (known && clock() - known.at < lifeMs(known.answer)) return known.answer
    let asking = asked.get(db.tenantId)
    if (!asking) {
      asking = ask(db).finally(() => asked.delete(db.tenantId))
      asked.set(db.tenantId, asking)
    }
    return asking
  }
}
