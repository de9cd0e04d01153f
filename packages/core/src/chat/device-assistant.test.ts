import { beforeAll, describe, expect, it } from 'vitest'
import { exportDevice, intentExamplesOf, loadIntent, trainIntent, trainRecommender } from '../brain/index.ts'
import { sha256 } from '../brain/sha256.ts'
import { memoryDeviceStore } from '../device/store.ts'
import { shopPack } from '../packs/index.ts'
import { seededRandom } from '../testing/seeded-random.ts'
import { deviceAssistant } from './device-assistant.ts'

const NOW = Date.UTC(2026, 10, 21, 12)
const NAMES = ['Regency Cakestand', 'Coffee Mug Heart', 'Party Bunting', 'Paper Lantern', 'Glass Bird', 'Jam Jar Set']
const products = NAMES.map((name, n) => ({ id: `p${n}`, name, price: { amount: 500 * (n + 1), currency: 'GBP' } }))

let intents: Uint8Array
let recommender: Uint8Array
beforeAll(() => {
  intents = trainIntent(intentExamplesOf(shopPack), { size: 'linear' })
  const baskets = Array.from({ length: 60 }, (_, n) => ({
    items: [`p${n % 6}`, `p${(n + 1) % 6}`],
    at: NOW - n * 86_400_000,
  }))
  recommender = exportDevice(trainRecommender({ baskets, items: products }))
}, 120_000)

/** A device, and what the server would say if it is asked. */
function device({ isThere = true, hasShelf = true } = {}) {
  const asked: string[] = []
  const versionOf = (file: Uint8Array) => loadIntent(file).version
  const assistant = {
    ...{ pack: 'shop', name: 'Thimble', tone: 'friendly', language: 'en', timeZone: 'Europe/London', currency: 'GBP' },
    ...{ askShare: 0.1, giveUpShare: 0.05, aliases: [], history: 'device', handOff: true },
  }
  const shelf = { products, rules: [], settings: { diversity: 0, holdoutShare: 0, holdoutShows: 'nothing' } }
  const digest = digestOf(recommender)
  const answers: Record<string, () => Response> = {
    'api/v1/chat/device': () =>
      Response.json({ model: { digest: versionOf(intents), bytes: 1, url: 'intents' }, stamp: 's1', assistant }),
    intents: () => new Response(intents as Uint8Array<ArrayBuffer>),
    'api/v1/recommendations/device': () =>
      Response.json(
        hasShelf
          ? { model: { digest, bytes: 1, url: 'recommender' }, stamp: 's2', shelf }
          : { model: null, stamp: 's0', shelf: null },
      ),
    recommender: () => new Response(recommender as Uint8Array<ArrayBuffer>),
  }
  const made = deviceAssistant({
    clock: () => NOW,
    random: seededRandom(4),
    store: memoryDeviceStore(),
    packs: { shop: shopPack },
    async get(path) {
      asked.push(path)
      const answer = answers[path.split('?')[0]!]
      if (!isThere || !answer) throw new TypeError('no network')
      return answer()
    },
  })
  const say = (text: string, state?: unknown) => made.answer({ text }, state, { language: 'en-GB' })
  return { made, say, asked }
}

/** A model of recommendations goes by the digest of its whole file. */
function digestOf(file: Uint8Array): string {
  return sha256(file)
}

describe('the assistant on the device', () => {
  it('says nothing before it has anything to say it from', async () => {
    const { made, say } = device({ isThere: false })
    await expect(made.refresh()).rejects.toThrow('no network')
    expect([await made.greet({ language: 'en' }), await say('hello')]).toEqual([null, null])
  })

  it('greets, answers small talk, and finds products', async () => {
    const { made, say } = device()
    await made.refresh()
    const greeting = await made.greet({ language: 'en' })
    expect(greeting!.parts[0]).toMatchObject({ type: 'text' })
    const thanks = await say('thank you very much')
    expect(thanks).toMatchObject({ needsServer: false, parts: [{ type: 'text' }] })
    const found = await say('do you have a coffee mug')
    const shown = found!.parts.find((part) => part.type === 'products')
    expect(shown?.type === 'products' && shown.items.map(({ id }) => id)).toEqual(['p1'])
  })

  it('recommends by the model that is kept', async () => {
    const { made, say } = device()
    await made.refresh()
    const found = await say('can you recommend something for me')
    const shown = found!.parts.find((part) => part.type === 'products')
    expect(shown?.type === 'products' && shown.items.length).toBeGreaterThan(0)
  })

  it.each([
    ['an order', 'where is my order'],
    ['something to be changed', 'cancel my order 1042'],
    ['a person', 'I want to talk to a human'],
    ['what it does not understand', 'colourless green ideas sleep furiously'],
    ['a yes to what the server asked', 'yes'],
    ['a no', 'no'],
    ['an id', '536365'],
  ])('leaves %s to the server, and says nothing of it', async (_, text) => {
    const { made, say } = device()
    await made.refresh()
    expect(await say(text)).toMatchObject({ needsServer: true, parts: [] })
  })

  it('speaks its own language only', async () => {
    const { made } = device()
    await made.refresh()
    expect(await made.greet({ language: 'de' })).toBe(null)
  })

  it('asks for what is newer, and fetches a file once', async () => {
    const { made, asked } = device()
    await made.refresh()
    await made.refresh()
    expect(asked.filter((path) => path === 'intents' || path === 'recommender')).toEqual(['intents', 'recommender'])
    expect(asked.at(-1)).toBe('api/v1/recommendations/device?stamp=s2')
  })

  it('takes no file that was changed on the way', async () => {
    const { made, say } = device()
    intents = intents.with(200, intents[200]! ^ 1)
    await expect(made.refresh()).rejects.toThrow()
    expect(await say('hello')).toBe(null)
    intents = intents.with(200, intents[200]! ^ 1)
  })

  it('talks without a shelf where the shop has learnt nothing yet', async () => {
    const { made, say } = device({ hasShelf: false })
    await made.refresh()
    expect(await say('thank you')).toMatchObject({ needsServer: false })
    expect(await say('can you recommend something for me')).toMatchObject({ needsServer: true })
  })
})
