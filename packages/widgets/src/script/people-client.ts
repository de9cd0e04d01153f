import { browserTabs, type Tabs } from '@tillwright/core/script'
import type { PeopleClient } from '../people/client.ts'
import { browserPlatform, type WidgetPlatform } from '../platform/browser.ts'
import { peopleSession } from './people-session.ts'
import { respond } from './request.ts'
import type { ScriptSettings } from './tillwright.ts'

/** What the widgets for people call, below `/auth/v1/`. */
export const PEOPLE_ROUTES = {
  auth: {
    register: 'POST register',
    login: 'POST login',
    twoFactor: 'POST two-factor',
    session: 'GET session',
    logout: 'POST logout',
    verifyEmail: 'POST verify-email',
    resendVerification: 'POST resend-verification',
    forgotPassword: 'POST forgot-password',
    resetPassword: 'POST reset-password',
    requestMagicLink: 'POST magic-link',
    useMagicLink: 'POST magic-link/use',
    reauthenticate: 'POST reauthenticate',
  },
  account: {
    update: 'PATCH account',
    changePassword: 'POST account/password',
    changeEmail: 'POST account/email',
    sessions: 'GET sessions',
    endSession: 'DELETE sessions/{sessionId}',
    startTwoFactor: 'POST account/two-factor',
    confirmTwoFactor: 'POST account/two-factor/confirm',
    removeTwoFactor: 'DELETE account/two-factor',
    newRecoveryCodes: 'POST account/recovery-codes',
    exportData: 'GET account/export',
    remove: 'DELETE account',
  },
  identities: {
    providers: 'GET providers',
    start: 'POST identities/start',
    finish: 'POST identities/finish',
    list: 'GET account/identities',
    link: 'POST account/identities',
    unlink: 'DELETE account/identities/{identityId}',
  },
} as const satisfies { [D in 'auth' | 'account' | 'identities']: Record<keyof PeopleClient[D], string> }

const FILE: string = PEOPLE_ROUTES.account.exportData
const LOOK: string = PEOPLE_ROUTES.auth.session
/** After these the session is another one. */
const TELLS: Readonly<Record<string, 'granted' | 'renewed' | 'signed_out'>> = {
  [PEOPLE_ROUTES.auth.login]: 'granted',
  [PEOPLE_ROUTES.auth.twoFactor]: 'granted',
  [PEOPLE_ROUTES.auth.useMagicLink]: 'granted',
  [PEOPLE_ROUTES.identities.finish]: 'granted',
  [PEOPLE_ROUTES.auth.reauthenticate]: 'renewed',
  [PEOPLE_ROUTES.auth.logout]: 'signed_out',
  [PEOPLE_ROUTES.account.remove]: 'signed_out',
}

type Input = Readonly<Record<string, unknown>>

/** The client of sign-in and account that comes with the script tag: session in cookies, the tenant by key or by name. */
export function createPeopleClient(
  { server, key, tenant }: Pick<ScriptSettings, 'server' | 'key' | 'tenant'>,
  platform: Pick<WidgetPlatform, 'fetch' | 'clock' | 'schedule'> = browserPlatform,
  tabs: Tabs = browserTabs(),
): PeopleClient {
  const query = key && `?key=${key}`
  const send = async (route: string, input: Input, signal?: AbortSignal) => {
    const [method, path] = route.split(' ') as [string, string]
    const { sessionId, identityId = sessionId, ...body } = input
    const hasBody = method === 'POST' || method === 'PATCH'
    const response = await respond(
      `${server}/auth/v1/${path.replace(/{\w+}/, String(identityId))}${query}`,
      {
        method,
        credentials: 'include',
        headers: {
          ...(hasBody ? { 'content-type': 'application/json' } : {}),
          ...(tenant ? { 'x-tillwright-tenant': tenant } : {}),
        },
        body: hasBody ? JSON.stringify(body) : null,
        signal: signal ?? null,
      },
      platform,
    )
    if (route === FILE) return response
    return response.status === 204 ? undefined : response.json()
  }
  const { schedule } = platform
  const place = `${server}:${key}`
  const session = peopleSession({ place, tabs, schedule, refresh: () => send('POST refresh', {}) })
  const call =
    (route: string) =>
    async (input: Input = {}, { signal }: { signal?: AbortSignal } = {}) => {
      const answer = await session.run(() => send(route, input, signal))
      if (route === LOOK && answer.status === 'expired') {
        await session.renew()
        return send(route, input, signal)
      }
      const news = TELLS[route]
      if (news === 'signed_out' || (news && answer.status === 'signed_in')) session.say(news, answer)
      return answer
    }
  const bind = (routes: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(routes).map(([name, route]) => [name, call(route)]))
  const { auth, account, identities } = PEOPLE_ROUTES
  return { session, auth: bind(auth), account: bind(account), identities: bind(identities) } as unknown as PeopleClient
}
