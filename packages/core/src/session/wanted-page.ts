import type { Tabs } from '../ports.ts'

const KEY = 'tillwright.wanted-page'
/** A name that nobody can own (RFC 6761): what resolves to it stayed where it was. */
const HERE = 'https://here.invalid'

/** The page that a person wanted before they were asked to sign in. */
export interface WantedPage {
  /**
   * Remembers a page of this site, by default the present one, for this tab, across the pages of a sign-in. Anything that
   * would lead to another site is remembered as `/`.
   */
  rememberPage(page?: string): void
  /** The path that was remembered, which is then forgotten; `fallback` where there is none. */
  takePage(fallback?: string): string
}

export function wantedPage(tabs: Tabs): WantedPage {
  return {
    rememberPage(page = tabs.currentPage()) {
      if (page !== undefined) tabs.keep(KEY, ownPath(page))
    },
    takePage(fallback = '/') {
      const page = tabs.kept(KEY)
      tabs.keep(KEY, null)
      // Other scripts of the page can write there, too.
      return page === null ? fallback : ownPath(page)
    },
  }
}

/** Read as the browser will read it: what leads elsewhere, or is no path at all, is `/`. */
function ownPath(page: string): string {
  if (!URL.canParse(page, HERE)) return '/'
  const { origin, pathname, search, hash } = new URL(page, HERE)
  // Dot segments can leave two slashes in front, which would name a host.
  return origin === HERE && !pathname.startsWith('//') ? pathname + search + hash : '/'
}
