import { soundLanguage } from '../i18n.ts'
import type { PeopleClient } from '../people/client.ts'
import { formStyle } from '../people/form-style.ts'
import type { ElementWidget } from '../registry.ts'
import { type AccountConnection, type AccountProps, type AccountState, connectAccount, SECTIONS } from './connect.ts'
import { style } from './style.ts'
import { accountView } from './view.tsx'

/** `<tw-account>`: what is a person's own: profile, password, second factor, devices, data. */
export const account: ElementWidget<AccountProps, AccountState, AccountConnection, PeopleClient> = {
  tag: 'tw-account',
  attributes: ['language'],
  propsOf: (element, language) => ({ language: soundLanguage(element.getAttribute('language') ?? language) }),
  connect: connectAccount,
  view: accountView,
  style: formStyle + style,
  watch(host, connection) {
    const { ownerDocument: page } = host
    const window = page.defaultView!
    const root = host.shadowRoot!
    const start = () =>
      connection.start(SECTIONS.find((section) => window.location.hash === `#${section}`) ?? null, window.location.href)
    const lookAgain = ({ target }: Event) => target !== host && connection.lookAgain()
    let focused = 0
    let saved: object | null = null
    const stopFollowing = connection.state.subscribe(({ focus, dialog, file, leaveTo }) => {
      const asks = root.querySelector('dialog')
      if (asks && asks.open !== (dialog !== null)) {
        if (dialog) asks.showModal()
        else asks.close()
      }
      if (focus.count !== focused) {
        focused = focus.count
        root.getElementById(focus.on)?.focus()
      }
      if (leaveTo) window.location.assign(leaveTo)
      if (file && file !== saved) save(page, (saved = file) as typeof file)
    })
    start()
    window.addEventListener('hashchange', start)
    for (const type of ['tw-signed-in', 'tw-signed-out']) page.addEventListener(type, lookAgain)
    return () => {
      stopFollowing()
      window.removeEventListener('hashchange', start)
      for (const type of ['tw-signed-in', 'tw-signed-out']) page.removeEventListener(type, lookAgain)
    }
  },
}

function save(page: Document, { name, content }: { name: string; content: Blob }): void {
  const href = URL.createObjectURL(content)
  Object.assign(page.createElement('a'), { href, download: name }).click()
  // The download has its own hold of the content by then.
  setTimeout(() => URL.revokeObjectURL(href), 10_000)
}
