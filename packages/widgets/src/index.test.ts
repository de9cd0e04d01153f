import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { beforeAll, describe, expect, it } from 'vitest'
import { RECOMMENDATIONS_HEIGHT_PX } from './index.ts'
import { describeInChromium } from './testing/chromium.ts'
import { eventually } from './testing/eventually.ts'
import { inlineScript, type WatchedPage } from './testing/site.ts'
import { useSite } from './testing/use-site.ts'

const CARD = '[part=card]:not([part~=skeleton])'

describe('@tillwright/widgets', () => {
  it('does nothing when it is imported, so that a server may render a page that uses it', () => {
    expect(RECOMMENDATIONS_HEIGHT_PX).toBe(372)
    expect('customElements' in globalThis).toBe(false)
  })
})

describeInChromium('@tillwright/widgets in a bundle', () => {
  const site = useSite()
  let bundle: string
  let opened: WatchedPage
  beforeAll(async () => {
    bundle = await bundleOf('./index.ts', '../../core/src/index.ts')
  }, 60_000)

  /** A page of a shop that bundles the package, with code of its own after it. */
  async function open(body: string, code: string) {
    const client = `createClient({ baseUrl: '${site.brain.origin}', key: 'pk_npm' })`
    site.shop.head = ''
    site.shop.body = `${body}${inlineScript(`${bundle}; const client = ${client}; ${code}`)}`
    opened = await site.open(site.shop.origin)
    return opened.page
  }

  it('defines the elements over a client of @tillwright/core', async () => {
    const page = await open(
      '<tw-recommendations kind="similar" items="85123A"></tw-recommendations>',
      "defineElements({ client, language: 'es' }); defineElements({ client })",
    )
    await page.locator('tw-recommendations').locator(CARD).first().waitFor()
    expect([...site.brain.calls[0]!.url.searchParams]).toContainEqual(['key', 'pk_npm'])
    await page.getByRole('heading', { name: 'También te puede gustar' }).waitFor()
    expect(await opened.violations()).toEqual([])
  })

  it('mounts into any element, takes changes, and goes away whole', async () => {
    const page = await open(
      '<div id="place"></div>',
      "window.row = mountRecommendations(document.getElementById('place'), { client, limit: 3 })",
    )
    const place = page.locator('#place')
    await place.locator(CARD).first().waitFor()
    expect(site.brain.calls[0]!.url.searchParams.get('limit')).toBe('3')
    const call = (code: string) => page.evaluate(code)
    await call("row.update({ heading: 'Fits well' })")
    await page.getByRole('heading', { name: 'Fits well' }).waitFor()
    await call("row.update({ items: ['22423'] })")
    await eventually(() => site.brain.calls.length).toBe(2)
    expect(site.brain.calls[1]!.url.searchParams.get('limit')).toBe('3')
    await call('row.dispose()')
    expect(await place.evaluate((element) => element.shadowRoot!.childNodes.length)).toBe(0)
  })
})

/** What a shop's own bundler makes of modules, as a script that names their exports. */
async function bundleOf(...modules: string[]): Promise<string> {
  const lines = modules.map(
    (module) => `export * from ${JSON.stringify(fileURLToPath(new URL(module, import.meta.url)))}`,
  )
  const { outputFiles } = await build({
    stdin: { contents: lines.join('\n'), resolveDir: '.', loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'tillwrightBundle',
    footer: { js: 'Object.assign(globalThis, tillwrightBundle)' },
    jsx: 'automatic',
    jsxImportSource: 'preact',
    target: 'es2022',
  })
  return outputFiles[0]!.text
}
