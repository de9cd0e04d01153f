import { isStaff } from '@tillwright/core/contract'
import type { Principal } from '../context.ts'
import type { PeopleAuthenticator } from '../http/authenticate.ts'
import type { Incoming } from '../http/incoming.ts'

type Sessions = Pick<PeopleAuthenticator, 'accessCookie' | 'holder' | 'visited'>

/**
 * Finds who of a shop's people has a browser's session, for the page of the console. Access that has run out is renewed by the
 * page's own script, so its holder gets the page, which holds nothing but the shop's name; what it asks for is looked at again.
 */
export function staffSession(people: Sessions): (request: Incoming) => Promise<Principal | null> {
  return async (request) => {
    const cookie = people.accessCookie(request)
    if (cookie === null) return null
    const holder = await people.holder(cookie)
    if (!holder) return people.visited(request)
    return isStaff(holder.person?.user.role ?? 'customer') ? holder : null
  }
}
