import { beforeAll, describe, expect, it } from 'vitest'
import {
  checkPack,
  createDialogue,
  type DialoguePack,
  type DialogueScript,
  intentAliasesOf,
  intentExamplesOf,
  runDialogue,
} from '../brain/dialogue/index.ts'
import { type IntentModel, loadIntent, trainIntent } from '../brain/intent/index.ts'
import { tokens } from '../brain/intent/tokens.ts'
import { OUT_OF_SCOPE_TEST } from './everyday/out-of-scope.ts'
import type { SentencesByIntent } from './sentences.ts'

interface PackUnderTest {
  readonly pack: DialoguePack
  /** Other words for each intent, never trained on. */
  readonly paraphrases: SentencesByIntent
  readonly dialogues: readonly DialogueScript[]
}

/** Fewer rounds than by default, so that the suite stays quick; what ships is trained for longer and is a little better. */
const EPOCHS = 20
const TRAINING_MS = 600_000

/** What every starter pack is held to. */
export function describePack({ pack, paraphrases, dialogues }: PackUnderTest): void {
  const intents = Object.entries(pack.intents)
  const said = Object.entries(paraphrases).flatMap(([intent, texts]) => texts.map((text) => ({ intent, text })))

  describe('its content', () => {
    it('is a pack that the engine can use', () => {
      expect(checkPack(pack)).toEqual([])
    })

    it('has at least 35 intents of 25 to 50 examples each, and none twice', () => {
      expect(intents.length).toBeGreaterThanOrEqual(35)
      for (const [name, { examples }] of intents) {
        expect(examples.length, name).toBeGreaterThanOrEqual(25)
        expect(examples.length, name).toBeLessThanOrEqual(50)
      }
      const read = intents.flatMap(([, { examples }]) => examples.map((text) => tokens(text).join(' ')))
      expect(read.filter((text, i) => read.indexOf(text) !== i)).toEqual([])
    })

    it('has labels for people, not names for machines', () => {
      for (const [name, { label }] of intents) {
        expect(label, name).toMatch(/^[A-Z]/)
        expect(label, name).not.toContain('_')
      }
    })

    it('is tested with at least eight paraphrases of each intent, of which it was taught none', () => {
      expect(Object.keys(paraphrases).sort()).toEqual(intents.map(([name]) => name).sort())
      for (const [name, texts] of Object.entries(paraphrases)) expect(texts.length, name).toBeGreaterThanOrEqual(8)
      const taught = new Set(intentExamplesOf(pack).map(({ text }) => tokens(text).join(' ')))
      expect(said.filter(({ text }) => taught.has(tokens(text).join(' ')))).toEqual([])
      expect(OUT_OF_SCOPE_TEST.filter((text) => taught.has(tokens(text).join(' ')))).toEqual([])
    })

    it('has a hundred dialogues of at least four turns, half of them to test with', () => {
      expect(dialogues.length).toBe(100)
      expect(dialogues.filter(({ split }) => split === 'test').length).toBe(50)
      expect(new Set(dialogues.map(({ name }) => name)).size).toBe(100)
      for (const { name, turns } of dialogues) expect(turns.length, name).toBeGreaterThanOrEqual(4)
    })
  })

  describe('once it has been learnt', () => {
    let model: IntentModel
    beforeAll(() => {
      const file = trainIntent(intentExamplesOf(pack), { epochs: EPOCHS })
      model = loadIntent(file, { aliases: intentAliasesOf(pack) })
    }, TRAINING_MS)

    it('understands nine paraphrases of ten, and has the right intent among three for 97 %', () => {
      const wrong = said.filter(({ intent, text }) => model.classify(text).intent !== intent)
      const far = said.filter(
        ({ intent, text }) =>
          !model
            .classify(text)
            .alternatives.slice(0, 3)
            .some((one) => one.intent === intent),
      )
      expect(1 - wrong.length / said.length, list(wrong)).toBeGreaterThanOrEqual(0.9)
      expect(1 - far.length / said.length, list(far)).toBeGreaterThanOrEqual(0.97)
    })

    it('refuses three of four questions that are none of its business', () => {
      const answered = OUT_OF_SCOPE_TEST.filter((text) => model.classify(text).intent !== null)
      expect(1 - answered.length / OUT_OF_SCOPE_TEST.length, answered.join('; ')).toBeGreaterThanOrEqual(0.75)
    })

    it.each(['build', 'test'] as const)('brings the dialogues to %s with to their goal, 95 of 100', (split) => {
      const dialogue = createDialogue({ pack, intents: model })
      const reports = dialogues.filter((one) => one.split === split).map((one) => runDialogue(one, dialogue))
      const lost = reports.filter(({ isGoalReached }) => !isGoalReached)
      const share = 1 - lost.length / reports.length
      expect(share, lost.map(({ name, transcript }) => `${name}\n${transcript}`).join('\n\n')).toBeGreaterThanOrEqual(
        0.95,
      )
    })
  })
}

function list(texts: readonly { intent: string; text: string }[]): string {
  return texts.map(({ intent, text }) => `${intent}: ${text}`).join('; ')
}
