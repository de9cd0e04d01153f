import { fileURLToPath } from 'node:url'
import { exportDevice, loadRecommender, type RecommendQuery, trainRecommender } from '@tillwright/core/brain'
import { build } from 'esbuild'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { seededRandom } from '../packages/core/src/testing/seeded-random.ts'
import { describeInChromium, launchChromium } from '../packages/widgets/src/testing/chromium.ts'

const QUERIES = 1_000
const PRODUCTS = 400
const ORDERS = 3_000
const DAY_MS = 86_400_000
const START = Date.UTC(2026, 0, 1)
const KINDS = ['next', 'bought-together', 'complements', 'similar', 'for-user', 'popular', 'trending'] as const

declare global {
  interface Window {
    answers(file: readonly number[], queries: readonly RecommendQuery[]): string[]
  }
}

/** What a page does with a model file, as it is installed. Scores aside: their last digit is the engine's. */
const PAGE = `
  import { loadRecommender } from '@tillwright/core/brain'
  window.answers = (file, queries) => {
    const model = loadRecommender(Uint8Array.from(file))
    return queries.map((query) => JSON.stringify(model.recommend(query).map(({ id, reason }) => [id, reason])))
  }
`

const random = seededRandom(20)
const pick = (count: number) => Math.floor(count * random() ** 2)
const productId = (n: number) => `product-${n}`

/** Products come in families of ten that are bought together, some families more often than others. */
function shop() {
  const items = Array.from({ length: PRODUCTS }, (_, n) => ({
    id: productId(n),
    name: `${['red', 'blue', 'green'][n % 3]} thing ${Math.floor(n / 10)}`,
    categories: [`family ${Math.floor(n / 10)}`],
  }))
  const baskets = Array.from({ length: ORDERS }, (_, n) => {
    const family = pick(PRODUCTS / 10)
    const sold = Array.from({ length: 1 + pick(7) }, () =>
      productId(random() < 0.8 ? family * 10 + pick(10) : pick(PRODUCTS)),
    )
    return { items: sold, at: START + Math.floor((n * 90 * DAY_MS) / ORDERS), user: `customer-${pick(300)}` }
  })
  return { baskets, items }
}

function queries(): RecommendQuery[] {
  return Array.from({ length: QUERIES }, (_, n) => ({
    kind: KINDS[n % KINDS.length]!,
    items: Array.from({ length: pick(6) }, () => productId(pick(PRODUCTS + 5))),
    history: Array.from({ length: pick(9) }, (_, i) => ({ id: productId(pick(PRODUCTS)), at: START + i * 9 * DAY_MS })),
    limit: 10,
  }))
}

describeInChromium('A model file', () => {
  let browser: Browser
  let script = ''

  beforeAll(async () => {
    browser = await launchChromium()
    const { outputFiles } = await build({
      stdin: { contents: PAGE, resolveDir: fileURLToPath(new URL('../packages/widgets', import.meta.url)) },
      bundle: true,
      format: 'esm',
      write: false,
    })
    script = outputFiles[0]!.text
  })
  afterAll(() => browser?.close())

  const whole = trainRecommender(shop())
  it.each([
    ['whole', whole],
    ['for devices', exportDevice(whole)],
  ])(`gives a browser the answers that it gives the server, to ${QUERIES} questions: the %s`, async (_, file) => {
    const asked = queries()
    const model = loadRecommender(file)
    const expected = asked.map((query) => JSON.stringify(model.recommend(query).map(({ id, reason }) => [id, reason])))
    expect(expected.filter((answer) => answer !== '[]').length).toBeGreaterThan(QUERIES / 2)
    const page = await browser.newPage()
    await page.addScriptTag({ type: 'module', content: script })
    await page.waitForFunction(() => 'answers' in window)
    const found = await page.evaluate(([bytes, list]) => window.answers(bytes, list), [[...file], asked] as const)
    await page.close()
    expect(found.filter((answer, i) => answer !== expected[i])).toEqual([])
  })
})
