import { describe, expect, it } from 'vitest'
import { CONTEXT, talk, theErrands } from './conversation.suite.ts'
import { createDialogue } from './create-dialogue.ts'
import { ERRANDS } from './errands.suite.ts'
import type { DialogueTurn } from './types.ts'

/** What people complain of in other assistants: each is a conversation that must not go like that here. */
describe('no assistant of ours', () => {
  it('answers nonsense with confidence', () => {
    const { wrong } = talk(
      ['purple monkey dishwasher', 'flarb the glonk', 'colourless green ideas sleep'].map((user) => ({
        user,
        expect: { calls: [], flow: null, intent: null },
      })),
    )
    expect(wrong).toBe('')
  })

  it('asks "did you mean" with a name from inside', () => {
    const names = ['order_status', 'product_search', 'nlu_fallback', 'cancel_order']
    const intents = {
      classify: () => ({
        intent: 'nlu_fallback',
        confidence: 0.5,
        scope: 1,
        alternatives: [
          { intent: 'nlu_fallback', confidence: 0.5 },
          { intent: 'order_status', confidence: 0.2 },
          { intent: 'cancel_order', confidence: 0.2 },
        ],
      }),
    }
    const dialogue = createDialogue({ pack: ERRANDS, intents })
    const { transcript } = talk(['er', 'hmm what', 'no', 'something else', 'order'], {}, dialogue)
    for (const name of names) expect(transcript).not.toContain(name)
  })

  it('goes round in a circle after "no"', () => {
    for (const start of [
      'send money',
      'where is my order',
      'I want to complain',
      'cancel order 1042',
      'what is the capital of Peru',
    ]) {
      let turn: DialogueTurn = theErrands().turn(
        theErrands().start(CONTEXT).state,
        { kind: 'text', text: start },
        CONTEXT,
      )
      for (let i = 0; i < 4; i++) turn = theErrands().turn(turn.state, { kind: 'text', text: 'no' }, CONTEXT)
      expect(turn.state.stack).toEqual([])
      expect(turn.effects.map(({ kind }) => kind)).toEqual(['say'])
    }
  })

  it.each(['hello', 'thanks', 'how are you?', 'hi there', 'thank you so much', 'ok', '👍', 'how is it going'])(
    'stores small talk as the value of a slot: %s',
    (said) => {
      const { wrong } = talk([
        'I want to complain',
        { user: said, expect: { slots: { subject: null }, asks: 'subject' } },
        { user: 'the box was open', expect: { slots: { subject: 'the box was open' } } },
      ])
      expect(wrong).toBe('')
    },
  )

  it('asks the wrong slot again when an earlier one is corrected', () => {
    const { wrong } = talk([
      'send £20',
      'current',
      {
        user: 'no, I meant savings',
        expect: { asks: 'to', slots: { from: { id: 'acc_2' }, amount: { amount: 2000 }, to: null } },
      },
      {
        user: 'actually £30',
        expect: { asks: 'to', slots: { from: { id: 'acc_2' }, amount: { amount: 3000 }, to: null } },
      },
      { user: 'current', expect: { asks: 'note', slots: { to: { id: 'acc_1' } } } },
    ])
    expect(wrong).toBe('')
  })

  it('talks over a person', () => {
    const { wrong } = talk(
      [
        'I want to talk to a person',
        ...['hello?', 'send money', 'are you there', 'yes'].map((user) => ({ user, expect: { effects: [] } })),
      ],
      { reaches: { handOff: true } },
    )
    expect(wrong).toBe('')
  })

  it('hands over without a word, or without telling anybody', () => {
    expect(talk([{ user: 'agent', expect: { effects: ['say', 'hand-off'] } }]).wrong).toBe('')
  })

  it('loses what was said when the page changes: all there is to keep is the state', () => {
    const dialogue = theErrands()
    const { state } = dialogue.turn(
      dialogue.start(CONTEXT).state,
      { kind: 'text', text: 'send £20 to savings' },
      CONTEXT,
    )
    const kept = JSON.parse(JSON.stringify(state))
    const { effects } = dialogue.turn(
      kept,
      { kind: 'text', text: 'from current' },
      { ...CONTEXT, now: CONTEXT.now + 3_600_000 },
    )
    expect(effects.at(-1)).toMatchObject({ kind: 'ask', slot: 'note' })
  })

  it('keeps what was said after "start over"', () => {
    const dialogue = theErrands()
    let turn = dialogue.start(CONTEXT)
    for (const text of ['send £20 to savings', 'start over'])
      turn = dialogue.turn(turn.state, { kind: 'text', text }, CONTEXT)
    const kept = JSON.stringify({ ...turn.state, said: [] })
    expect(kept).not.toContain('acc_2')
    expect(kept).not.toContain('2000')
    expect(dialogue.turn(turn.state, { kind: 'text', text: 'undo' }, CONTEXT).effects).toMatchObject([
      { template: 'core.cannot_undo' },
    ])
  })

  it('takes a new question for an answer', () => {
    const { wrong } = talk([
      'cancel my order',
      { user: 'when do you open on Sunday?', expect: { templates: ['hours'], asks: 'order', slots: { order: null } } },
    ])
    expect(wrong).toBe('')
  })

  it('keeps the number of a card', () => {
    const { wrong } = talk([
      'I want to complain',
      {
        user: 'my card 4111 1111 1111 1111 was charged twice',
        expect: { templates: ['core.card_number'], asks: 'subject', slots: { subject: null } },
      },
    ])
    expect(wrong).toBe('')
    const { state } = theErrands().turn(
      theErrands().start(CONTEXT).state,
      { kind: 'text', text: 'pay with 4111-1111-1111-1111' },
      CONTEXT,
    )
    expect(JSON.stringify(state)).not.toContain('4111')
  })
})
