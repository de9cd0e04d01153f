import { Field, PasswordField, valuesOf } from '../people/fields.tsx'
import { failureWords } from '../people/words.ts'
import { provesByPassword } from './connect.ts'
import { type Drawing, submit } from './panel.tsx'

/** Asks for something before it goes on. The browser keeps focus inside and gives it back. */
export function dialog(drawing: Drawing) {
  const { state, actions, words } = drawing
  const [heading, lead] = state.dialog === 'remove' ? words.removeSure : words.proof
  return (
    <dialog part="dialog" aria-labelledby="dialog-heading" onCancel={actions.closeDialog} onClose={actions.closeDialog}>
      {state.dialog && (
        <>
          <h3 id="dialog-heading">{heading}</h3>
          <p part="lead">{lead}</p>
          {state.dialog === 'remove' ? removal(drawing) : proof(drawing)}
        </>
      )}
    </dialog>
  )
}

function removal({ actions, words }: Drawing) {
  return (
    <div part="actions">
      <button type="button" part="secondary" onClick={actions.closeDialog}>
        {words.cancel}
      </button>
      <button type="button" part="danger" onClick={actions.remove}>
        {words.removeSure[2]}
      </button>
    </div>
  )
}

function proof(drawing: Drawing) {
  const { state, actions, words, common } = drawing
  const isWrong = state.wrong === 'proof'
  return (
    <form part="form" noValidate onSubmit={(event) => actions.prove(valuesOf(event).proof!)}>
      {isWrong && (
        <p part="message" id="message" role="alert">
          {failureWords(state.problem!.failure, common, state.props.language)}
        </p>
      )}
      <input type="text" name="username" autocomplete="username" value={state.user!.email} readOnly hidden />
      {provesByPassword(state.user!) ? (
        <PasswordField
          name="proof"
          label={common.password}
          autocomplete="current-password"
          words={common}
          isShown={state.isPasswordShown}
          onShow={actions.togglePassword}
          isWrong={isWrong}
        />
      ) : (
        <Field name="proof" label={common.code} autocomplete="one-time-code" isWrong={isWrong} />
      )}
      <div part="actions">
        {submit(drawing, 'proof', words.proof[2])}
        <button type="button" part="secondary" onClick={actions.closeDialog}>
          {words.cancel}
        </button>
      </div>
    </form>
  )
}
