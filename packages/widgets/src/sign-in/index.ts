import { soundLanguage } from '../i18n.ts'
import type { PeopleClient } from '../people/client.ts'
import { formStyle } from '../people/form-style.ts'
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
  style: formStyle + style,
  watch(host, connection) {
    const { ownerDocument: page } = host
    const { location, history } = page.defaultView!
    const start = () => {
      const { hash, origin, pathname, search } = location
      const query = new URLSearchParams(search)
      const path = pathname + search
      const state = query.get('state')
      if (state && /\/auth\/[\w-]+\/callback$/.test(pathname)) {
        // Neither a code nor the way back to it stays in the history.
        history.replaceState(history.state, '', `../../sign-in?tenant=${state.split('.')[0]}`)
        const given = ['code', 'iss', 'error'].flatMap((name) => (query.has(name) ? [[name, query.get(name)!]] : []))
        return connection.start({ hash: '', origin, landing: { state, ...Object.fromEntries(given) } })
      }
      const provider = pathname.endsWith('/sign-in') && query.get('with')
      if (provider) {
        const returnTo = query.get('returnTo')
        query.delete('with')
        history.replaceState(history.state, '', `${pathname}?${query}`)
        return connection.start({ hash: '', origin, visit: { provider, returnTo } })
      }
      const isOurs = new RegExp(`^#(${LINK_STEPS.join('|')}|forgot)(=|$)`).test(hash)
      // A token must stay in no history and in no picture of the screen.
      if (isOurs) history.replaceState(history.state, '', pathname + search)
      connection.start({ hash: isOurs ? hash : '', origin, path })
    }
    const signedOut = ({ target }: Event) => target !== host && connection.signedOut()
    let focused = 0
    const stopFollowing = connection.state.subscribe(({ focus, leaveTo }) => {
      if (focus.count !== focused) {
        focused = focus.count
        host.shadowRoot!.getElementById(focus.on)?.focus()
      }
      if (leaveTo) leave(location, leaveTo)
    })
    start()
    page.defaultView!.addEventListener('hashchange', start)
    page.addEventListener('tw-signed-out', signedOut)
    // Who comes back from a provider by the browser's own button finds the form again.
    const shown = ({ persisted }: PageTransitionEvent) => persisted && connection.retry()
    page.defaultView!.addEventListener('pageshow', shown)
    return () => {
      page.defaultView!.removeEventListener('pageshow', shown)
      stopFollowing()
      page.defaultView!.removeEventListener('hashchange', start)
      page.removeEventListener('tw-signed-out', signedOut)
    }
  },
}

/** A page that differs by its fragment alone is opened anew as well. */
function leave(location: Location, to: string): void {
  const before = withoutHash(location.href)
  location.assign(to)
  if (to.includes('#') && withoutHash(new URL(to, before).href) === before) location.reload()
}

function withoutHash(address: string): string {
  return address.split('#', 1)[0]!
}
