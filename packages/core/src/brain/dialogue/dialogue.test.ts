import { describe, expect, it } from 'vitest'
import { CONTEXT, talk, theErrands } from './conversation.suite.ts'
import { createDialogue } from './create-dialogue.ts'
import { createErrands, ERRANDS } from './errands.suite.ts'
import type { CannedResult, DialogueEffect, DialogueState, DialogueTurn, JsonObject } from './types.ts'

const pounds = (amount: number) => ({ amount: amount * 100, currency: 'GBP' })
const textOf = (effects: readonly DialogueEffect[]) =>
  effects.flatMap((one) => ('text' in one && one.kind !== 'unanswered' ? [one.text] : [])).join('\n')
const sayTo = (state: DialogueState, text: string, context = CONTEXT): DialogueTurn =>
  theErrands().turn(state, { kind: 'text', text }, context)
const callIn = (turn: DialogueTurn) => {
  const call = turn.effects.find((one) => one.kind === 'call')
  if (call?.kind !== 'call') throw new Error(`No call among ${JSON.stringify(turn.effects)}`)
  return call
}

describe('slots', () => {
  it('are asked for one after the other, and several taken from one utterance', () => {
    const { wrong } = talk([
      { user: 'send money', expect: { asks: 'amount', flow: 'transfer' } },
      {
        user: 'move £100 from current to savings',
        expect: { asks: 'note', slots: { amount: pounds(100), from: { id: 'acc_1' }, to: { id: 'acc_2' } } },
      },
    ])
    expect(wrong).toBe('')
  })

  it('of one kind are told apart by the words before them', () => {
    const { wrong } = talk([
      { user: 'send £20 to savings', expect: { asks: 'from', slots: { to: { id: 'acc_2' }, from: null } } },
      { user: 'out of current', expect: { asks: 'note' } },
    ])
    expect(wrong).toBe('')
  })

  it('take a bare number where a sum was asked for', () => {
    expect(talk(['send money', { user: '20', expect: { slots: { amount: pounds(20) }, asks: 'from' } }]).wrong).toBe('')
  })

  it('take one word of a name when it tells it from the others', () => {
    expect(talk(['send £5', { user: 'holiday', expect: { slots: { from: { id: 'acc_3' } } } }]).wrong).toBe('')
  })

  it('refuse what will not do, and say what would', () => {
    const { wrong } = talk([
      'send money',
      { user: '£20000', expect: { asks: 'amount', text: ['£20,000', '£10,000'], slots: { amount: null } } },
      { user: '0', expect: { asks: 'amount', slots: { amount: null } } },
      { user: '£10', expect: { asks: 'from' } },
      { user: 'savings', expect: { asks: 'to' } },
      { user: 'savings', expect: { asks: 'to', slots: { to: null } } },
    ])
    expect(wrong).toBe('')
  })

  it('that may be left out are skipped by "skip" and by "no"', () => {
    const filled = 'move £100 from current to savings'
    expect(talk([filled, { user: 'skip', expect: { effects: ['confirm'], slots: { note: null } } }]).wrong).toBe('')
    expect(talk([filled, { user: 'no', expect: { effects: ['confirm'], slots: { note: null } } }]).wrong).toBe('')
    expect(talk([filled, '[Skip]', 'yes'], { reaches: { calls: [{ skill: 'transfer' }] } }).wrong).toBe('')
  })

  it('that are needed are not skipped', () => {
    expect(
      talk(['send money', { user: 'skip', expect: { asks: 'amount', templates: ['core.cannot_skip'] } }]).wrong,
    ).toBe('')
  })

  it('may be answered with buttons and forms', () => {
    const { wrong } = talk(
      [
        'send £20',
        '[Savings]',
        {
          user: { form: { to: 'current', note: 'for the rent', unknown: 1 } },
          expect: { effects: ['confirm'], slots: { note: 'for the rent', to: { id: 'acc_1' } } },
        },
        '[Yes]',
      ],
      { reaches: { calls: [{ skill: 'transfer', args: { from: 'acc_2', to: 'acc_1', note: 'for the rent' } }] } },
    )
    expect(wrong).toBe('')
  })

  it('of a form are read as strictly as words are', () => {
    const { wrong } = talk([
      'send money',
      {
        user: { form: { amount: { amount: 1.5, currency: 'GBP' }, from: 'Mars' } },
        expect: { slots: { amount: null, from: null }, asks: 'amount' },
      },
    ])
    expect(wrong).toBe('')
  })
})

