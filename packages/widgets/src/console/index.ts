import { soundLanguage } from '../i18n.ts'
import type { ElementWidget } from '../registry.ts'
import {
  type ConsoleClient,
  type ConsoleConnection,
  type ConsolePorts,
  type ConsoleProps,
  type ConsoleState,
  connectConsole,
} from './connect.ts'
import { strings } from './strings.ts'
import { style } from './style.ts'
import { consoleView } from './view.tsx'

/**
 * `<tw-console>`: where the people of a shop see how the server is and steer what it recommends. Needs the session of a link
 * or of a person. Pages are loaded when they are opened; the address after `#` says which.
 */
export function consoleApp(
  ports: ConsolePorts,
): ElementWidget<ConsoleProps, ConsoleState, ConsoleConnection, ConsoleClient> {
  return {
    tag: 'tw-console',
    attributes: ['language', 'script-tag', 'shop', 'tenant'],
    propsOf: (element, language) => ({
      language: soundLanguage(element.getAttribute('language') ?? language),
      scriptTag: element.getAttribute('script-tag'),
      shop: element.getAttribute('shop'),
      tenant: element.getAttribute('tenant'),
    }),
    connect: connectConsole(ports),
    view: consoleView,
    style,
    watch(host, connection) {
      const { ownerDocument: page } = host
      const view = page.defaultView!
      const look = () => connection.seen(page.visibilityState === 'visible')
      const follow = () => connection.open(view.location.hash)
      page.addEventListener('visibilitychange', look)
      view.addEventListener('hashchange', follow)
      look()
      follow()
      const stopDressing = dress(host, connection)
      return () => {
        stopDressing()
        page.removeEventListener('visibilitychange', look)
        view.removeEventListener('hashchange', follow)
      }
    },
  }
}

/** The sheet and the title of the page that is open; its heading takes the focus once somebody has gone there. */
function dress(host: HTMLElement, { state }: ConsoleConnection): () => void {
  const root = host.shadowRoot!
  const [base] = root.adoptedStyleSheets as [CSSStyleSheet]
  const sheets = new Map<string, CSSStyleSheet>()
  let shown: ConsoleState['place'] | undefined
  return state.subscribe(({ open, place, props }) => {
    if (!open || place === shown) return
    const isFirst = shown === undefined
    shown = place
    const sheet = sheets.get(open.name) ?? new CSSStyleSheet()
    if (!sheets.has(open.name)) sheet.replaceSync(open.page.style)
    sheets.set(open.name, sheet)
    root.adoptedStyleSheets = [base, sheet]
    const words = strings[props.language.split('-')[0] as keyof typeof strings] ?? strings.en
    host.ownerDocument.title = `${words.pages[place.name]} · Tillwright`
    if (!isFirst) root.querySelector('h1')?.focus()
  })
}
