import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { type BrowserManifest, buildBrowser } from '../../build-browser.ts'
import { type Brain, json, startBrain } from './brain.ts'
import { CannedChat } from './chat.ts'
import { launchChromium } from './chromium.ts'
import { cannedPeopleAnswer } from './people.ts'
import { cannedRecommendations } from './products.ts'
import { NONCE, type Shop, STRICT_POLICY, startShop } from './shop.ts'
import { cannedStatus } from './status.ts'
import { visit } from './visit.ts'

/** A shop, the server that it talks to, and a browser to look at it with. */
export interface Site {
  readonly manifest: BrowserManifest
  readonly brain: Brain
  readonly shop: Shop
  /** A page of a fresh browser context, with what went wrong on it noted. */
  open(address: string, options?: OpenOptions): Promise<WatchedPage>
}

export interface OpenedSite extends Site {
  /** Puts everything back as it was at the start. */
  reset(): void
  close(): Promise<void>
}

export interface OpenOptions extends BrowserContextOptions {
  /** What to wait for. Default: everything that the page itself names has been loaded. */
  readonly waitUntil?: 'commit' | 'load'
}

export interface WatchedPage {
  readonly page: Page
  /** What the browser's console said, such as `warning: Tillwright: …`. */
  readonly messages: string[]
  /** Directives that were violated. */
  violations(): Promise<string[]>
  /** Cumulative Layout Shift so far. */
  layoutShift(): Promise<number>
  close(): Promise<void>
}

export async function openSite(): Promise<OpenedSite> {
  const folder = await mkdtemp(join(tmpdir(), 'tillwright-widgets-'))
  const manifest = await buildBrowser(folder)
  const [brain, shop, browser] = await Promise.all([startBrain(folder, manifest), startShop(), launchChromium()])
  const site: OpenedSite = {
    manifest,
    brain,
    shop,
    reset() {
      Object.assign(brain, { answer: cannedAnswer, tamperWith: null, filesHeld: Promise.resolve() })
      brain.calls.length = 0
      brain.files.length = 0
      Object.assign(shop, { head: scriptTag(site), body: '', language: 'en', policy: STRICT_POLICY })
    },
    open: (address, options) => openPage(browser, address, options),
    async close() {
      await Promise.all([browser.close(), brain.close(), shop.close()])
      await rm(folder, { recursive: true })
    },
  }
  site.reset()
  return site
}

/** The server at its best. */
export const cannedAnswer: Brain['answer'] = (request) => {
  const { url } = request
  if (url.pathname === '/api/v1/recommendations') return json(cannedRecommendations())
  if (url.pathname === '/api/v1/events') return json({ accepted: 1, duplicates: 0 }, 202)
  if (url.pathname === '/admin/v1/status') return json(cannedStatus())
  const ofPeople = cannedPeopleAnswer(request)
  if (ofPeople) return ofPeople
  // Remembers nothing: tests of talks have an assistant of their own.
  const ofChat = new CannedChat().answer(request)
  if (ofChat) return ofChat
  return json({ code: 'not_found', title: 'Not found' }, 404)
}

/** What a shop pastes. */
export function scriptTag(
  { brain, manifest }: Pick<Site, 'brain' | 'manifest'>,
  attributes = 'data-key="pk_test"',
): string {
  const { integrity } = manifest.files['loader.js']!
  const src = `${brain.origin}/widgets/${manifest.version}/loader.js`
  return `<script async src="${src}" integrity="${integrity}" crossorigin="anonymous" nonce="${NONCE}" ${attributes}></script>`
}

/** A script of the shop's own. */
export function inlineScript(code: string): string {
  return `<script nonce="${NONCE}">${code}</script>`
}

async function openPage(
  browser: Browser,
  address: string,
  { waitUntil = 'load', ...options }: OpenOptions = {},
): Promise<WatchedPage> {
  const { page, messages, watched, close } = await visit(browser, {
    viewport: { width: 1280, height: 720 },
    ...options,
  })
  await page.goto(address, { waitUntil })
  return {
    page,
    messages,
    violations: async () => (await watched()).violations,
    layoutShift: async () => (await watched()).shift,
    close,
  }
}