describe('a correction', () => {
  it.each([
    ['no, 50', { amount: pounds(50) }],
    ['actually make it £50', { amount: pounds(50) }],
    ['I meant holiday fund', { to: { id: 'acc_3' }, from: { id: 'acc_1' } }],
    ['not current but holiday fund', { from: { id: 'acc_3' }, to: { id: 'acc_2' } }],
    ['from holiday fund', { from: { id: 'acc_3' }, to: { id: 'acc_2' } }],
    ['sorry, the amount should be 50', { amount: pounds(50) }],
    ['yes but make it 50', { amount: pounds(50) }],
  ] as [string, JsonObject][])('before a yes changes that and is confirmed anew: %s', (said, slots) => {
    const { wrong } = talk(
      ['move £100 from current to savings', 'skip', { user: said, expect: { slots, effects: ['say', 'confirm'] } }],
      { reaches: { noCalls: ['transfer'] } },
    )
    expect(wrong).toBe('')
  })

  it('may name what is wrong without saying what is right', () => {
    const { wrong } = talk(
      [
        'move £100 from current to savings',
        'skip',
        { user: 'the amount is wrong', expect: { asks: 'amount' } },
        { user: '£70', expect: { effects: ['confirm'] } },
        'yes',
      ],
      { reaches: { calls: [{ skill: 'transfer', args: { amount: pounds(70) } }] } },
    )
    expect(wrong).toBe('')
  })

  it('after a look-up looks it up again', () => {
    const { wrong } = talk([
      'how much did I spend last month on food',
      {
        user: 'no, I meant restaurants',
        expect: { calls: [{ skill: 'spending', args: { category: 'eating-out', days: { first: '2026-10-01' } } }] },
      },
    ])
    expect(wrong).toBe('')
  })

  it('after something binding does not do it again', () => {
    const { wrong } = talk([
      'move £100 from current to savings',
      'skip',
      'yes',
      { user: 'no, 50', expect: { calls: [], templates: ['core.done_already'] } },
    ])
    expect(wrong).toBe('')
  })
})

