import type { IntentExample } from './types.ts'

const SAID: Readonly<Record<string, readonly string[]>> = {
  order_status: [
    'where is my order',
    'has my parcel been sent yet',
    'when will my delivery arrive',
    'track my order please',
    'my package has not come',
    'what is the status of my order',
    'how long until my parcel gets here',
    'I am still waiting for my delivery',
  ],
  returns: [
    'I want to send this back',
    'how do I return a jacket',
    'can I get a refund',
    'what is your return policy',
    'the shoes do not fit, I would like my money back',
    'return an item',
    'start a refund for me',
    'these do not fit so I want to return them',
  ],
  opening_hours: [
    'when do you open',
    'what are your opening hours',
    'are you open on Sunday',
    'what time do you close today',
    'is the shop open tomorrow',
    'opening times please',
    'how late are you open',
    'do you close at lunch',
  ],
  discount: [
    'do you have a discount code',
    'is there a voucher I can use',
    'my coupon does not work',
    'any promotions right now',
    'can I get money off',
    'where do I enter the promo code',
    'student discount',
    'the voucher was refused',
  ],
}

/** A shop's front desk: four intents of eight examples each. */
export const DESK: readonly IntentExample[] = Object.entries(SAID).flatMap(([intent, texts]) =>
  texts.map((text) => ({ text, intent })),
)

/** What nobody should ask at that desk. */
export const ELSEWHERE: readonly IntentExample[] = [
  'what is the capital of Peru',
  'play some jazz music',
  'tell me a joke about penguins',
  'how tall is the highest mountain',
  'translate hello into French',
  'what will the weather be like',
  'who won the football match',
  'set an alarm for six',
].map((text) => ({ text, intent: null }))
