import type { WidgetClient } from '../client.ts'

/** What the script tag states, once it is read. */
export interface ScriptSettings {
  /** Address of the Tillwright server, without a trailing slash. */
  readonly server: string
  /** A publishable key; empty on the server's own pages. */
  readonly key: string
  /** On the server's own pages, which have no key: public id of the tenant that they are for. */
  readonly tenant?: string | undefined
  /** BCP 47. */
  readonly language: string
  readonly visitor: 'page' | 'session' | 'device'
}

/** What a page may ask of the script: `tillwright('track', { type: 'added_to_cart', productId: '85123A' })`. */
export type ScriptCall =
  | readonly ['track', Parameters<WidgetClient['events']['track']>[0]]
  | readonly ['ready', (client: WidgetClient) => void]

/** A file beside the loader, and its SRI digest. */
export type LoadableFile = readonly [name: string, integrity: string]
/** A module, then the chunks that it imports. */
export type LoadableModule = readonly [LoadableFile, ...LoadableFile[]]

/** `window.tillwright`. Before the loader has come it is the stub that the page itself defines. */
export interface TillwrightGlobal {
  (...call: ScriptCall): void
  /** Calls that wait for the client; later, what carries them out. Stubs put `arguments` in. */
  q?: { push(call: ArrayLike<unknown>): unknown }
  /** Set by the loader: the script tag is at work on this page. */
  settings?: ScriptSettings
  /** Loads one of the script's modules against its digest. Rejects where it cannot be had, or was changed on the way. */
  load?(module: LoadableModule): Promise<void>
}

declare global {
  interface Window {
    tillwright?: TillwrightGlobal
    /** Trusted Types (W3C), which TypeScript's DOM does not know yet. */
    trustedTypes?: {
      createPolicy(
        name: string,
        rules: { createScriptURL(url: string): string },
      ): { createScriptURL(url: string): string }
    }
  }
}
