import { soundLanguage } from '../i18n.ts'
import type { PeopleClient } from '../people/client.ts'
import type { ElementWidget } from '../registry.ts'
import { connectSignIn, LINK_STEPS, type SignInConnection, type SignInProps, type SignInState } from './connect.ts'
import { style } from './style.ts'
import { signInView } from './view.tsx'

/** `<tw-sign-in>`: signing in, up and on, and what mailed links lead to. */
export const signIn: ElementWidget<SignInProps, SignInState, SignInConnection, PeopleClient> = {
  tag: 'tw-sign-in',
  attributes: ['language', 'return-to'],
  propsOf: (element, language) => ({
    language: soundLanguage(element.getAttribute('language') ?? language),
    returnTo: element.getAttribute('return-to'),
  }),
  connect: connectSignIn,
  view: signInView,
  style,
  watch(host, connection) {
    const { ownerDocument: page } = host
    const { location, history } = page.defaultView!
    const start = () => {
      const { hash, origin, pathname, search } = location
      const isOurs = new RegExp(`^#(${LINK_STEPS.join('|')}|forgot)(=|$)`).test(hash)
      // A token must stay in no history and in no picture of the screen.
      if (isOurs) history.replaceState(history.state, '', pathname + search)
      connection.start({ hash: isOurs ? hash : '', origin })
    }
    const signedOut = ({ target }: Event) => target !== host && connection.signedOut()
    let focused = 0
    const stopFollowing = connection.state.subscribe(({ focus, leaveTo }) => {
      if (focus.count !== focused) {
        focused = focus.count
        host.shadowRoot!.getElementById(focus.on)?.focus()
      }
      if (leaveTo) location.assign(leaveTo)
    })
    start()
    page.defaultView!.addEventListener('hashchange', start)
    page.addEventListener('tw-signed-out', signedOut)
    return () => {
      stopFollowing()
      page.defaultView!.removeEventListener('hashchange', start)
      page.removeEventListener('tw-signed-out', signedOut)
    }
  },
}