describe('a confirmation', () => {
  const ask = ['move £100 from current to savings', 'skip']

  it.each([
    'yes',
    'Yes!',
    'yes please',
    'ok',
    'go ahead',
    'yes, do it',
    'yes, send the money',
    'yes send £100 to savings',
    '👍',
  ])('is a yes: %s', (said) => {
    expect(
      talk([...ask, said], {
        reaches: { calls: [{ skill: 'transfer' }], ends: [{ flow: 'transfer', outcome: 'done' }] },
      }).wrong,
    ).toBe('')
  })

  it.each([
    'yes?',
    'maybe',
    'yes, but what does it cost',
    'yesterday',
    'no',
    'hmm',
    'yes to holiday fund',
    'great',
    "don't",
    'wait',
    'is it yes',
  ])('is not a yes: %s', (said) => {
    expect(talk([...ask, said], { reaches: { noCalls: ['transfer'] } }).wrong).toBe('')
  })

  it('says what is about to happen, and is of exactly that', () => {
    const { wrong } = talk([
      ...ask,
      {
        user: 'yes',
        expect: {
          calls: [{ skill: 'transfer', args: { amount: pounds(100), from: 'acc_1', to: 'acc_2' } }],
          text: 'Sent £100 to Savings',
        },
      },
    ])
    expect(wrong).toBe('')
    expect(talk([ask[0]!, { user: 'skip', expect: { text: ['£100', 'Current', 'Savings'] } }]).wrong).toBe('')
  })

  it('is refused by no, then what to change is asked, and a second no ends it', () => {
    const { wrong } = talk(
      [
        ...ask,
        { user: 'no', expect: { templates: ['core.what_to_change'], chips: ['Cancel'] } },
        { user: 'no', expect: { flow: null } },
        { user: 'no', expect: { flow: null } },
      ],
      { reaches: { noCalls: ['transfer'], ends: [{ flow: 'transfer', outcome: 'cancelled' }] } },
    )
    expect(wrong).toBe('')
  })

  it('is not given by the button of an older question', () => {
    const dialogue = theErrands()
    const first = sayTo(sayTo(dialogue.start(CONTEXT).state, 'move £100 from current to savings').state, 'skip')
    const yes = first.effects
      .flatMap((one) => (one.kind === 'confirm' ? one.chips : []))
      .find(({ label }) => label === 'Yes')!
    const changed = sayTo(first.state, 'no, £900')
    expect(textOf(changed.effects)).toContain('£900')
    const late = dialogue.turn(changed.state, { kind: 'chip', id: yes.id, label: 'Yes' }, CONTEXT)
    expect(late.effects.filter(({ kind }) => kind === 'call')).toEqual([])
    expect(late.effects.at(-1)!.kind).toBe('confirm')
  })

  it('is asked for again when what it is about changed meanwhile', () => {
    const transfer = {
      ...ERRANDS.flows.transfer!,
      steps: [{ kind: 'call', skill: 'transfer', args: { as: { from: 'user.name' } } } as const],
    }
    const dialogue = createErrands({ ...ERRANDS, flows: { ...ERRANDS.flows, transfer } })
    const { wrong } = talk(
      [
        { user: 'send money', expect: { effects: ['confirm'] } },
        { user: 'yes', context: { user: { name: 'Ben' } }, expect: { effects: ['confirm'], calls: [] } },
        { user: 'yes', expect: { calls: [{ skill: 'transfer', args: { as: 'Ben' } }] } },
      ],
      {},
      dialogue,
    )
    expect(wrong).toBe('')
  })

  it('counts for one call only', () => {
    const { transcript } = talk([...ask, 'yes', 'yes', 'yes'], {
      skills: { transfer: { ok: false, code: 'insufficient' } },
    })
    expect(transcript.match(/→ transfer/g)).toHaveLength(1)
  })
})

describe('a digression', () => {
  it('is answered, and then the goal goes on where it was', () => {
    const { wrong } = talk([
      'send money',
      'from savings',
      {
        user: "what's my balance?",
        expect: { calls: [{ skill: 'balance' }], asks: 'amount', templates: ['balance.is', 'core.back', 'ask.amount'] },
      },
      { user: '£20', expect: { asks: 'to', slots: { from: { id: 'acc_2' } } } },
    ])
    expect(wrong).toBe('')
  })

  it('while something is to be confirmed has it confirmed anew', () => {
    const { wrong } = talk([
      'move £100 from current to savings',
      'skip',
      { user: "what's my balance?", expect: { calls: [{ skill: 'balance' }] } },
      { user: 'yes', expect: { calls: [{ skill: 'transfer' }] } },
    ])
    expect(wrong).toBe('')
  })

  it('in a free text is one only when it is surely a question of its own', () => {
    const { wrong } = talk([
      'I want to complain',
      { user: 'when do you open?', expect: { templates: ['hours'], asks: 'subject' } },
      {
        user: 'my order came late and I paid £50 for it',
        expect: { slots: { subject: 'my order came late and I paid £50 for it' } },
      },
    ])
    expect(wrong).toBe('')
  })

  it('within a digression comes back twice', () => {
    const { wrong } = talk([
      'send money',
      { user: 'where is my order', expect: { asks: 'order' } },
      { user: "what's my balance", expect: { asks: 'order' } },
      { user: '1042', expect: { asks: 'amount', flow: 'transfer' } },
    ])
    expect(wrong).toBe('')
  })
})

