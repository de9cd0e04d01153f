/** One renewal at a time, in whichever tab of the browser. */
const LOCK = 'tillwright:console:renewal'

export interface RenewingPorts {
  /** The server's address, with a slash at its end. */
  readonly server: string
  readonly fetch: (request: Request) => Promise<Response>
  /** Runs work while no other tab runs work of the same name. */
  readonly inTurn: (name: string, work: () => Promise<void>) => Promise<unknown>
}

/**
 * A fetch for pages of people who are signed in with cookies: where their access has run out, which it does every quarter of an
 * hour, it is renewed, and the call sent again. The server gives the same renewal to calls that ask for it at once.
 */
export function renewingFetch({ server, fetch, inTurn }: RenewingPorts): (request: Request) => Promise<Response> {
  return async (request) => {
    const again = request.clone()
    const response = await fetch(request)
    if (response.status !== 401 || (await codeOf(response)) !== 'invalid_token') return response
    let isRenewed = false
    await inTurn(LOCK, async () => {
      isRenewed = (await fetch(renewal(server))).ok
    })
    return isRenewed ? fetch(again) : response
  }
}

function renewal(server: string): Request {
  return new Request(`${server}auth/v1/refresh`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
}

async function codeOf(response: Response): Promise<unknown> {
  const problem = (await response
    .clone()
    .json()
    .catch(() => null)) as { code?: unknown } | null
  return problem?.code
}

/** Takes turns by the browser's locks; where it has none, at once. */
export async function inTurnOfTabs(name: string, work: () => Promise<void>): Promise<void> {
  if (navigator.locks) await navigator.locks.request(name, work)
  else await work()
}
