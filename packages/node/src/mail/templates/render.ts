import { h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { Brand, MailContent, Say } from './content.ts'
import { type MailData, TEMPLATES, type TemplateName } from './index.ts'
import { languageOf } from './language.ts'
import { Layout } from './layout.ts'
import { sayIn } from './say.ts'
import { mailText } from './text.ts'

export interface RenderedMail {
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** Makes a mail of its data, in the language of the tag or in English. */
export function renderMail<T extends TemplateName>(
  template: T,
  data: MailData[T],
  tag: string,
  brand: Brand,
): RenderedMail {
  const language = languageOf(tag)
  const say = sayIn(language, brand)
  const words = TEMPLATES[template].words[language] as unknown as (data: MailData[T], say: Say) => MailContent
  const content = words(data, say)
  return {
    subject: content.subject,
    text: mailText(content, say.shop, language),
    html: `<!doctype html>${renderToString(h(Layout, { content, shop: say.shop, language }))}`,
  }
}

/** A mail with example data, to look at; `shown` is what is known of a real one. */
export function sampleMail(
  template: TemplateName,
  tag: string,
  brand: Brand,
  shown: Readonly<Record<string, unknown>> = {},
): RenderedMail {
  return renderMail(template, { ...TEMPLATES[template].example, ...shown } as never, tag, brand)
}

/** The same of a shop that is not there, for who writes templates. */
export function previewMail(template: TemplateName, tag: string): RenderedMail {
  return sampleMail(template, tag, { shop: 'The Tea Shop', timeZone: 'Europe/London' })
}