describe('what was spoken of before', () => {
  it('is meant by "it"', () => {
    const { wrong } = talk([
      'where is order 1042',
      { user: 'can you cancel it before it ships', expect: { effects: ['confirm'], text: '1042' } },
    ])
    expect(wrong).toBe('')
  })

  it.each([
    ['and this week?', { days: { first: '2026-11-16', last: '2026-11-22' }, category: 'groceries' }],
    ['what about eating out', { days: { first: '2026-10-01' }, category: 'eating-out' }],
    ['yesterday', { days: { first: '2026-11-20' }, category: 'groceries' }],
  ] as [string, JsonObject][])('is gone through again with something else: %s', (said, args) => {
    expect(
      talk([
        'how much did I spend last month on food',
        { user: said, expect: { calls: [{ skill: 'spending', args }] } },
      ]).wrong,
    ).toBe('')
  })

  it('is picked from what was shown', () => {
    const { wrong } = talk([
      'show me hats',
      {
        user: 'the second one',
        expect: { calls: [{ skill: 'product', args: { product: 'p2' } }], text: 'Coffee mug' },
      },
    ])
    expect(wrong).toBe('')
    expect(
      talk([
        'show me hats',
        { user: 'the last one', expect: { calls: [{ skill: 'product', args: { product: 'p2' } }] } },
      ]).wrong,
    ).toBe('')
  })
})

describe('asking back', () => {
  const unsure = {
    classify: () => ({
      intent: 'balance',
      confidence: 0.4,
      scope: 1,
      alternatives: [
        { intent: 'balance', confidence: 0.4 },
        { intent: 'spending', confidence: 0.35 },
        { intent: 'transfer', confidence: 0.1 },
      ],
    }),
  }
  const dialogue = () => createDialogue({ pack: { ...ERRANDS, settings: { answerFrom: 0.7 } }, intents: unsure })

  it('offers two or three by their labels, and something else', () => {
    const { wrong } = talk(
      [
        {
          user: 'money stuff',
          expect: {
            effects: ['clarify'],
            chips: ['My balance', 'What I spent', 'Something else'],
            notText: ['spending', 'nlu'],
          },
        },
      ],
      {},
      dialogue(),
    )
    expect(wrong).toBe('')
  })

  it.each([
    ['[What I spent]', 'spending'],
    ['the second one', 'spending'],
    ['my balance', 'balance'],
    ['yes', 'balance'],
  ])('takes %s for an answer', (said, skill) => {
    expect(talk(['money stuff', said], { reaches: { calls: [{ skill }] } }, dialogue()).wrong).toBe('')
  })

  it('is done at most once for a goal', () => {
    expect(
      talk(['money stuff', '[Something else]', 'other money stuff'], {}, dialogue()).transcript.match(
        /Something else\]/g,
      ),
    ).toHaveLength(1)
    const { transcript } = talk(['money stuff', 'no', 'other money stuff'], {}, dialogue())
    expect(transcript.match(/Something else/g)).toHaveLength(1)
  })
})

describe('what the engine does by itself', () => {
  it('cancels, and says that nothing was changed', () => {
    expect(
      talk(['send money', { user: 'never mind', expect: { flow: null, text: 'Nothing was changed' } }]).wrong,
    ).toBe('')
  })

  it('repeats what was said, with its buttons', () => {
    const { wrong } = talk(['move £5 from current', 'say that again', { user: '[Savings]', expect: { asks: 'note' } }])
    expect(wrong).toBe('')
  })

  it('takes the last answer back', () => {
    const { wrong } = talk([
      'send money',
      '£20',
      'current',
      { user: 'undo', expect: { asks: 'from', slots: { amount: pounds(20), from: null } } },
    ])
    expect(wrong).toBe('')
  })

  it('takes a thing done back through the flow that the skill names', () => {
    const { wrong } = talk([
      'cancel order 1042',
      'yes',
      { user: 'undo', expect: { calls: [{ skill: 'restore-order', args: { order: '1042' } }] } },
    ])
    expect(wrong).toBe('')
    expect(
      talk([
        'move £5 from current to savings',
        'skip',
        'yes',
        { user: 'undo', expect: { templates: ['core.cannot_undo'], calls: [] } },
      ]).wrong,
    ).toBe('')
  })

  it('tells what it can do, with examples', () => {
    expect(
      talk([
        {
          user: 'what can you do?',
          expect: { text: ['Where my order is', 'send £50 to savings'], chips: ['Send money'] },
        },
      ]).wrong,
    ).toBe('')
  })

  it('starts over', () => {
    const { wrong } = talk([
      'send money',
      { user: 'start over', expect: { flow: null, effects: ['started-over', 'say', 'chips'] } },
      { user: 'and savings?', expect: { flow: null } },
    ])
    expect(wrong).toBe('')
  })

  it('answers thanks and goodbyes, and asks on', () => {
    expect(talk(['send money', { user: 'thanks', expect: { templates: ['core.thanks'], asks: 'amount' } }]).wrong).toBe(
      '',
    )
    expect(talk([{ user: 'bye', expect: { templates: ['core.bye'] } }]).wrong).toBe('')
  })
})

