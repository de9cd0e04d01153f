import { renewal, type SessionNews, sessionTalkName, type Tabs } from '@tillwright/core/script'
import type { PeopleSession, PeopleSessionState } from '../people/client.ts'
import { codeOf } from '../people/code-of.ts'
import type { WidgetPlatform } from '../platform/browser.ts'
import { signal } from '../signal.ts'

export interface PeopleSessionRules {
  /** The server's address and the key. */
  readonly place: string
  readonly tabs: Tabs
  readonly schedule: WidgetPlatform['schedule']
  /** Asks the server for another access token. */
  readonly refresh: () => Promise<unknown>
}

export interface ScriptSession extends PeopleSession {
  /** Runs a call; where its access has run out, waits for the one renewal there is, in whichever tab, and runs it again. */
  run<Answer>(call: () => Promise<Answer>): Promise<Answer>
  /** Renews the session now. */
  renew(): Promise<void>
  /** The server has said so: other tabs hear of it. `grant`: what it granted. */
  say(type: SessionNews['type'], grant?: object): void
}

/**
 * The session of the script tag's widgets: one and the same with what `personSession` makes of these cookies, in this page
 * and in others.
 */
export function peopleSession({ place, tabs, schedule, refresh }: PeopleSessionRules): ScriptSession {
  const name = sessionTalkName('cookie', place)
  const state = signal<PeopleSessionState>({ status: 'unknown' })
  /** Grows with each change of cookies. */
  let version = 0
  const note = ({ type, grant }: { readonly type: string; readonly grant?: PeopleSessionState | undefined }) => {
    if (!['granted', 'renewed', 'signed_out'].includes(type)) return
    version++
    if (type === 'signed_out') state.value = { status: type }
    else if (type === 'granted') state.value = { status: 'signed_in', user: grant?.user }
  }
  const talk = tabs.join(name, (message) => note(message as Parameters<typeof note>[0]))
  const say: ScriptSession['say'] = (type, grant) => {
    note({ type, grant: grant as PeopleSessionState | undefined })
    talk.say({ type, because: 'left', ...(talk.isPrivate && { grant }) })
  }
  const renewSince = renewal({
    version: () => version,
    inTurn: (work) => tabs.inTurn(`${name}:renewal`, work),
    schedule,
    async refresh() {
      try {
        say('renewed', (await refresh()) as object)
      } catch (error) {
        if (codeOf(error) !== 'session_ended') throw error
        say('signed_out')
      }
    },
  })
  return {
    state,
    say,
    renew: () => renewSince(version),
    async run(call) {
      const since = version
      try {
        return await call()
      } catch (error) {
        if (codeOf(error) !== 'invalid_token') throw error
        await renewSince(since)
        return call()
      }
    },
  }
}
