import { loadIntent, trainIntent } from '../intent/index.ts'
import { createDialogue } from './create-dialogue.ts'
import { intentAliasesOf, intentExamplesOf } from './intent-examples.ts'
import type { Dialogue, DialoguePack } from './types.ts'

/** A pack of a shop and a bank in one, as small as the tests of the engine need it. */
export const ERRANDS: DialoguePack = {
  format: 1,
  name: 'errands',
  version: '1.0.0',
  language: 'en-GB',
  intents: {
    order_status: {
      label: 'Where my order is',
      examples: [
        'where is my order',
        'has my parcel been sent yet',
        'track my order please',
        'when will my delivery arrive',
        'my package has not come',
        'what is the status of my order',
        'where is order 1042',
        'is my order on its way',
      ],
    },
    cancel_order: {
      label: 'Cancel an order',
      examples: [
        'cancel my order',
        'I want to cancel order 1042',
        'please cancel the order I placed',
        'I do not want my order any more',
        'can I cancel my purchase',
        'stop my order from being sent',
        'call off my order',
        'can you cancel it before it ships',
      ],
    },
    transfer: {
      label: 'Send money',
      examples: [
        'send money',
        'transfer £50 to Ann',
        'I want to send 20 pounds to my brother',
        'move money between my accounts',
        'move £100 from current to savings',
        'make a transfer',
        'pay a friend',
        'wire some money to somebody',
      ],
    },
    balance: {
      label: 'My balance',
      examples: [
        'what is my balance',
        'how much money do I have',
        'how much is in my account',
        'show me the balance of my savings',
        'what is left on my current account',
        'account balance please',
        'check my balance',
        "what's my balance",
      ],
    },
    spending: {
      label: 'What I spent',
      examples: [
        'how much did I spend last month',
        'what did I spend on groceries',
        'my spending this week',
        'how much have I spent on eating out',
        'show my spending for May',
        'where does my money go',
        'spending report',
        'what were my expenses yesterday',
      ],
    },
    product_search: {
      label: 'Find a product',
      examples: [
        'I am looking for a jacket',
        'do you sell coffee mugs',
        'find me a present',
        'a gift under £20 for a coffee drinker',
        'show me hats',
        'I need new shoes',
        'what jackets do you have',
        'search for an umbrella',
      ],
    },
    product_details: {
      label: 'More about a product',
      examples: [
        'tell me more about this product',
        'more about the jacket',
        'details of the mug',
        'describe the product',
      ],
    },
    complaint: {
      label: 'Make a complaint',
      examples: [
        'I want to complain',
        'I have a complaint',
        'this is unacceptable, I want to complain',
        'file a complaint',
        'I am very unhappy with your service',
        'your service is terrible',
      ],
    },
    opening_hours: {
      label: 'Opening hours',
      say: 'hours',
      examples: [
        'when do you open',
        'what are your opening hours',
        'are you open on Sunday',
        'what time do you close',
        'how late are you open',
        'is the shop open tomorrow',
      ],
    },
    how_are_you: {
      label: 'How I am',
      say: 'fine',
      isSmallTalk: true,
      examples: [
        'how are you',
        'how is it going',
        'how are you doing today',
        'are you well',
        'how do you feel',
        'you ok',
      ],
    },
  },
  slots: {
    order: {
      kind: 'order-id',
      label: 'the order number',
      ask: 'ask.order',
      example: '#1042',
      list: 'orders',
      check: { pattern: '\\d{4}' },
    },
    amount: {
      kind: 'money',
      label: 'the amount',
      ask: 'ask.amount',
      example: '£50',
      words: ['sum'],
      check: { max: 1_000_000 },
    },
    from: {
      kind: 'name',
      list: 'accounts',
      label: 'the account to pay from',
      ask: 'ask.from',
      example: 'current',
      cues: ['from', 'out of'],
      chips: 'list',
    },
    to: {
      kind: 'name',
      list: 'accounts',
      label: 'the account to pay into',
      ask: 'ask.to',
      example: 'savings',
      cues: ['to', 'into'],
      chips: 'list',
      check: { differsFrom: 'from' },
    },
    account: {
      kind: 'name',
      list: 'accounts',
      label: 'the account',
      ask: 'ask.account',
      example: 'savings',
      chips: 'list',
    },
    days: { kind: 'dates', label: 'the time', ask: 'ask.days', example: 'last week' },
    category: {
      kind: 'choice',
      label: 'the category',
      ask: 'ask.category',
      example: 'groceries',
      choices: [
        { id: 'groceries', label: 'Groceries', words: ['food'] },
        { id: 'eating-out', label: 'Eating out', words: ['restaurants'] },
      ],
    },
    price: { kind: 'money', label: 'the price', ask: 'ask.price', example: 'under £20', bound: 'at-most' },
    product: { kind: 'name', list: 'products', label: 'the product', ask: 'ask.product', example: 'rain jacket' },
    subject: {
      kind: 'text',
      label: 'what happened',
      ask: 'ask.subject',
      example: 'the box was open',
      check: { maxLength: 300 },
    },
    wants_answer: { kind: 'yes-no', label: 'whether you want an answer', ask: 'ask.wants_answer', example: 'yes' },
    note: { kind: 'text', label: 'a note', ask: 'ask.note', example: 'for the rent' },
  },
  flows: {
    order_status: {
      version: 1,
      label: 'your order',
      steps: [
        { kind: 'slot', slot: 'order' },
        {
          kind: 'call',
          skill: 'order-status',
          args: { order: { from: 'slots.order' } },
          as: 'status',
          failures: { 'not-found': { say: 'order.unknown', clear: ['order'] } },
        },
        { kind: 'say', template: 'order.status' },
      ],
      next: ['cancel_order'],
    },
    cancel_order: {
      version: 1,
      label: 'the cancellation',
      steps: [
        { kind: 'slot', slot: 'order' },
        { kind: 'call', skill: 'cancel-order', args: { order: { from: 'slots.order' } }, confirm: 'confirm.cancel' },
        { kind: 'say', template: 'order.cancelled' },
      ],
    },
    restore_order: {
      version: 1,
      label: 'taking the cancellation back',
      steps: [
        { kind: 'slot', slot: 'order' },
        { kind: 'call', skill: 'restore-order', args: { order: { from: 'slots.order' } } },
        { kind: 'say', template: 'order.restored' },
      ],
    },
    transfer: {
      version: 1,
      label: 'the transfer',
      steps: [
        { kind: 'slot', slot: 'amount' },
        { kind: 'slot', slot: 'from' },
        { kind: 'slot', slot: 'to' },
        { kind: 'slot', slot: 'note', isOptional: true },
        {
          kind: 'call',
          skill: 'transfer',
          args: {
            amount: { from: 'slots.amount' },
            from: { from: 'slots.from.id' },
            to: { from: 'slots.to.id' },
            note: { from: 'slots.note' },
          },
          confirm: 'confirm.transfer',
          failures: { insufficient: { say: 'transfer.insufficient', clear: ['amount'] } },
        },
        { kind: 'say', template: 'transfer.done' },
      ],
    },
    balance: {
      version: 1,
      label: 'the balance',
      slots: ['account'],
      steps: [
        { kind: 'call', skill: 'balance', args: { account: { from: 'slots.account.id' } } },
        { kind: 'say', template: 'balance.is' },
      ],
    },
    spending: {
      version: 1,
      label: 'your spending',
      slots: ['days', 'category'],
      steps: [
        {
          kind: 'call',
          skill: 'spending',
          args: { days: { from: 'slots.days' }, category: { from: 'slots.category' } },
        },
        { kind: 'say', template: 'spending.is' },
      ],
    },
    product_search: {
      version: 1,
      label: 'the search',
      slots: ['price'],
      pick: 'product_details',
      steps: [
        { kind: 'call', skill: 'product-search', args: { text: { from: 'text' }, price: { from: 'slots.price' } } },
        { kind: 'say', template: 'products.found' },
        { kind: 'cards', of: 'product-search' },
      ],
    },
    product_details: {
      version: 1,
      label: 'the product',
      steps: [
        { kind: 'slot', slot: 'product' },
        { kind: 'call', skill: 'product', args: { product: { from: 'slots.product.id' } } },
        { kind: 'say', template: 'product.is' },
      ],
    },
    complaint: {
      version: 1,
      label: 'the complaint',
      steps: [
        { kind: 'slot', slot: 'subject' },
        { kind: 'slot', slot: 'wants_answer' },
        {
          kind: 'call',
          skill: 'complain',
          args: { subject: { from: 'slots.subject' }, answer: { from: 'slots.wants_answer' } },
        },
        { kind: 'say', template: 'complaint.done' },
      ],
    },
  },
  skills: {
    'order-status': { label: 'look up the order', signedIn: true, permissions: ['orders:read'] },
    'cancel-order': { label: 'cancel the order', confirm: true, signedIn: true, undo: 'restore_order' },
    'restore-order': { label: 'restore the order', signedIn: true },
    transfer: { label: 'send the money', confirm: true, signedIn: true, permissions: ['money:move'] },
    balance: { label: 'look up your balance', signedIn: true },
    spending: { label: 'add up your spending', signedIn: true },
    'product-search': { label: 'search', onDevice: true },
    product: { label: 'look up the product', onDevice: true },
    complain: { label: 'pass on your complaint' },
  },
  templates: {
    'ask.order': ['Which order is it?', 'What is the order number?'],
    'ask.amount': ['How much?', 'What amount?'],
    'ask.from': ['From which account?', 'Which account shall it come from?'],
    'ask.to': ['To which account?', 'Which account shall it go to?'],
    'ask.account': 'Which account?',
    'ask.days': 'For which days?',
    'ask.category': 'Which category?',
    'ask.price': 'How much may it cost?',
    'ask.product': 'Which product?',
    'ask.subject': ['What happened?', 'Tell me what happened.'],
    'ask.wants_answer': 'Would you like an answer?',
    'ask.note': 'A note for it?',
    'order.status': ['Order #{slots.order} is {results.status.state}.', '#{slots.order}: {results.status.state}.'],
    'order.unknown': ['I know no order #{results.status.order}.', 'There is no order #{results.status.order}.'],
    'order.cancelled': 'Order #{slots.order} is cancelled.',
    'order.restored': 'Order #{slots.order} is back.',
    'confirm.cancel': ['Cancel order #{slots.order} for good?', 'Shall I cancel order #{slots.order}?'],
    'confirm.transfer': [
      'Send {slots.amount} from {slots.from} to {slots.to}?',
      'I will send {slots.amount} from {slots.from} to {slots.to}. Shall I?',
    ],
    'transfer.done': 'Sent {slots.amount} to {slots.to}.',
    'transfer.insufficient': 'There is only {results.transfer.available}.',
    'balance.is': ['You have {results.balance.amount}.', 'Your balance is {results.balance.amount}.'],
    'spending.is': ['You spent {results.spending.total}{slots.days} in all.', 'It was {results.spending.total}.'],
    'products.found':
      '{results.product-search.count, plural, =0 {Nothing found.} one {I found one:} other {I found #:}}',
    'product.is': '{slots.product}: {results.product.detail}',
    'complaint.done': 'Thank you, I have passed that on.',
    hours: ['We are open from nine to five.', 'Nine to five, every day.'],
    fine: {
      friendly: ['I am fine, thanks!', 'Very well!'],
      formal: ['I am well, thank you.', 'Thank you, I am well.'],
    },
  },
  help: {
    topics: [
      { intent: 'order_status', example: 'where is order 1042' },
      { intent: 'transfer', example: 'send £50 to savings' },
      { intent: 'product_search', example: 'a gift under £20' },
    ],
  },
  outOfScope: [
    'what is the capital of Peru',
    'play some jazz music',
    'tell me a joke about penguins',
    'how tall is the highest mountain',
    'translate hello into French',
    'what will the weather be like',
    'who won the football match',
    'set an alarm for six',
    'write a poem about the sea',
    'solve this equation',
    'what is the meaning of life',
    'book me a flight to Rome',
  ],
}

export const ACCOUNTS = [
  { id: 'acc_1', name: 'Current' },
  { id: 'acc_2', name: 'Savings' },
  { id: 'acc_3', name: 'Holiday fund' },
]

/** A dialogue over the pack, with a model trained on its examples. */
export function createErrands(pack: DialoguePack = ERRANDS): Dialogue {
  const bytes = trainIntent(intentExamplesOf(pack), { seed: 7, size: 'linear' })
  return createDialogue({ pack, intents: loadIntent(bytes, { aliases: intentAliasesOf(pack) }) })
}
