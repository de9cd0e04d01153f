import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOf } from './bound-state.ts'
import { CONTEXT, theErrands } from './conversation.suite.ts'
import { ERRANDS } from './errands.suite.ts'
import { MAX_STATE_BYTES } from './memory.ts'
import type { DialogueInput, DialogueState, DialogueTurn, Json, SkillResult } from './types.ts'

const BINDING = new Set(Object.entries(ERRANDS.skills).flatMap(([name, { confirm }]) => (confirm ? [name] : [])))
const sayTo = (state: DialogueState, text: string): DialogueTurn =>
  theErrands().turn(state, { kind: 'text', text }, CONTEXT)
const textOf = ({ effects }: DialogueTurn) =>
  effects.flatMap((one) => ('text' in one && one.kind !== 'unanswered' ? [one.text] : [])).join('\n')
const sizeOf = (state: DialogueState) => new TextEncoder().encode(JSON.stringify(state)).length

describe('bad input', () => {
  const inputs: [string, string][] = [
    ['10,000 characters', 'a'.repeat(10_000)],
    ['10,000 words', 'send money '.repeat(1_000)],
    ['500 emoji', '👩‍👩‍👧'.repeat(500)],
    ['nothing', ''],
    ['spaces', ' \n\t '.repeat(100)],
    ['what is not seen', '\u200b\u200d\u2060\ufeff\u202e'.repeat(20)],
    ['control characters', '\u0000\u0007\u001b[31m\u009f'],
    ['halves of pairs', '\ud83d\ud83d\udc4d\udc4d'],
    ['right to left', 'أين طلبي؟ \u202eהזמנה'],
    ['script', '<script>alert(1)</script>'],
    ['SQL', "'; drop table orders; --"],
    ['a template', '{slots.amount} {n, plural, other {#}} {'],
    ['names of properties', '__proto__ constructor toString'],
  ]

  it.each(inputs)('is answered and leaves a small state, whether something was asked or not: %s', (_, text) => {
    const started = theErrands().start(CONTEXT).state
    for (const before of ['', 'send money', 'I want to complain', 'cancel order 1042']) {
      const { state } = before ? sayTo(started, before) : { state: started }
      const turn = sayTo(state, text)
      expect(textOf(turn)).not.toBe('')
      expect(textOf(turn)).not.toMatch(/undefined|\[object|NaN/)
      expect(sizeOf(turn.state)).toBeLessThan(MAX_STATE_BYTES)
    }
  })

  it('is text and nothing else: it is shown as it was said, and fills no template', () => {
    const { state } = sayTo(theErrands().start(CONTEXT).state, 'send money')
    expect(textOf(sayTo(state, '{slots.amount} <b>'))).toContain('“{slots.amount} <b>”')
  })

  it('too long for a free text is refused with the limit, not cut without a word', () => {
    const { state } = sayTo(theErrands().start(CONTEXT).state, 'I want to complain')
    for (const length of [301, 1_999, 10_000]) {
      const turn = sayTo(state, 'x'.repeat(length))
      expect(textOf(turn)).toContain('300')
      expect(turn.state.stack.at(-1)!.slots).toEqual({})
    }
  })

  it('loses what is not seen before it is kept', () => {
    const { state } = sayTo(theErrands().start(CONTEXT).state, 'I want to complain')
    const turn = sayTo(state, 'the \u202ebox\u0000 was\u200b  open')
    expect(turn.state.stack.at(-1)!.slots.subject).toBe('the box was open')
  })

  it('costs about as much for 100,000 characters as for 2,000', () => {
    const { state } = theErrands().start(CONTEXT)
    const cpuOf = (text: string) => {
      const before = process.cpuUsage().user
      for (let i = 0; i < 5; i++) sayTo(state, text)
      return process.cpuUsage().user - before
    }
    const words = (count: number) => 'from £3 to savings and 5 May '.repeat(count)
    cpuOf(words(80))
    expect(cpuOf(words(4_000))).toBeLessThan(20 * cpuOf(words(80)) + 50_000)
  })
})

const text = fc.oneof(
  fc.constantFrom(
    'send money',
    'move £100 from current to savings',
    'yes',
    'no',
    'ok',
    'cancel',
    'undo',
    'repeat',
    'skip',
    'help',
    'start over',
    'agent',
    'where is order 1042',
    'cancel order 1042',
    'can I cancel it',
    '1042',
    '50',
    '£50',
    'savings',
    'current',
    'no, 50',
    'I meant savings',
    'and last month?',
    'how much did I spend on food',
    'the second one',
    'show me hats',
    'I want to complain',
    'hello',
    'thanks',
    'what is my balance',
    'change the amount',
    'yes but make it 70',
    'what is the capital of Peru',
    '👍',
    'bye',
  ),
  fc.string({ maxLength: 80 }),
  fc.string({ unit: 'binary', maxLength: 2_000 }),
)
const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>
const input: fc.Arbitrary<DialogueInput | 'chip'> = fc.oneof(
  { weight: 10, arbitrary: text.map((said) => ({ kind: 'text', text: said }) as const) },
  { weight: 3, arbitrary: fc.constant('chip' as const) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('chip' as const),
      id: fc.string({ maxLength: 8 }),
      label: fc.constantFrom('Yes', 'No', 'Current'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .dictionary(fc.constantFrom('amount', 'from', 'to', 'order', 'subject', '__proto__'), json)
      .map((values) => ({ kind: 'form', values }) as DialogueInput),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<DialogueInput>(
      { kind: 'signed-in' },
      { kind: 'stepped-up' },
      { kind: 'step-up-refused' },
      { kind: 'person-joined' },
      { kind: 'person-left' },
    ),
  },
)
const outcome = fc.oneof(
  fc.record({ ok: fc.constant(true as const), data: fc.dictionary(fc.string({ maxLength: 10 }), json) }),
  fc.record({
    ok: fc.constant(false as const),
    code: fc.constantFrom('not-found', 'step-up', 'sign-in', 'unavailable', 'many:order', 'insufficient', 'x'),
  }),
  fc.constant('late' as const),
)

describe('any conversation', () => {
  const step = fc.tuple(input, outcome, fc.double({ min: 0, max: 0.999, noNaN: true }), fc.boolean())

  it('never throws, stays small, keeps its JSON, and does nothing binding without a yes to it', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 14 }), (steps) => {
        const dialogue = theErrands()
        let turn = dialogue.start(CONTEXT)
        let asked: string | undefined
        for (const [what, result, random, isSignedIn] of steps) {
          const context = { ...CONTEXT, random, isSignedIn }
          const chip = turn.effects.flatMap((one) => ('chips' in one ? [...one.chips] : []))[Math.floor(random * 4)]
          const came: DialogueInput =
            what !== 'chip' ? what : chip ? { kind: 'chip', ...chip } : { kind: 'text', text: 'ok' }
          turn = dialogue.turn(turn.state, came, context)
          for (let i = 0; ; i++) {
            expect(sizeOf(turn.state)).toBeLessThanOrEqual(MAX_STATE_BYTES)
            expect(JSON.parse(JSON.stringify(turn.state))).toEqual(turn.state)
            const call = turn.effects.find((one) => one.kind === 'call')
            if (call?.kind === 'call' && BINDING.has(call.skill)) {
              expect(call.isConfirmed).toBe(true)
              // Exactly what the last confirmation showed.
              expect(JSON.stringify([call.skill, call.args])).toBe(asked)
            }
            const confirm = turn.effects.findLast((one) => one.kind === 'confirm')
            if (confirm?.kind === 'confirm') asked = JSON.stringify([confirm.skill, confirm.args])
            if (call?.kind !== 'call' || result === 'late' || i > 5) break
            turn = dialogue.resume(turn.state, { ...result, callId: call.callId } as SkillResult, context)
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('measures its state in UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (said) => {
        expect(bytesOf(said.toWellFormed())).toBe(new TextEncoder().encode(said.toWellFormed()).length)
      }),
    )
  })

  it('with results of any size stays small', () => {
    const dialogue = theErrands()
    const asked = sayTo(dialogue.start(CONTEXT).state, 'show me hats')
    const call = asked.effects.find((one) => one.kind === 'call')!
    const rows = Array.from({ length: 2_000 }, (_, i) => ({
      id: `p${i}`,
      name: '漢'.repeat(500),
      deep: [[[[[['x']]]]]],
    }))
    const items = rows.map(({ id, name }) => ({ list: 'products', id, name }))
    const done = dialogue.resume(
      asked.state,
      { callId: 'callId' in call ? call.callId : '', ok: true, data: { count: 3, rows }, items },
      CONTEXT,
    )
    expect(sizeOf(done.state)).toBeLessThanOrEqual(MAX_STATE_BYTES)
    expect(textOf(done)).toContain('3')
  })
})
