import type { Permission } from '@tillwright/core/contract'
import type { Tillwright } from '@tillwright/core/script'
import type { ComponentChild } from 'preact'
import type { WidgetContext } from '../mount.ts'
import type { Signal } from '../signal.ts'

/** What is behind a page's place in the address: `#rules/rul_…` is the page `rules` with the path `['rul_…']`. */
export interface PageConnection<State = unknown> {
  readonly state: Signal<State>
  /** Another part of the page: what follows its name in the address. */
  open(path: readonly string[]): void
  /** The page comes into view, or goes out of it. */
  seen?(isVisible: boolean): void
  dispose(): void
}

/** What a page's behaviour works with. `Client`: as much of a client as it uses. */
export interface PageContext<Client = Tillwright> extends Omit<WidgetContext<Client>, 'notify'> {
  /** BCP 47, as it is now. */
  readonly language: () => string
  /** Whether whoever is here may do this. The server asks again at each call; this is for what to show. */
  readonly can: (permission: Permission) => boolean
  /** Goes to a place of the console: `rules/new`. */
  readonly go: (place: string) => void
}

/** What the markup of a page is drawn with. */
export interface Pen {
  /** BCP 47. */
  readonly language: string
  /** When this is drawn, in ms since 1970. */
  readonly nowAt: number
  readonly can: (permission: Permission) => boolean
  /** Whether somebody is signed in: some changes are for people, whom the log can name, and not for the holder of a link. */
  readonly isPerson: boolean
  /** What shops paste to have Tillwright on their pages. */
  readonly scriptTag: string | null
}

/** A page of the console, in parts that know little of each other. Each is a file of its own, loaded when it is opened. */
// biome-ignore lint/suspicious/noExplicitAny: the shell hands each page its own state and connection back.
export interface ConsolePage<State = any, C extends PageConnection<State> = any> {
  readonly connect: (context: PageContext) => C
  readonly view: (state: State, connection: C, pen: Pen) => ComponentChild
  readonly style: string
}

/** The pages, in the order of the menu, and what one must be allowed to see in order to be shown each. */
export const PAGES = {
  overview: 'status:read',
  rules: 'recommendations:read',
  settings: 'recommendations:read',
  report: 'reports:read',
  models: 'models:read',
  mails: 'mails:read',
  webhooks: 'webhooks:read',
  blocks: 'security:read',
} as const satisfies Record<string, Permission>

export type PageName = keyof typeof PAGES

export const PAGE_NAMES = Object.keys(PAGES) as PageName[]

/** Finds the page that an address names, `#rules/new`; the first page where it names none that is there. */
export function placeOf(hash: string): { readonly name: PageName; readonly path: readonly string[] } {
  const [name = '', ...path] = hash.replace(/^#/, '').split('/').filter(Boolean).map(decoded)
  return Object.hasOwn(PAGES, name) ? { name: name as PageName, path } : { name: 'overview', path: [] }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
