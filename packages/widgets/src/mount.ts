import { type ComponentChild, render } from 'preact'
import type { WidgetClient } from './client.ts'
import { browserPlatform, type WidgetPlatform } from './platform/browser.ts'
import type { Signal } from './signal.ts'

/** What behaviour works with. */
export interface WidgetContext<Client = WidgetClient> extends WidgetPlatform {
  readonly client: Client
  /** Tells the page that something happened, as a DOM event with this detail. Its type is `tillwright` unless given. */
  readonly notify: (detail: object, type?: string) => void
}

/** A running widget: its state, and how to change and end it. What else it can do is its own. */
export interface Connection<Props, State> {
  readonly state: Signal<State>
  update(props: Props): void
  /** Ends timers and calls in flight. */
  dispose(): void
}

/** A widget, in parts that know little of each other. */
export interface Widget<Props, State, C extends Connection<Props, State>, Client = WidgetClient> {
  /** Behaviour, without a DOM. */
  readonly connect: (props: Props, context: WidgetContext<Client>) => C
  /** Markup. */
  readonly view: (state: State, connection: C) => ComponentChild
  readonly style: string
  /** Ties behaviour to what only the page knows, such as what is in view. Returns the untying. */
  readonly watch: (host: HTMLElement, connection: C) => () => void
}

export interface Mounted<Props> {
  update(props: Props): void
  /** Takes everything away again: markup, observers, timers, calls in flight. */
  dispose(): void
}

/** Draws a widget into the shadow root of `host`, and again after each change of its state. */
export function mount<Props, State, C extends Connection<Props, State>, Client>(
  widget: Widget<Props, State, C, Client>,
  host: HTMLElement,
  props: Props,
  client: Client,
): Mounted<Props> {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(widget.style)
  root.adoptedStyleSheets = [sheet]
  const connection = widget.connect(props, {
    ...browserPlatform,
    client,
    notify: (detail, type = 'tillwright') =>
      host.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true })),
  })
  const stopDrawing = connection.state.subscribe((state) => render(widget.view(state, connection), root))
  const stopWatching = widget.watch(host, connection)
  return {
    update: connection.update,
    dispose() {
      stopWatching()
      stopDrawing()
      connection.dispose()
      render(null, root)
    },
  }
}
