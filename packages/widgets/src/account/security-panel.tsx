import { PasswordField, StrengthMeter, valuesOf } from '../people/fields.tsx'
import { methods } from './methods.tsx'
import { type Drawing, Panel, submit } from './panel.tsx'
import { twoFactor } from './two-factor-panel.tsx'

export function security(drawing: Drawing) {
  const { state, actions, words, common } = drawing
  const { hasPassword } = state.user!
  const [heading, lead, current, change] = words.password
  const password = { words: common, isShown: state.isPasswordShown, onShow: actions.togglePassword }
  const isChanged = state.done === 'password'
  return (
    <>
      <Panel drawing={drawing} tasks={['password']} heading={heading} lead={lead} id="heading">
        <form
          part="form"
          key={String(isChanged)}
          noValidate
          onSubmit={(event) => actions.changePassword(valuesOf(event) as { newPassword: string })}
        >
          <input type="text" name="username" autocomplete="username" value={state.user!.email} readOnly hidden />
          {hasPassword && (
            <PasswordField
              {...password}
              name="currentPassword"
              label={current}
              autocomplete="current-password"
              isWrong={state.wrong === 'currentPassword'}
            />
          )}
          <PasswordField
            {...password}
            name="newPassword"
            label={common.newPassword}
            autocomplete="new-password"
            isWrong={state.wrong === 'newPassword'}
            describedBy="strength"
            onInput={actions.typed}
          />
          <StrengthMeter strength={state.strength} words={common} />
          {submit(drawing, 'password', change)}
        </form>
      </Panel>
      {state.providers.length + state.identities.length > 0 && (
        <Panel drawing={drawing} tasks={['link', 'unlink']} heading={words.methods} id="methods">
          {methods(state, actions, words)}
        </Panel>
      )}
      {twoFactor(drawing)}
    </>
  )
}
