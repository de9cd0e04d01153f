import { afterAll, beforeAll, beforeEach } from 'vitest'
import { type OpenedSite, openSite, type Site, type WatchedPage } from './site.ts'

/** How long widgets may take to build, in ms. */
const BUILDING_MS = 180_000

/** A site for the tests of the `describe` around it: as at its start before each of them, its pages closed after each. */
export function useSite(): Site {
  let site: OpenedSite
  const pages: WatchedPage[] = []
  beforeAll(async () => {
    site = await openSite()
  }, BUILDING_MS)
  afterAll(() => site?.close())
  beforeEach(() => {
    site.reset()
    return async () => {
      for (const page of pages.splice(0)) await page.close()
    }
  })
  return {
    get manifest() {
      return site.manifest
    },
    get brain() {
      return site.brain
    },
    get shop() {
      return site.shop
    },
    async open(address, options) {
      const page = await site.open(address, options)
      pages.push(page)
      return page
    },
  }
}
