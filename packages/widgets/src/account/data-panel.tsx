import { type Drawing, Panel } from './panel.tsx'

export function data(drawing: Drawing) {
  const { state, actions, words } = drawing
  const [heading, lead, download] = words.exportData
  const [removal, removalLead, remove] = words.remove
  return (
    <>
      <Panel drawing={drawing} tasks={['export']} heading={heading} lead={lead} id="heading">
        <button type="button" part="secondary" aria-disabled={state.busy === 'export'} onClick={actions.exportData}>
          {state.busy === 'export' ? words.busy : download}
        </button>
      </Panel>
      <Panel drawing={drawing} tasks={['remove']} heading={removal} lead={removalLead}>
        <button type="button" part="danger" aria-disabled={state.busy === 'remove'} onClick={actions.askToRemove}>
          {state.busy === 'remove' ? words.busy : remove}
        </button>
      </Panel>
    </>
  )
}
