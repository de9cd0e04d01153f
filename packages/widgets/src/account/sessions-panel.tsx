import type { Session } from '@tillwright/core/contract'
import { formatAge } from '../ui/quantities.ts'
import { type Drawing, Panel } from './panel.tsx'

export function sessions(drawing: Drawing) {
  const { state, actions, words } = drawing
  const { language } = state.props
  const describe = ({ lastUsedAt, address }: Session) =>
    [`${words.lastUsed} ${formatAge(state.nowAt - Date.parse(lastUsedAt), language)}`, address]
      .filter(Boolean)
      .join(' · ')
  return (
    <Panel
      drawing={drawing}
      tasks={['sessions']}
      heading={words.sections.sessions}
      lead={words.sessionsLead}
      id="heading"
    >
      <ul part="sessions">
        {state.sessions.map((session) => (
          <li part="session" key={session.id}>
            <div>
              <b>{session.device}</b>
              {session.current && <span part="badge">{words.thisDevice}</span>}
              <p part="lead">{describe(session)}</p>
            </div>
            {!session.current && (
              <button
                type="button"
                part="secondary"
                aria-label={`${words.end}: ${session.device}`}
                onClick={() => actions.end(session.id)}
              >
                {words.end}
              </button>
            )}
          </li>
        ))}
      </ul>
      {state.sessions.length > 1 && (
        <button type="button" part="danger" aria-disabled={state.busy === 'sessions'} onClick={actions.endOthers}>
          {words.endOthers}
        </button>
      )}
    </Panel>
  )
}
