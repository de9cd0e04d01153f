import { expect, it } from 'vitest'
import { exampleClient, refusal } from '../../../testing/example-client.ts'
import { pageContext } from '../../../testing/page-context.ts'
import { connectSettings, isChanged } from './connect.ts'

const KEPT = { diversity: 0.2, marginWeight: 0, holdoutShare: 0, holdoutShows: 'popular', later: 'unknown here' }

async function open(answers = {}) {
  const fake = exampleClient({
    'recommendationRules.settings': () => KEPT,
    'recommendationRules.setSettings': (input: object) => input,
    ...answers,
  })
  const context = pageContext(fake.client)
  const page = connectSettings(context)
  page.open([])
  await context.platform.advance(0)
  return { ...page, ...fake, ...context }
}

it('has the settings as they are, with nothing to save', async () => {
  const { state } = await open()
  expect(state.value.draft).toEqual(KEPT)
  expect(isChanged(state.value)).toBe(false)
})

it('saves what was changed with all that was there, also what it does not know', async () => {
  const { state, change, save, of } = await open()
  change({ holdoutShare: 0.1 })
  expect(isChanged(state.value)).toBe(true)
  await save()
  expect(of('recommendationRules.setSettings')).toEqual([{ ...KEPT, holdoutShare: 0.1 }])
  expect(isChanged(state.value)).toBe(false)
  expect(state.value.isSaved).toBe(true)
  change({ diversity: 1 })
  expect(state.value.isSaved).toBe(false)
})

it('keeps what was changed where the server refuses it', async () => {
  const { state, change, save } = await open({
    'recommendationRules.setSettings': () => {
      throw refusal(403, 'forbidden')
    },
  })
  change({ diversity: 0.9 })
  await save()
  expect(state.value).toMatchObject({ failure: { kind: 'forbidden' }, draft: { diversity: 0.9 }, isSaved: false })
})