describe('a greeting', () => {
  const greeting = (
    user: { name?: string; isReturning?: boolean; lastTopic?: string },
    now: number,
    timeZone: string,
  ) => textOf(theErrands().start({ ...CONTEXT, user, now, timeZone, random: 0 }).effects)

  it('has the name and the time of day where the person is', () => {
    const now = Date.UTC(2026, 10, 21, 23)
    const texts = [0, 0.3, 0.6, 0.9].map((random) =>
      textOf(theErrands().start({ ...CONTEXT, user: { name: 'Ann' }, now, timeZone: 'Asia/Tokyo', random }).effects),
    )
    expect(texts.some((text) => text.startsWith('Good morning, Ann!'))).toBe(true)
    expect(texts.every((text) => text.includes('Ann') && !text.includes('evening'))).toBe(true)
  })

  it('knows who was here before, and what it was about', () => {
    expect(
      greeting({ name: 'Ann', isReturning: true, lastTopic: 'your order' }, CONTEXT.now, 'Europe/London'),
    ).toContain('your order')
    expect(greeting({ isReturning: true }, CONTEXT.now, 'Europe/London')).toMatch(/back|again/)
    expect(greeting({}, CONTEXT.now, 'Europe/London')).not.toMatch(/back|again|undefined|,\s*!/)
  })
})

describe('ways of saying', () => {
  it('are never the same twice in a row', () => {
    for (const random of [0, 0.2, 0.5, 0.9, 0.999]) {
      let turn = theErrands().start(CONTEXT)
      let before = ''
      for (let i = 0; i < 12; i++) {
        turn = sayTo(turn.state, 'when do you open', { ...CONTEXT, random })
        const text = textOf(turn.effects)
        expect(text).not.toBe(before)
        before = text
      }
    }
  })

  it('have the tone that the tenant set', () => {
    const formal = createErrands({ ...ERRANDS, settings: { tone: 'formal' } })
    expect(talk([{ user: 'how are you', expect: { notText: '!' } }], {}, formal).wrong).toBe('')
  })
})

