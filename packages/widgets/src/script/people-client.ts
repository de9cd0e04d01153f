import type { PeopleClient } from '../people/client.ts'
import { browserPlatform } from '../platform/browser.ts'
import { respond } from './request.ts'
import type { ScriptSettings } from './tillwright.ts'

/** What the widgets for people call, below `/auth/v1/`. */
export const PEOPLE_ROUTES = {
  auth: {
    register: 'POST register',
    login: 'POST login',
    twoFactor: 'POST two-factor',
    session: 'GET session',
    refresh: 'POST refresh',
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
} as const satisfies { [D in keyof PeopleClient]: Record<keyof PeopleClient[D], string> }

const FILE: string = PEOPLE_ROUTES.account.exportData

type Input = Readonly<Record<string, unknown>>

/** The client of sign-in and account that comes with the script tag: session in cookies, the tenant by key or by name. */
export function createPeopleClient(
  { server, key, tenant }: Pick<ScriptSettings, 'server' | 'key' | 'tenant'>,
  platform: Parameters<typeof respond>[2] = browserPlatform,
): PeopleClient {
  const query = key && `?key=${key}`
  const call =
    (route: string) =>
    async (input: Input = {}, { signal }: { signal?: AbortSignal } = {}) => {
      const [method, path] = route.split(' ') as [string, string]
      const { sessionId, ...body } = input
      const hasBody = method === 'POST' || method === 'PATCH'
      const response = await respond(
        `${server}/auth/v1/${path.replace('{sessionId}', String(sessionId))}${query}`,
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
  const bind = (routes: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(routes).map(([name, route]) => [name, call(route)]))
  return { auth: bind(PEOPLE_ROUTES.auth), account: bind(PEOPLE_ROUTES.account) } as unknown as PeopleClient
}
