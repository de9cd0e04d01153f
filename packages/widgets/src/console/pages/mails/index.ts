import type { ConsolePage } from '../../page.ts'
import { connectMails, type MailsConnection, type MailsState } from './connect.ts'
import { style } from './style.ts'
import { mailsView } from './view.tsx'

/** Mail to people: what went out, what waits, what failed, and what templates look like. */
export const mails: ConsolePage<MailsState, MailsConnection> = { connect: connectMails, view: mailsView, style }
