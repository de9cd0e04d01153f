import { soundLanguage } from '../i18n.ts'
import type { Mounted } from '../mount.ts'
import { mount } from '../mount.ts'
import type { ElementWidget } from '../registry.ts'
import type { ChatClient } from './client.ts'
import { type ChatConnection, type ChatProps, type ChatState, connectChat } from './connect.ts'
import { LAUNCHER_KEY, PANEL_ATTRIBUTES, PANEL_TAG } from './launcher.ts'
import { SHEET_PX } from './sheet.ts'
import { tabStore } from './stores.ts'
import { style } from './style.ts'
import { MEMORIES, type Memory } from './talk.ts'
import { chatView } from './view.tsx'

/** Bytes of a secret that nobody can guess. */
const SECRET_BYTES = 32

/**
 * `<tw-chat-panel>`: the assistant itself. `<tw-chat>` brings it when somebody opens it; alone it stands in the page as any
 * other element.
 */
export const chatPanel: ElementWidget<ChatProps, ChatState, ChatConnection, ChatClient> = {
  tag: PANEL_TAG,
  attributes: PANEL_ATTRIBUTES,
  propsOf(element, language) {
    const read = (name: string) => element.getAttribute(name)
    const memory = read('memory') as Memory | null
    return {
      language: soundLanguage(read('language') ?? language),
      memory: memory && MEMORIES.includes(memory) ? memory : null,
      heading: read('heading'),
      productUrl: read('product-url'),
      signInUrl: read('sign-in-url'),
      productId: read('product'),
    }
  },
  connect: (props, context) =>
    connectChat(props, {
      ...context,
      tab: tabStore(() => sessionStorage, 'tillwright.chat.talk'),
      secret() {
        const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES))
        return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
      },
    }),
  view: (state, connection) => {
    const { host, ...actions } = withHost(connection)
    return chatView(state, { ...actions, close: host?.popover ? () => host.hidePopover() : null, download })
  },
  style,
  watch(host, connection) {
    hosts.set(connection, host)
    const page = host.ownerDocument
    const root = host.shadowRoot!
    const gone = new AbortController()
    const listen = (target: EventTarget, type: string, run: (event: Event) => void) =>
      target.addEventListener(type, run, { signal: gone.signal })
    const isPopover = () => host.popover !== null
    let opener: HTMLElement | null = null

    listen(host, 'beforetoggle', (event) => {
      if ((event as ToggleEvent).newState === 'open') opener = page.activeElement as HTMLElement | null
    })
    listen(host, 'toggle', (event) => {
      const isOpen = (event as ToggleEvent).newState === 'open'
      connection.shown(isOpen)
      if (!isOpen) giveBack(host, opener)
    })
    listen(root, 'keydown', (event) => {
      const { key } = event as KeyboardEvent
      if (key === 'Escape' && isPopover()) {
        event.stopPropagation()
        host.hidePopover()
      } else if (key === 'Tab' && isPopover() && innerWidth <= SHEET_PX) keepWithin(root, event as KeyboardEvent)
    })
    // Who follows a link of the assistant on a small screen wants to see where it leads.
    listen(root, 'click', (event) => {
      const link = (event.target as Element).closest('a[href]')
      if (link && isPopover() && innerWidth <= SHEET_PX) host.hidePopover()
    })
    // A sheet shows what is said before the keyboard covers half of it.
    listen(host, 'tw-chat-focus', () => {
      const place = innerWidth <= SHEET_PX ? root.querySelector('section') : root.getElementById('draft')
      place?.focus()
    })
    listen(host, 'tw-chat-state', (event) => {
      const { mark } = (event as CustomEvent<{ mark: string }>).detail
      try {
        if (mark) sessionStorage[LAUNCHER_KEY] = mark
        else delete sessionStorage[LAUNCHER_KEY]
      } catch {} // Storage is blocked: the next page begins with a closed button.
    })
    connection.network(navigator.onLine)
    listen(window, 'offline', () => connection.network(false))
    const stopSizing = sizeWithKeyboard(host)
    let focused = 0
    const stopFocus = connection.state.subscribe(({ focus }) => {
      if (focus.count === focused) return
      focused = focus.count
      // It may be drawn in this very step.
      queueMicrotask(() => root.getElementById(focus.on)?.focus())
    })
    if (!isPopover() && host.parentElement?.localName !== 'tw-chat') connection.shown(true)
    else if (host.matches(':popover-open')) connection.shown(true)
    else connection.follow()
    return () => {
      gone.abort()
      stopSizing()
      stopFocus()
    }
  },
}

const hosts = new WeakMap<object, HTMLElement>()

function withHost(connection: ChatConnection) {
  return { ...connection, host: hosts.get(connection) }
}

/** Focus returns to where it was, unless somebody has moved it on meanwhile. */
function giveBack(host: HTMLElement, opener: HTMLElement | null): void {
  const active = host.ownerDocument.activeElement
  if (active && active !== host.ownerDocument.body && active !== host) return
  const launcher = host.parentElement?.shadowRoot?.querySelector('button')
  ;(launcher ?? opener)?.focus()
}

/** A sheet that covers the page keeps the Tab key. */
function keepWithin(root: ShadowRoot, event: KeyboardEvent): void {
  const all = [...root.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [tabindex="0"]')]
  const [first, last] = [all[0], all.at(-1)]
  const leaves = event.shiftKey ? first : last
  if (root.activeElement !== leaves) return
  event.preventDefault()
  ;(event.shiftKey ? last : first)?.focus()
}

/** A sheet is as high as what the keyboard on the screen leaves. */
function sizeWithKeyboard(host: HTMLElement): () => void {
  const view = window.visualViewport
  const size = () => {
    host.style.setProperty('--height', `${view!.height}px`)
    host.style.setProperty('--top', `${view!.offsetTop}px`)
  }
  if (!view) return () => {}
  size()
  view.addEventListener('resize', size)
  view.addEventListener('scroll', size)
  return () => {
    view.removeEventListener('resize', size)
    view.removeEventListener('scroll', size)
  }
}

function download(file: Blob): void {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(file), download: 'chat.txt' })
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** Draws the assistant into the shadow root of `host`, for pages that would rather call than write an element. */
export function mountChat(
  host: HTMLElement,
  { client, ...given }: Partial<ChatProps> & { client: ChatClient },
): Mounted<Partial<ChatProps>> {
  const none = { language: 'en', memory: null, heading: null, productUrl: null, signInUrl: null, productId: null }
  let props: ChatProps = { ...none, ...given }
  const mounted = mount(chatPanel, host, props, client)
  return {
    update: (change) => mounted.update((props = { ...props, ...change })),
    dispose: mounted.dispose,
  }
}
