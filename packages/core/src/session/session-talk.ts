import type { Schedule, Tabs } from '../ports.ts'
import type { Grant, SignedOutBecause } from './state.ts'
import { isGrant } from './storage.ts'

/** How long the other tabs have to say what they know, in ms. */
const ASK_MS = 100

/** What happened to the session in another tab. A grant travels only where it touches no disk. */
export type SessionNews =
  | { readonly type: 'granted' | 'renewed'; readonly grant?: Grant | undefined }
  | { readonly type: 'signed_out'; readonly because: SignedOutBecause }
  | { readonly type: 'active'; readonly atMs: number }

type Message = SessionNews | { readonly type: 'who' } | { readonly type: 'mine'; readonly grant?: Grant | undefined }

/**
 * Under which name tabs talk of a session, and take turns at renewing it. Tokens and cookies of the same place are two
 * sessions, which do not end each other. `place`: the server's address and the key.
 */
export function sessionTalkName(delivery: 'token' | 'cookie', place: string): string {
  return `tillwright.session:${delivery}:${place}`
}

export interface SessionTalkRules {
  readonly tabs: Tabs
  readonly name: string
  readonly schedule: Schedule
  /** What this tab has to say to one that asks. */
  readonly known: () => Grant | undefined
  /** A tab has answered, this one or another that asked. Returns whether that was news. */
  readonly onAnswer: (grant: Grant) => boolean
  readonly onNews: (news: SessionNews) => void
}

export interface SessionTalk {
  /** Says and hears nothing before it. */
  join(): void
  say(news: SessionNews): void
  /** Lets the other tabs say what they know; resolves with the first news, or when there was none. */
  ask(): Promise<void>
  leave(): void
}

/** What the tabs of one browser say to each other about their session. */
export function sessionTalk({ tabs, name, schedule, known, onAnswer, onNews }: SessionTalkRules): SessionTalk {
  let talk: ReturnType<Tabs['join']> | undefined
  let asking: Promise<void> | undefined
  let stopAsking: (() => void) | undefined

  function tell(message: Message): void {
    if ('grant' in message && !talk?.isPrivate) talk?.say({ type: message.type })
    else talk?.say(message)
  }

  function hear(message: Message): void {
    if (message.type === 'who') {
      const grant = known()
      if (grant) tell({ type: 'mine', grant })
    } else if (message.type === 'mine') {
      // An answer from a busy tab may come late; it is an answer all the same.
      if (isGrant(message.grant) && onAnswer(message.grant)) stopAsking?.()
    } else {
      onNews(message)
    }
  }

  return {
    join() {
      talk ??= tabs.join(name, (message) => hear(message as Message))
    },
    say: tell,
    async ask() {
      if (!tabs.onActivity) return
      asking ??= new Promise<void>((resolve) => {
        const cancel = schedule(resolve, ASK_MS)
        stopAsking = () => {
          cancel()
          resolve()
        }
        tell({ type: 'who' })
      }).finally(() => {
        asking = undefined
        stopAsking = undefined
      })
      await asking
    },
    leave() {
      talk?.leave()
    },
  }
}
