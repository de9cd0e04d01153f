import { type ComponentChildren, h, type VNode } from 'preact'
import type { MailContent } from './content.ts'
import type { Language } from './language.ts'
import { SHARED_WORDS } from './shared-words.ts'

export interface LayoutProps {
  readonly content: MailContent
  readonly shop: string
  readonly language: Language
}

/** The mail as an HTML document: tables and inline styles, which every mail reader knows; nothing is loaded from anywhere. */
export function Layout({ content, shop, language }: LayoutProps): VNode {
  const words = SHARED_WORDS[language]
  const { subject, heading, paragraphs, action, facts = [], notice } = content
  return h(
    'html',
    { lang: language, dir: 'ltr' },
    h(
      'head',
      null,
      h('meta', { charset: 'utf-8' }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      h('meta', { name: 'supported-color-schemes', content: 'light dark' }),
      // Phones would make links of numbers and dates.
      h('meta', { name: 'format-detection', content: 'telephone=no, date=no, address=no, email=no' }),
      h('title', null, subject),
      h('style', { dangerouslySetInnerHTML: { __html: STYLE } }),
    ),
    h(
      'body',
      { class: 'tw-page', style: `margin:0;padding:0;background-color:#f3f4f4;${FONT}` },
      h(Preview, null, paragraphs[0]!),
      h(
        'div',
        { role: 'main' },
        h(
          Table,
          { class: 'tw-page', style: 'background-color:#f3f4f4' },
          h(
            'td',
            { align: 'center', class: 'tw-edge', style: 'padding:40px 16px' },
            h(
              Table,
              { style: 'max-width:560px;margin:0 auto' },
              h('td', { class: 'tw-quiet', style: `padding:0 4px 16px;${SMALL}font-weight:600` }, shop),
            ),
            h(
              Table,
              {
                class: 'tw-card',
                style:
                  'max-width:560px;margin:0 auto;background-color:#ffffff;border:1px solid #dfe2e2;border-radius:12px',
              },
              h(
                'td',
                { class: 'tw-inside', style: 'padding:40px' },
                h('h1', { class: 'tw-text', style: HEADING }, heading),
                paragraphs.map((text) => h('p', { class: 'tw-text', style: PARAGRAPH }, text)),
                facts.length > 0 ? h(Facts, { facts }) : null,
                action ? h(Action, { ...action, hint: words.linkAsText }) : null,
                h(
                  'div',
                  { class: 'tw-line', style: 'margin:28px 0 0;padding:20px 0 0;border-top:1px solid #dfe2e2' },
                  notice.map((text, i) =>
                    h('p', { class: 'tw-quiet', style: `margin:${i === 0 ? 0 : 8}px 0 0;${SMALL}` }, text),
                  ),
                ),
              ),
            ),
            h(
              Table,
              { style: 'max-width:560px;margin:0 auto' },
              h('td', { class: 'tw-quiet', style: `padding:20px 4px 0;${FINE}` }, words.footer(shop)),
            ),
          ),
        ),
      ),
    ),
  )
}

/** What a list of mails shows after the subject. */
function Preview({ children }: { children?: ComponentChildren }): VNode {
  const style = 'display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px'
  // The blanks keep the words after it out of the preview.
  return h('div', { 'aria-hidden': 'true', style }, children, '\u00a0\u200c'.repeat(60))
}

/** A table of one cell; mail readers know nothing else that holds a layout. */
function Table({ children, ...attributes }: { class?: string; style?: string; children?: ComponentChildren }): VNode {
  const layout = { role: 'presentation', width: '100%', cellpadding: '0', cellspacing: '0', border: '0' } as object
  return h('table', { ...layout, ...attributes }, h('tbody', null, h('tr', null, children)))
}

function Action({ label, link, hint }: { label: string; link: string; hint: string }): VNode {
  return h(
    'div',
    null,
    h(
      'table',
      { role: 'presentation', cellpadding: '0', cellspacing: '0', border: '0', style: 'margin:28px 0 24px' } as object,
      h(
        'tbody',
        null,
        h(
          'tr',
          null,
          h(
            'td',
            { class: 'tw-button', align: 'center', style: 'border-radius:8px;background-color:#1c2426' },
            h('a', { class: 'tw-button', href: link, style: BUTTON }, label),
          ),
        ),
      ),
    ),
    h('p', { class: 'tw-quiet', style: `margin:0 0 4px;${FINE}` }, hint),
    h(
      'p',
      { style: `margin:0;${FINE}word-break:break-all` },
      h('a', { class: 'tw-link', href: link, style: 'color:#0b5a6b;text-decoration:underline' }, link),
    ),
  )
}

function Facts({ facts }: { facts: NonNullable<MailContent['facts']> }): VNode {
  return h(
    'table',
    { width: '100%', cellpadding: '0', cellspacing: '0', border: '0', style: 'margin:20px 0 0' } as object,
    h(
      'tbody',
      null,
      facts.map(([label, value]) =>
        h(
          'tr',
          { key: label },
          h('th', { scope: 'row', align: 'left', class: 'tw-quiet', style: LABEL }, label),
          h('td', { class: 'tw-text', style: VALUE }, value),
        ),
      ),
    ),
  )
}

const FONT = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;"
const HEADING = `margin:0 0 16px;font-size:24px;line-height:32px;font-weight:650;letter-spacing:-0.01em;color:#1c2426;${FONT}`
const PARAGRAPH = `margin:0 0 12px;font-size:16px;line-height:25px;color:#1c2426;${FONT}`
const SMALL = `font-size:14px;line-height:22px;color:#566164;${FONT}`
const FINE = `font-size:13px;line-height:20px;color:#566164;${FONT}`
const BUTTON = `display:inline-block;padding:13px 24px;font-size:16px;line-height:22px;font-weight:600;color:#ffffff;text-decoration:none;border-radius:8px;${FONT}`
const LABEL = `padding:4px 20px 4px 0;vertical-align:top;white-space:nowrap;font-weight:400;width:1%;${SMALL}`
const VALUE = `padding:4px 0;vertical-align:top;font-size:14px;line-height:22px;color:#1c2426;${FONT}`

/** For readers that know media queries; the inline styles are whole without it. */
const STYLE = `
:root { color-scheme: light dark; supported-color-schemes: light dark }
@media (max-width: 480px) {
  .tw-edge { padding: 20px 10px !important }
  .tw-inside { padding: 28px 22px !important }
}
@media (prefers-color-scheme: dark) {
  .tw-page { background-color: #121617 !important }
  .tw-card { background-color: #1c2224 !important; border-color: #353e41 !important }
  .tw-line { border-color: #353e41 !important }
  .tw-text { color: #eef1f1 !important }
  .tw-quiet { color: #aab4b6 !important }
  .tw-link { color: #8ccfe0 !important }
  .tw-button { background-color: #eef1f1 !important; color: #1c2426 !important }
}
`