describe('what is not understood', () => {
  it('is admitted with an example, then with topics, then with a person', () => {
    const { wrong } = talk([
      { user: 'what is the capital of Peru', expect: { templates: ['core.fallback'] } },
      { user: 'play some jazz music', expect: { templates: ['core.fallback_topics'], chips: ['Talk to a person'] } },
      { user: 'tell me a joke about penguins', expect: { templates: ['core.offer_person'] } },
      { user: 'yes', expect: { effects: ['say', 'hand-off'] } },
    ])
    expect(wrong).toBe('')
  })

  it('as an answer is told with what was understood, what is missing, and an example', () => {
    const { wrong } = talk([
      'send money',
      { user: 'purple', expect: { text: ['“purple”', 'the amount', '£50'], asks: 'amount' } },
      { user: 'green', expect: { chips: ['Cancel'] } },
      { user: 'blue', expect: { templates: ['core.offer_person'] } },
    ])
    expect(wrong).toBe('')
  })

  it('is collected', () => {
    const { effects } = sayTo(theErrands().start(CONTEXT).state, 'what is the capital of Peru')
    expect(effects).toContainEqual(expect.objectContaining({ kind: 'unanswered', text: 'what is the capital of Peru' }))
  })

  it('may be answered by a skill of the tenant', () => {
    const skills = { ...ERRANDS.skills, documents: { label: 'look into the documents' } }
    const dialogue = createErrands({ ...ERRANDS, skills, settings: { unknown: 'documents' } })
    const said = 'what is the capital of Peru'
    expect(
      talk([{ user: said, expect: { text: 'Lima' } }], { skills: { documents: { data: { text: 'Lima.' } } } }, dialogue)
        .wrong,
    ).toBe('')
    expect(
      talk(
        [{ user: said, expect: { templates: ['core.fallback'] } }],
        { skills: { documents: { ok: false, code: 'none' } } },
        dialogue,
      ).wrong,
    ).toBe('')
  })
})

describe('a skill', () => {
  const atYes = () =>
    sayTo(sayTo(theErrands().start(CONTEXT).state, 'move £100 from current to savings').state, 'skip').state

  it('that needs somebody signed in waits for that and goes on', () => {
    const { wrong } = talk(
      [
        { user: 'where is order 1042', expect: { effects: ['say', 'sign-in'], calls: [] } },
        {
          user: { kind: 'signed-in' },
          context: { isSignedIn: true },
          expect: { calls: [{ skill: 'order-status', args: { order: '1042' } }] },
        },
      ],
      { context: { isSignedIn: false } },
    )
    expect(wrong).toBe('')
  })

  it('is not called without its permissions', () => {
    expect(
      talk([{ user: 'where is order 1042', expect: { calls: [], templates: ['core.not_allowed'], flow: null } }], {
        context: { permissions: [] },
      }).wrong,
    ).toBe('')
  })

  it('is not called without a network unless it works on the device', () => {
    expect(
      talk([{ user: 'where is order 1042', expect: { calls: [], templates: ['core.offline'] } }], {
        context: { isOnline: false },
      }).wrong,
    ).toBe('')
    expect(
      talk([{ user: 'show me hats', expect: { calls: [{ skill: 'product-search' }] } }], {
        context: { isOnline: false },
      }).wrong,
    ).toBe('')
  })

  it('may ask for a second proof, and is then called again under the same id', () => {
    const dialogue = theErrands()
    const first = sayTo(atYes(), 'yes')
    const { callId, isConfirmed } = callIn(first)
    expect(isConfirmed).toBe(true)
    const asked = dialogue.resume(first.state, { callId, ok: false, code: 'step-up' }, CONTEXT)
    expect(asked.effects.map(({ kind }) => kind)).toEqual(['say', 'step-up'])
    expect(callIn(dialogue.turn(asked.state, { kind: 'stepped-up' }, CONTEXT))).toEqual(callIn(first))
    const refused = dialogue.turn(asked.state, { kind: 'step-up-refused' }, CONTEXT)
    expect(refused.effects).toContainEqual(expect.objectContaining({ kind: 'end', outcome: 'cancelled' }))
  })

  it('that finds several asks which, and is called again with the one that was chosen', () => {
    const items = [
      { list: 'orders', id: '1042', name: 'Order 1042' },
      { list: 'orders', id: '1043', name: 'Order 1043' },
    ]
    const many: readonly CannedResult[] = [
      { data: { outcome: 'many:order' }, items },
      { data: { outcome: 'found', state: 'packed' } },
    ]
    for (const answer of ['the second one', '[Order 1043]', '1043']) {
      const { wrong } = talk(['where is order 9999', answer], {
        skills: { 'order-status': many },
        reaches: {
          calls: [
            { skill: 'order-status', args: { order: '9999' } },
            { skill: 'order-status', args: { order: '1043' } },
          ],
        },
      })
      expect(wrong).toBe('')
    }
  })

  it('that fails asks for what could put it right, three times at most', () => {
    const { transcript, wrong } = talk(['where is order 1111', '2222', '3333'], {
      skills: { 'order-status': { data: { outcome: 'not-found', order: '0000' } } },
      reaches: { ends: [{ flow: 'order_status', outcome: 'failed' }] },
    })
    expect(wrong).toBe('')
    expect(transcript.match(/→ order-status/g)).toHaveLength(3)
  })

  it('whose result nobody waits for changes nothing', () => {
    const state = atYes()
    expect(theErrands().resume(state, { callId: 'old', ok: true, data: {} }, CONTEXT)).toEqual({ state, effects: [] })
  })

  it('that was confirmed is waited for, and admitted to be unknown when it never answers', () => {
    const first = sayTo(atYes(), 'yes')
    const second = sayTo(first.state, 'cancel')
    expect(second.effects).toMatchObject([{ kind: 'say', template: 'core.too_late_to_cancel' }])
    const third = sayTo(second.state, 'hello?')
    expect(third.effects).toContainEqual(expect.objectContaining({ template: 'core.unknown_result' }))
    expect(third.effects.some(({ kind }) => kind === 'call')).toBe(false)
  })
})

