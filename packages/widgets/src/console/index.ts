import { soundLanguage } from '../i18n.ts'
import type { ElementWidget } from '../registry.ts'
import {
  type ConsoleClient,
  type ConsoleConnection,
  type ConsoleProps,
  type ConsoleState,
  connectConsole,
} from './connect.ts'
import { style } from './style.ts'
import { consoleView } from './view.tsx'

/** `<tw-console>`: how the server is, what it holds, and what it is doing. Needs a session or a secret key. */
export const consoleApp: ElementWidget<ConsoleProps, ConsoleState, ConsoleConnection, ConsoleClient> = {
  tag: 'tw-console',
  attributes: ['language', 'script-tag'],
  propsOf: (element, language) => ({
    language: soundLanguage(element.getAttribute('language') ?? language),
    scriptTag: element.getAttribute('script-tag'),
  }),
  connect: connectConsole,
  view: consoleView,
  style,
  watch({ ownerDocument: page }, connection) {
    const look = () => connection.seen(page.visibilityState === 'visible')
    page.addEventListener('visibilitychange', look)
    look()
    return () => page.removeEventListener('visibilitychange', look)
  },
}
