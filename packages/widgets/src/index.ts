import { account } from './account/index.ts'
import type { ChatClient } from './chat/client.ts'
import { chatPanel } from './chat/index.ts'
import { defineLauncher } from './chat/launcher.ts'
import type { PeopleClient } from './people/client.ts'
import { recommendations } from './recommendations/index.ts'
import { defineElement, type ElementsOptions } from './registry.ts'
import { signIn } from './sign-in/index.ts'

/**
 * Makes the widgets elements of this page: `<tw-recommendations>`. `client` is any client of `@tillwright/core`, with a
 * publishable key. A second call changes nothing.
 *
 * ```ts
 * defineElements({ client: createClient({ baseUrl: 'https://brain.example.com', key: 'pk_…' }) })
 * ```
 */
export function defineElements(options: ElementsOptions): void {
  defineElement(recommendations, options)
}

/**
 * Makes `<tw-sign-in>` and `<tw-account>` elements of this page. `client` needs a session in
 * cookies, which it shares with them:
 *
 * ```ts
 * const session = personSession({ delivery: 'cookie' })
 * definePeopleElements({ client: createClient({ baseUrl: 'https://brain.example.com', key: 'pk_…', session }) })
 * ```
 */
export function definePeopleElements(options: ElementsOptions<PeopleClient>): void {
  defineElement(signIn, options)
  defineElement(account, options)
}

/**
 * Makes `<tw-chat>` an element of this page: the button, and the assistant behind it. `client` is any client of
 * `@tillwright/core`, with a publishable key; with a session, the assistant knows who is signed in.
 */
export function defineChatElements(options: ElementsOptions<ChatClient>): void {
  defineLauncher(() => options.language ?? (document.documentElement.lang || 'en'))
  defineElement(chatPanel, options)
}

export type { ChatClient, ChatDevice, DeviceAnswer, DeviceContext } from './chat/client.ts'
export type { ChatProps } from './chat/connect.ts'
export { mountChat } from './chat/index.ts'
export type { TalkStore } from './chat/stores.ts'
export type { WidgetClient } from './client.ts'
export type { Mounted } from './mount.ts'
export type { PeopleClient, PeopleSession, PeopleSessionState } from './people/client.ts'
export type { RecommendationsProps } from './recommendations/connect.ts'
export { mountRecommendations } from './recommendations/index.ts'
export { RECOMMENDATIONS_HEIGHT_PX } from './recommendations/style.ts'
export type { ElementsOptions } from './registry.ts'
export { SIGN_IN_HEIGHT_PX } from './sign-in/style.ts'
