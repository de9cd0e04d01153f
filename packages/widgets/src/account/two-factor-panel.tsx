import { Field, valuesOf } from '../people/fields.tsx'
import type { Task } from './connect.ts'
import { type Drawing, Panel, submit } from './panel.tsx'

/** The second factor: whether it is on, on its way, or has just given its recovery codes. */
export function twoFactor(drawing: Drawing) {
  const { recoveryCodes: codes, setup } = drawing.state
  if (codes) return recoveryCodes(drawing)
  return setup ? setUp(drawing) : onOrOff(drawing)
}

function onOrOff(drawing: Drawing) {
  const { state, actions, words } = drawing
  const [heading, off, on] = words.twoFactor
  const isOn = state.user!.twoFactor
  const button = (task: Task, text: string, act: () => void, look = 'secondary') => (
    <button type="button" part={look} aria-disabled={state.busy === task} onClick={act}>
      <span>{state.busy === task ? words.busy : text}</span>
    </button>
  )
  return (
    <Panel
      drawing={drawing}
      tasks={['set-up', 'codes', 'switch-off']}
      heading={heading}
      lead={isOn ? on : off}
      id="two-factor"
    >
      <div part="actions">
        {isOn
          ? button('codes', words.newCodes, actions.newCodes)
          : button('set-up', words.setUp, actions.setUp, 'submit')}
        {isOn && button('switch-off', words.switchOff, actions.switchOff, 'danger')}
      </div>
    </Panel>
  )
}

function setUp(drawing: Drawing) {
  const { state, actions, words, common } = drawing
  const { secret, qrCode } = state.setup!
  const [heading, lead, byHand, switchOn] = words.scan
  return (
    <Panel drawing={drawing} tasks={['confirm']} heading={heading} lead={lead} id="set-up">
      <div part="scan">
        {qrCode && (
          <svg part="qr" viewBox={`0 0 ${qrCode.size} ${qrCode.size}`} role="img" aria-label={heading}>
            <path d={qrCode.path} />
          </svg>
        )}
        <p>
          {byHand}
          <code>{secret.replace(/.{4}(?=.)/g, '$& ')}</code>
        </p>
      </div>
      <form part="form" noValidate onSubmit={(event) => actions.confirm(valuesOf(event).code!)}>
        <Field
          name="code"
          label={common.code}
          autocomplete="one-time-code"
          inputMode="numeric"
          isWrong={state.wrong === 'code'}
        />
        <div part="actions">
          {submit(drawing, 'confirm', switchOn)}
          <button type="button" part="secondary" onClick={actions.cancelSetUp}>
            {words.cancel}
          </button>
        </div>
      </form>
    </Panel>
  )
}

function recoveryCodes(drawing: Drawing) {
  const { state, actions, words } = drawing
  const [heading, lead] = words.codes
  const codes = state.recoveryCodes!
  return (
    <Panel drawing={drawing} tasks={['codes']} heading={heading} lead={lead} id="codes">
      <ol part="codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div part="actions">
        <button type="button" part="secondary" onClick={() => navigator.clipboard?.writeText(codes.join('\n'))}>
          {words.copy}
        </button>
        <button type="button" part="secondary" onClick={actions.saveCodes}>
          {words.download}
        </button>
      </div>
      <button type="button" part="submit" onClick={actions.keptCodes}>
        <span>{words.keptCodes}</span>
      </button>
    </Panel>
  )
}
