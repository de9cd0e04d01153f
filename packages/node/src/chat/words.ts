import type { CannedAnswer } from '@tillwright/core/contract'

/** What the server itself says in a conversation. The assistant's own words are the pack's. */
export interface ChatWords {
  readonly cardRefused: string
  readonly waiting: string
  readonly joined: (name: string) => string
  readonly left: string
  readonly closed: (hours: string) => string
  readonly noPeople: string
  readonly signIn: string
  readonly stepUp: string
  readonly stepUpDone: string
  readonly cancel: string
  readonly talkToPerson: string
  readonly backToAssistant: string
  readonly tryAgain: string
  readonly failed: string
  readonly send: string
  readonly you: string
  readonly agent: string
}

const EN: ChatWords = {
  cardRefused:
    'Please never send card numbers in a chat. I have not kept it. Nobody here needs the whole number: the last four digits are enough.',
  waiting: 'I have asked for a person. You can go on writing; they will see all of it.',
  joined: (name) => `${name} has joined the conversation.`,
  left: 'You are talking to the assistant again.',
  closed: (hours) => `Nobody is there just now. People answer at these times: ${hours}.`,
  noPeople: 'There is nobody here who could take over.',
  signIn: 'Sign in to go on.',
  stepUp: 'Please confirm that it is you, then press the button below.',
  stepUpDone: 'I have confirmed',
  cancel: 'Cancel',
  talkToPerson: 'Talk to a person',
  backToAssistant: 'Back to the assistant',
  tryAgain: 'Try again',
  failed: 'Something went wrong on our side. Nothing was changed. Please try again.',
  send: 'Send',
  you: 'You',
  agent: 'Our team',
}

/** In the language of a conversation; English where there are no others. */
export function chatWords(_language: string): ChatWords {
  return EN
}

/** A canned answer by its id. */
export function cannedText(answers: readonly CannedAnswer[], id: string): string | undefined {
  return answers.find((answer) => answer.id === id)?.text
}
