import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkPack } from './check-pack.ts'
import { createDialogue } from './create-dialogue.ts'
import { ERRANDS } from './errands.suite.ts'
import type { DialoguePack } from './types.ts'

const withFlow = (steps: unknown): unknown => ({
  ...ERRANDS,
  flows: { ...ERRANDS.flows, transfer: { version: 1, label: 'x', steps } },
})

describe('a pack', () => {
  it('that is in order has no problems, and survives JSON', () => {
    expect(checkPack(ERRANDS)).toEqual([])
    expect(checkPack(JSON.parse(JSON.stringify(ERRANDS)))).toEqual([])
  })

  it.each([
    [
      'a slot that there is not',
      withFlow([{ kind: 'slot', slot: 'colour' }]),
      'flows.transfer.steps.0',
      'among the slots',
    ],
    ['a template that there is not', withFlow([{ kind: 'say', template: 'nope' }]), 'flows.transfer.steps.0', 'nope'],
    ['a skill that there is not', withFlow([{ kind: 'call', skill: 'fly' }]), 'flows.transfer.steps.0', 'fly'],
    ['a step that there is not', withFlow([{ kind: 'go', to: 'end' }]), 'flows.transfer.steps.0', 'end'],
    ['a kind of step that there is not', withFlow([{ kind: 'dance' }]), 'flows.transfer.steps.0', 'dance'],
    [
      'a condition that is none',
      withFlow([{ kind: 'end', when: { isSet: true } }]),
      'flows.transfer.steps.0',
      'condition',
    ],
    [
      'a template that is not ICU',
      { ...ERRANDS, templates: { ...ERRANDS.templates, hours: 'from {nine' } },
      'templates.hours',
      'expected',
    ],
    [
      'two ways of answering',
      { ...ERRANDS, intents: { ...ERRANDS.intents, balance: { label: 'x', examples: [], say: 'hours', act: 'help' } } },
      'intents.balance',
      'more than one',
    ],
    [
      'no label',
      { ...ERRANDS, intents: { ...ERRANDS.intents, balance: { label: '', examples: [] } } },
      'intents.balance',
      'label',
    ],
    [
      'a pattern that can take for ever',
      { ...ERRANDS, slots: { ...ERRANDS.slots, note: { ...ERRANDS.slots.note, check: { pattern: '(a+)+' } } } },
      'slots.note.check.pattern',
      'repeats',
    ],
    ['another format', { ...ERRANDS, format: 2 }, 'format', 'must be 1'],
  ])('with %s is told where', (_, pack, path, message) => {
    expect(checkPack(pack)).toContainEqual({ path, message: expect.stringContaining(message) })
    expect(() =>
      createDialogue({
        pack: pack as DialoguePack,
        intents: { classify: () => ({ intent: null, confidence: 0, alternatives: [], scope: 0 }) },
      }),
    ).toThrow(TypeError)
  })

  it('of any shape is checked without an error', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(checkPack(value).length).toBeGreaterThan(0)
      }),
    )
    const part = fc.constantFrom('intents', 'slots', 'flows', 'skills', 'templates', 'help')
    fc.assert(
      fc.property(part, fc.dictionary(fc.constantFrom('a', 'b'), fc.jsonValue({ maxDepth: 3 })), (key, value) => {
        expect(Array.isArray(checkPack({ ...ERRANDS, [key]: value }))).toBe(true)
      }),
    )
  })

  it('whose flow goes round in circles comes to an end', () => {
    const pack = withFlow([{ kind: 'go', to: 'here', id: 'here' }]) as DialoguePack
    const transfer = { intent: 'transfer', confidence: 1 }
    const dialogue = createDialogue({
      pack,
      intents: { classify: () => ({ ...transfer, alternatives: [transfer], scope: 1 }) },
    })
    const context = { now: 0, timeZone: 'UTC', isSignedIn: true, permissions: [], random: 0 }
    const { state, effects } = dialogue.turn(
      dialogue.start(context).state,
      { kind: 'text', text: 'round and round' },
      context,
    )
    expect(effects).toMatchObject([{ kind: 'say', template: 'core.lost' }])
    expect(state.stack).toEqual([])
  })
})
