// Cookies of a browser's session. `__Host-` makes browsers insist on `Secure` and `Path=/`, and on no other host.
// `SameSite=Lax`: they come with a click on a link from elsewhere, never with another site's form or script.

const ACCESS = '__Host-tw_access'
const REFRESH = '__Host-tw_refresh'
const DEVICE = '__Host-tw_device'
/** Of a browser that has set out to a provider; the same for all its tabs, so it outlives the first that is back. */
const VISIT = '__Host-tw_visit'
/** Of an account at a provider that waits for its owner to sign in. */
const PROOF = '__Host-tw_proof'
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Lax'
const DEVICE_SECONDS = 365 * 86_400
/** How long a visit to a provider may take, and how long an account at one waits for its owner. */
export const VISIT_SECONDS = 10 * 60

/** Where a header of a request is read from. */
interface Headers {
  header(name: string): string | null
}

export interface CookieGrant {
  readonly accessToken: string
  readonly refreshToken: string | null
  /** Seconds until the session ends; the cookie of a session that is not to be remembered goes with the browser. */
  readonly lastsSeconds: number | null
}

export function sessionCookies({ accessToken, refreshToken, lastsSeconds }: CookieGrant): string[] {
  const lasts = lastsSeconds === null ? '' : `; Max-Age=${lastsSeconds}`
  const access = `${ACCESS}=${accessToken}; ${ATTRIBUTES}${lasts}`
  return refreshToken === null ? [access] : [access, `${REFRESH}=${refreshToken}; ${ATTRIBUTES}${lasts}`]
}

export function deviceCookie(token: string): string {
  return `${DEVICE}=${token}; ${ATTRIBUTES}; Max-Age=${DEVICE_SECONDS}`
}

const kept = (name: string) => (token: string) => `${name}=${token}; ${ATTRIBUTES}; Max-Age=${VISIT_SECONDS}`
export const keepVisitCookie = kept(VISIT)
export const keepProofCookie = kept(PROOF)

const ended = (name: string) => `${name}=; ${ATTRIBUTES}; Max-Age=0`
export const ENDED_COOKIES = [ACCESS, REFRESH].map(ended)
export const ENDED_PROOF_COOKIE = ended(PROOF)

export const accessCookie = (request: Headers) => cookie(request, ACCESS)
export const refreshCookie = (request: Headers) => cookie(request, REFRESH)
export const deviceCookieOf = (request: Headers) => cookie(request, DEVICE)
export const visitCookie = (request: Headers) => cookie(request, VISIT)
export const proofCookie = (request: Headers) => cookie(request, PROOF)

/** The cookie, where there is exactly one of the name and it looks like one of ours. */
function cookie(request: Headers, name: string): string | null {
  const values = (request.header('cookie') ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
  return values.length === 1 && /^[\w.-]{1,4096}$/.test(values[0]!) ? values[0]! : null
}
