import { launcherStrings } from './launcher-strings.ts'
import { launcherStyle } from './launcher-style.ts'
import { SHEET_PX } from './sheet.ts'

/** The panel's element, which the loader brings when it appears. */
export const PANEL_TAG = 'tw-chat-panel'
/** What the panel leaves in the tab for the next page: `open`, or the number of unread messages of a talk that goes on. */
export const LAUNCHER_KEY = 'tillwright.chat'
/** What the panel reads, and hears of when it changes. */
export const PANEL_ATTRIBUTES = ['language', 'memory', 'heading', 'product', 'product-url', 'sign-in-url'] as const

/** How long the panel may take to come before the button says so, in ms. */
const PATIENCE_MS = 15_000

/**
 * `<tw-chat>`: the button that opens the assistant. It is all that a page with an unopened chat pays for: no renderer, no
 * client. The panel is a child of it, `<tw-chat-panel>`, which comes at the first opening, or earlier where a talk goes on.
 */
export function defineLauncher(pageLanguage: () => string): void {
  if (customElements.get('tw-chat')) return
  customElements.define(
    'tw-chat',
    class extends HTMLElement {
      static readonly observedAttributes = [...PANEL_ATTRIBUTES, 'label']
      private readonly root = this.attachShadow({ mode: 'open' })
      private readonly button = document.createElement('button')
      private readonly label = document.createElement('span')
      private readonly badge = document.createElement('b')
      private unread = ''
      private isAway = false

      constructor() {
        super()
        const { root, button, label, badge } = this
        const sheet = new CSSStyleSheet()
        sheet.replaceSync(launcherStyle)
        root.adoptedStyleSheets = [sheet]
        button.part.add('launcher')
        button.type = 'button'
        button.onclick = () => this.open(true)
        button.append(picture(), label, badge)
        root.append(button, document.createElement('slot'))
        this.addEventListener('tw-chat-state', ({ detail }: CustomEventInit<{ unread: number }>) => {
          this.unread = `${detail!.unread || ''}`
          this.draw()
        })
        // It does not bubble.
        this.addEventListener('toggle', () => this.draw(), true)
      }

      connectedCallback() {
        this.draw()
        const kept = recall()
        // What covers the page does not do so by itself.
        const isWide = innerWidth > SHEET_PX
        if (this.hasAttribute('open') || (kept === 'open' && isWide)) this.open(false)
        else if (kept) {
          this.unread = Number(kept) ? kept : ''
          this.draw()
          this.panel()
        }
      }

      attributeChangedCallback() {
        if (this.isConnected) this.draw()
      }

      /** The panel, which knows nothing of attributes but its own. */
      private panel(): HTMLElement {
        const panel = this.querySelector<HTMLElement>(PANEL_TAG) ?? document.createElement(PANEL_TAG)
        panel.popover ||= 'manual'
        if (!panel.isConnected) this.append(panel)
        for (const name of PANEL_ATTRIBUTES) {
          const value = this.getAttribute(name)
          if (value === null) panel.removeAttribute(name)
          else if (value !== panel.getAttribute(name)) panel.setAttribute(name, value)
        }
        return panel
      }

      /** `byHand`: focus goes into the panel. */
      private async open(byHand: boolean) {
        const isHere = customElements.get(PANEL_TAG)
        this.isAway = !isHere && !navigator.onLine
        if (!this.isAway) {
          const panel = this.panel()
          const timer = setTimeout(() => {
            this.isAway = true
            this.draw()
          }, PATIENCE_MS)
          this.button.ariaBusy = `${!isHere}`
          await customElements.whenDefined(PANEL_TAG)
          clearTimeout(timer)
          this.isAway = false
          this.button.ariaBusy = null
          if (panel.isConnected && !panel.matches(':popover-open')) panel.showPopover()
          if (byHand) panel.dispatchEvent(new Event('tw-chat-focus'))
        }
        this.draw()
      }

      private draw() {
        const language = this.getAttribute('language') ?? pageLanguage()
        const [label, unread, away] = launcherStrings[language.slice(0, 2).toLowerCase() as 'en'] ?? launcherStrings.en
        const panel = this.querySelector(PANEL_TAG)
        if (panel) this.panel()
        this.label.textContent = this.isAway ? away : (this.getAttribute('label') ?? label)
        this.badge.textContent = this.unread
        this.badge.ariaLabel = this.unread && `${this.unread} ${unread}`
        this.button.ariaExpanded = `${!!panel?.matches(':popover-open')}`
        this.button.lang = language
      }
    },
  )
}

function recall(): string {
  try {
    return sessionStorage[LAUNCHER_KEY] ?? ''
  } catch {
    return '' // Storage is blocked.
  }
}

function picture(): SVGElement {
  const [svg, path] = ['svg', 'path'].map((name) => document.createElementNS('http://www.w3.org/2000/svg', name))
  svg!.setAttribute('viewBox', '0 0 24 24')
  path!.setAttribute('d', 'M4 4h16v12h-9l-5 4v-4H4z')
  svg!.append(path!)
  return svg as SVGElement
}