describe('a person', () => {
  it('who has the conversation is not talked over', () => {
    const dialogue = theErrands()
    let turn = sayTo(dialogue.start(CONTEXT).state, 'talk to a human')
    expect(turn.effects.map(({ kind }) => kind)).toEqual(['say', 'hand-off'])
    for (const text of ['hello', 'where is order 1042', 'yes', 'cancel', 'help']) {
      turn = sayTo(turn.state, text)
      expect(turn.effects).toEqual([])
    }
    turn = dialogue.turn(turn.state, { kind: 'person-left' }, CONTEXT)
    expect(turn.effects[0]).toMatchObject({ kind: 'say', template: 'core.person_left' })
    expect(sayTo(turn.state, 'when do you open').effects[0]).toMatchObject({ template: 'hours' })
  })

  it('may join by themselves', () => {
    const { state } = theErrands().turn(theErrands().start(CONTEXT).state, { kind: 'person-joined' }, CONTEXT)
    expect(sayTo(state, 'where is order 1042').effects).toEqual([])
  })

  it('is told what it was about', () => {
    const { effects } = sayTo(sayTo(theErrands().start(CONTEXT).state, 'send £20 to savings').state, 'agent')
    expect(effects.find(({ kind }) => kind === 'hand-off')).toMatchObject({
      reason: 'asked',
      summary: { flow: 'transfer', label: 'the transfer', slots: { amount: pounds(20) }, lastText: 'agent' },
    })
  })
})

describe('state', () => {
  it('is plain JSON, and the same arguments give the same turn', () => {
    const { state } = sayTo(theErrands().start(CONTEXT).state, 'send £20 to savings')
    expect(JSON.parse(JSON.stringify(state))).toEqual(state)
    const frozen = JSON.stringify(state)
    expect(sayTo(state, 'current')).toEqual(sayTo(JSON.parse(frozen), 'current'))
    expect(JSON.stringify(state)).toBe(frozen)
  })

  it('of another pack, major version or format starts over', () => {
    const { state } = sayTo(theErrands().start(CONTEXT).state, 'send £20 to savings')
    for (const other of [{ pack: 'shop' }, { packVersion: '2.0.0' }, { format: 9 }]) {
      expect(sayTo({ ...state, ...other } as DialogueState, 'hello').state.stack).toEqual([])
    }
  })

  it('of a flow that changed begins that flow again', () => {
    const { state } = sayTo(theErrands().start(CONTEXT).state, 'send £20 to savings')
    const flows = { ...ERRANDS.flows, transfer: { ...ERRANDS.flows.transfer!, version: 2 } }
    const dialogue = createErrands({ ...ERRANDS, flows })
    expect(dialogue.turn(state, { kind: 'text', text: 'current' }, CONTEXT).state.stack).toEqual([])
  })
})
