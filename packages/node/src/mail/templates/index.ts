import { accountDeleted } from './account-deleted.ts'
import { accountExists } from './account-exists.ts'
import { accountLocked } from './account-locked.ts'
import { billDue } from './bill-due.ts'
import { chatTranscript } from './chat-transcript.ts'
import { emailChanged } from './email-changed.ts'
import type { DataOf } from './fields.ts'
import { invitation } from './invitation.ts'
import { magicLink } from './magic-link.ts'
import { newSignIn } from './new-sign-in.ts'
import { passwordChanged } from './password-changed.ts'
import { receipt } from './receipt.ts'
import { resetPassword } from './reset-password.ts'
import { signInMethodChanged } from './sign-in-method-changed.ts'
import { twoFactorChanged } from './two-factor-changed.ts'
import { verifyEmail } from './verify-email.ts'
import { webhookDisabled } from './webhook-disabled.ts'

// The markup is written with h() and not as .tsx: Node runs these files as they are (command line, threads, tests that start
// a process of their own), and its type stripping knows no JSX.

/** Every mail that the server sends, by the name that `queueMail` takes. */
export const TEMPLATES = {
  'verify-email': verifyEmail,
  'reset-password': resetPassword,
  'magic-link': magicLink,
  'account-exists': accountExists,
  'account-locked': accountLocked,
  'password-changed': passwordChanged,
  'email-changed': emailChanged,
  invitation,
  'new-sign-in': newSignIn,
  'two-factor-changed': twoFactorChanged,
  'sign-in-method-changed': signInMethodChanged,
  'account-deleted': accountDeleted,
  'webhook-disabled': webhookDisabled,
  'bill-due': billDue,
  'chat-transcript': chatTranscript,
  receipt,
} as const

export type TemplateName = keyof typeof TEMPLATES

export function isTemplate(name: string): name is TemplateName {
  return Object.hasOwn(TEMPLATES, name)
}

/** What each template needs. */
export type MailData = { readonly [T in TemplateName]: DataOf<(typeof TEMPLATES)[T]['fields']> }
