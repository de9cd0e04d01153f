import type { Language } from '../i18n.ts'
import { Field, valuesOf } from '../people/fields.tsx'
import { type Drawing, Panel, submit } from './panel.tsx'

const LANGUAGES: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch', fr: 'Français', es: 'Español' }

export function profile(drawing: Drawing) {
  const { state, actions, words, common } = drawing
  const { name, email, preferences } = state.user!
  const { language } = state.props
  const [heading, lead, label, change] = words.email
  const save = (event: Event) => {
    const values = valuesOf(event)
    void actions.saveProfile({
      name: values.name?.trim() || null,
      language: values.language || null,
      timeZone: values.timeZone || null,
      currency: values.currency || null,
      notifications: {
        receipts: values.receipts !== undefined,
        offers: values.offers !== undefined,
        reports: values.reports !== undefined,
      },
    })
  }
  const currencies = new Intl.DisplayNames(language, { type: 'currency' })
  return (
    <>
      <Panel drawing={drawing} tasks={['profile']} heading={words.sections.profile} id="heading">
        <form part="form" noValidate onSubmit={save}>
          <Field name="name" label={words.name} autocomplete="name" value={name ?? ''} isOptional />
          <div part="columns">
            {choice('language', words.language, words.automatic, preferences.language, Object.entries(LANGUAGES))}
            {choice(
              'currency',
              words.currency,
              words.automatic,
              preferences.currency,
              Intl.supportedValuesOf('currency').map((code) => [code, `${code} · ${currencies.of(code)}`]),
            )}
          </div>
          {choice(
            'timeZone',
            words.timeZone,
            words.automatic,
            preferences.timeZone,
            Intl.supportedValuesOf('timeZone').map((zone) => [zone, zone.replaceAll('_', ' ')]),
          )}
          <fieldset>
            <legend>{words.notify}</legend>
            {(['receipts', 'offers', 'reports'] as const).map((kind) => (
              <label part="check" key={kind}>
                <input type="checkbox" name={kind} defaultChecked={preferences.notifications[kind]} />
                {words.notifications[kind]}
              </label>
            ))}
          </fieldset>
          {submit(drawing, 'profile', words.save)}
        </form>
      </Panel>
      <Panel drawing={drawing} tasks={['email']} heading={heading} lead={`${email}. ${lead}`}>
        <form part="form" noValidate onSubmit={(event) => actions.changeEmail(valuesOf(event).email!.trim())}>
          <Field
            name="email"
            label={label}
            type="email"
            autocomplete="email"
            inputMode="email"
            isWrong={state.wrong === 'email'}
          />
          {submit(drawing, 'email', change, 'secondary')}
        </form>
      </Panel>
    </>
  )

  function choice(
    name: string,
    text: string,
    automatic: string,
    chosen: string | null,
    options: readonly (readonly [value: string, text: string])[],
  ) {
    // What was chosen elsewhere stays choosable, whether this browser knows it or not.
    const known =
      chosen === null || options.some(([value]) => value === chosen) ? options : [[chosen, chosen] as const, ...options]
    return (
      <div part="field">
        <label for={name}>{text}</label>
        <select part="input" id={name} name={name} key={common.email}>
          <option value="">{automatic}</option>
          {known.map(([value, shown]) => (
            <option key={value} value={value} selected={value === chosen}>
              {shown}
            </option>
          ))}
        </select>
      </div>
    )
  }
}
