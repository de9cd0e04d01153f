import 'fake-indexeddb/auto'
import { expect, it } from 'vitest'
import { idbTalks } from './idb-talks.ts'

const talk = (n: number, updatedAt = n) => ({ key: `tlk_${n}`, updatedAt, title: `about ${n}` })

it('gives talks back, the last one spoken in first', async () => {
  const talks = idbTalks<ReturnType<typeof talk>>('order')
  for (const n of [1, 2, 3]) await talks.put(talk(n))
  await talks.put(talk(1, 9))
  expect(await talks.list()).toEqual([talk(1, 9), talk(3), talk(2)])
  await talks.remove('tlk_3')
  expect((await talks.list()).map(({ key }) => key)).toEqual(['tlk_1', 'tlk_2'])
})

it('is there for whoever opens it next', async () => {
  await idbTalks<ReturnType<typeof talk>>('again').put(talk(1))
  expect(await idbTalks<ReturnType<typeof talk>>('again').list()).toEqual([talk(1)])
})

it('keeps the newest fifty', async () => {
  const talks = idbTalks<ReturnType<typeof talk>>('many')
  for (let n = 1; n <= 53; n++) await talks.put(talk(n))
  const kept = await talks.list()
  expect([kept.length, kept[0]!.key, kept.at(-1)!.key]).toEqual([50, 'tlk_53', 'tlk_4'])
})
