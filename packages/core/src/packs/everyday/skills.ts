import type { PackSkill } from '../../brain/dialogue/types.ts'

export const EVERYDAY_SKILLS: Readonly<Record<string, PackSkill>> = {
  answer: { label: 'look up the answer', onDevice: true },
  'receipt-find': { label: 'look for the receipt', signedIn: true },
  'receipt-pdf': { label: 'make the PDF', signedIn: true },
  'receipt-mail': { label: 'send the receipt', signedIn: true, confirm: true },
  'complaint-open': { label: 'pass the complaint on' },
  'password-reset': { label: 'send a link for a new password' },
  'data-export': { label: 'put your data together', signedIn: true, confirm: true },
  'account-delete': { label: 'close your account', signedIn: true, confirm: true },
}
