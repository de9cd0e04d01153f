import type { ChatCaller } from './caller.ts'
import type { ChatPorts } from './ports.ts'
import { plainText, presentMessage } from './present.ts'
import { masked } from './private-data.ts'
import { readMessages } from './store.ts'

/** Messages of a mail; the whole conversation is a file away. */
const MAILED = 100
/** As mail takes them. */
const MAX_LINES = 100_000
const CONTROL = /[^\P{Cc}\n]/gu

/** Mails conversations to the address of the account that has them. */
export function mailTranscripts({ queueMail }: Pick<ChatPorts, 'queueMail'>) {
  return async ({ db, user }: ChatCaller, id: string): Promise<void> => {
    const rows = await readMessages(db, id, { limit: MAILED })
    const lines = rows.map(presentMessage).map(({ role, agentName, parts }) => {
      return `${agentName ?? (role === 'user' ? 'You' : 'Assistant')}: ${masked(plainText(parts))}`
    })
    const text = lines.join('\n').replace(CONTROL, ' ').slice(0, MAX_LINES).toWellFormed()
    const data = { at: new Date(rows.at(-1)?.at ?? 0).toISOString(), lines: text || '…' }
    await db.transaction((tx) =>
      queueMail(tx, { to: user!.email, template: 'chat-transcript', data, language: user!.language ?? 'en' }),
    )
  }
}
