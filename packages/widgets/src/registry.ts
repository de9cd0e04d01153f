import type { WidgetClient } from './client.ts'
import { type Connection, type Mounted, mount, type Widget } from './mount.ts'

/** A widget that a page can write as an element. */
export interface ElementWidget<Props, State, C extends Connection<Props, State>, Client = WidgetClient>
  extends Widget<Props, State, C, Client> {
  readonly tag: string
  readonly attributes: readonly string[]
  /** Reads an element's attributes; `language` is for one that states none. */
  readonly propsOf: (element: Element, language: string) => Props
}

/** What the elements of a page have in common. */
export interface ElementsOptions<Client = WidgetClient> {
  readonly client: Client
  /** BCP 47 language of elements that state none. Default: the page's own, else English. */
  readonly language?: string
}

/** Makes `widget.tag` an element of this page. A second call for the same tag changes nothing. */
export function defineElement<Props, State, C extends Connection<Props, State>, Client>(
  widget: ElementWidget<Props, State, C, Client>,
  { client, language }: ElementsOptions<Client>,
): void {
  if (customElements.get(widget.tag)) return
  class WidgetElement extends HTMLElement {
    static readonly observedAttributes = widget.attributes
    private mounted: Mounted<Props> | undefined
    private isStale = false

    private get props() {
      return widget.propsOf(this, language ?? (document.documentElement.lang || 'en'))
    }

    connectedCallback() {
      this.mounted = mount(widget, this, this.props, client)
    }

    disconnectedCallback() {
      this.mounted?.dispose()
      this.mounted = undefined
    }

    /** Attributes that change together are one change. */
    attributeChangedCallback() {
      if (this.isStale) return
      this.isStale = true
      queueMicrotask(() => {
        this.isStale = false
        this.mounted?.update(this.props)
      })
    }
  }
  customElements.define(widget.tag, WidgetElement)
}
