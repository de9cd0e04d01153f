import type { IntentPlan } from '../pack-intents.ts'

export const EVERYDAY_INTENTS: Readonly<Record<string, IntentPlan>> = {
  greeting: { label: 'Say hello', act: 'greet', isSmallTalk: true },
  thanks: { label: 'Say thank you', act: 'thank', isSmallTalk: true },
  goodbye: { label: 'Say goodbye', act: 'bye', isSmallTalk: true },
  how_are_you: { label: 'Ask how I am', say: 'talk.how_are_you', isSmallTalk: true },
  who_are_you: { label: 'Who I am', say: 'talk.who_are_you', isSmallTalk: true },
  capabilities: { label: 'What I can do', act: 'help', isSmallTalk: true },
  praise: { label: 'Say something nice', say: 'talk.praise', isSmallTalk: true },
  insult: { label: 'Say that I got it wrong', say: 'talk.insult', isSmallTalk: true },
  joke: { label: 'Hear a joke', say: 'talk.joke', isSmallTalk: true },
  hand_off: {
    label: 'Talk to a person',
    act: 'person',
    aliases: ['speak to a human', 'real person', 'talk to someone'],
  },
  find_receipt: { label: 'Find a receipt', aliases: ['proof of purchase'] },
  receipt_pdf: { label: 'A receipt as PDF', aliases: ['receipt as pdf', 'invoice as pdf'] },
  mail_receipt: { label: 'A receipt by e-mail', aliases: ['email receipt', 'resend receipt'] },
  complaint: { label: 'Make a complaint', aliases: ['make a complaint'] },
  contact: { label: 'How to reach us', aliases: ['contact details', 'phone number'] },
  account_help: { label: 'Help with my account' },
  password_reset: { label: 'A new password', aliases: ['reset password', 'forgot password', 'forgotten password'] },
  export_data: { label: 'A copy of my data', aliases: ['gdpr request', 'data export'] },
  delete_account: { label: 'Close my account', aliases: ['delete my account'] },
}
