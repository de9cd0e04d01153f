import type { AccountConnection, AccountState } from './connect.ts'
import type { AccountWords } from './strings.ts'

type Actions = Pick<AccountConnection, 'link' | 'unlink'>

/** Accounts at providers: those that open this one, and those that could. */
export function methods(state: AccountState, { link, unlink }: Actions, words: AccountWords) {
  const { identities, providers, busy } = state
  const others = providers.filter(({ id }) => !identities.some(({ provider }) => provider === id))
  // The last way in stays.
  const isLast = !state.user!.hasPassword && identities.length === 1
  const row = (id: string, label: string, text: string, act: () => void, email?: string | null) => (
    <li part="session" key={id}>
      <div>
        <b>{label}</b>
        {email && <p part="lead">{email}</p>}
      </div>
      {!(isLast && email !== undefined) && (
        <button
          type="button"
          part="secondary"
          aria-label={`${text}: ${label}`}
          aria-disabled={busy === 'link' || busy === 'unlink'}
          onClick={act}
        >
          {text}
        </button>
      )}
    </li>
  )
  return (
    <ul part="sessions">
      {identities.map(({ id, label, email }) => row(id, label, words.switchOff, () => void unlink(id), email))}
      {others.map(({ id, label }) => row(id, label, words.setUp, () => void link(id)))}
    </ul>
  )
}
