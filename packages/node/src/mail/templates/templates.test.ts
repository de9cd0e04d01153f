import { describe, expect, it } from 'vitest'
import { type MailData, TEMPLATES, type TemplateName } from './index.ts'
import { LANGUAGES } from './language.ts'
import { previewMail, renderMail } from './render.ts'
import { sayIn } from './say.ts'

const NAMES = Object.keys(TEMPLATES) as TemplateName[]
const BRAND = { shop: 'The Tea Shop', timeZone: 'Europe/Berlin' }
const CASES = NAMES.flatMap((name) => LANGUAGES.map((language) => [name, language] as const))
const HOSTILE = `<img src=x onerror=alert(1)>"'&amp`

/** What is left of HTML without its tags. */
function wordsOf(html: string): string {
  return html.replace(/<style>.*?<\/style>/s, '').replace(/<[^>]*>/g, ' ')
}

describe.each(CASES)('the mail %s in %s', (name, language) => {
  const mail = previewMail(name, language)
  const example: Record<string, unknown> = TEMPLATES[name].example

  it('has a subject, a text and HTML, and nothing missing in them', () => {
    expect(mail.subject).toMatch(/^[^\r\n]{10,100}$/)
    for (const version of [mail.subject, mail.text, wordsOf(mail.html)]) {
      expect(version).not.toMatch(/undefined|null|NaN|\[object|\$\{|Invalid/)
    }
    expect(mail.html).toMatch(/^<!doctype html><html lang="\w\w" dir="ltr">.*<\/html>$/s)
    expect(mail.html).toContain(`lang="${language}"`)
  })

  it('says the same in both versions', () => {
    const { action, heading, notice, paragraphs } = contentOf(name, language)
    const shown = wordsOf(mail.html).replaceAll('&amp;', '&').replaceAll('&#39;', "'").replaceAll('&quot;', '"')
    for (const words of [heading, ...paragraphs, ...notice, ...(action ? [action.label, action.link] : [])]) {
      expect(mail.text).toContain(words)
      expect(shown).toContain(words)
    }
  })

  it('loads nothing, runs nothing and links to nothing but what it was given', () => {
    expect(mail.html).not.toMatch(/<(img|script|link|iframe|form|object|svg|video)\b|url\(|@import|src=/i)
    const links = [...mail.html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)
    for (const href of links) expect(Object.values(example)).toContain(href)
  })

  it('is laid out in tables that readers aloud skip, and titled for them', () => {
    expect(mail.html).toMatch(/<title>[^<]+<\/title>/)
    expect(mail.html.match(/<h1/g)).toHaveLength(1)
    for (const [table] of mail.html.matchAll(/<table[^>]*>/g)) {
      // The table of facts is one, with headers.
      expect(table).toMatch(/role="presentation"|margin:20px 0 0"/)
    }
  })

  it('escapes what people wrote', () => {
    const data = Object.fromEntries(
      Object.entries(TEMPLATES[name].fields).map(([field, kind]) => {
        const isWords = typeof kind === 'string' && /^(line|name)/.test(kind)
        return [field, isWords ? HOSTILE : example[field]]
      }),
    )
    const { html, text } = renderMail(name, data as never, language, { ...BRAND, shop: HOSTILE })
    expect(html).not.toContain('<img')
    expect(html).toContain('&lt;img src=x onerror=alert(1)>&quot;')
    expect(text).toContain(HOSTILE)
  })

  it('has words of its own language', () => {
    for (const other of LANGUAGES.filter((one) => one !== language)) {
      const translated = previewMail(name, other)
      expect(translated.subject).not.toBe(mail.subject)
      expect(translated.text).not.toBe(mail.text)
    }
  })
})

describe('mail', () => {
  it.each(['enabled', 'disabled', 'recovery-code-used', 'recovery-codes-renewed'] as const)(
    'tells that two-step sign-in is %s in every language',
    (change) => {
      const data: MailData['two-factor-changed'] = { ...TEMPLATES['two-factor-changed'].example, change }
      const subjects = LANGUAGES.map((language) => renderMail('two-factor-changed', data, language, BRAND).subject)
      expect(new Set(subjects).size).toBe(LANGUAGES.length)
      expect(subjects.join()).not.toContain('undefined')
    },
  )

  it('speaks English to those whose language it does not know', () => {
    expect(previewMail('magic-link', 'ja-JP')).toEqual(previewMail('magic-link', 'en'))
    expect(previewMail('magic-link', 'DE_at')).toEqual(previewMail('magic-link', 'de'))
  })

  it('says times in the shop’s zone and lengths in words', () => {
    const at = { at: '2026-07-01T22:30:00Z' }
    expect(renderMail('account-deleted', at, 'de', BRAND).text).toMatch(/Zeitpunkt: 2\. Juli 2026.* 00:30 MESZ/)
    const link = 'https://shop.example/x'
    const lasting = (expiresInMinutes: number) =>
      renderMail('verify-email', { link, expiresInMinutes }, 'en', BRAND).text
    expect(lasting(10)).toContain('for 10 minutes.')
    expect(lasting(1)).toContain('for 1 minute.')
    expect(lasting(90)).toContain('for 90 minutes.')
    expect(lasting(60)).toContain('for 1 hour.')
    expect(lasting(1_440)).toContain('for 24 hours.')
    expect(lasting(4_320)).toContain('for 3 days.')
  })

  it.each(['evil.example/prize', 'https://evil.example', 'win@evil.example', 'www.evil', 'x'.repeat(61), '\u0000 \n'])(
    'does not carry the inviter %j, which readers would make a link of',
    (inviter) => {
      const data = { link: 'https://shop.example/x', expiresInMinutes: 60, inviter }
      const { html, text } = renderMail('invitation', data, 'en', BRAND)
      expect(text).toContain('The team has created an account')
      expect(html + text).not.toContain('evil')
    },
  )

  it('keeps a shop’s name on one line', () => {
    const { subject } = renderMail('magic-link', TEMPLATES['magic-link'].example, 'en', {
      ...BRAND,
      shop: 'Tea\r\nBcc: all@example.com\u2028',
    })
    expect(subject).toBe('Your sign-in link for Tea Bcc: all@example.com')
  })
})

function contentOf(name: TemplateName, language: (typeof LANGUAGES)[number]) {
  const brand = { shop: 'The Tea Shop', timeZone: 'Europe/London' }
  const say = {
    ...brand,
    minutes: (count: number) => minutesIn(previewMail(name, language).text, count),
    instant: sayIn(language, brand).instant,
    name: (text?: string) => text,
  }
  const words = TEMPLATES[name].words[language] as unknown as (
    data: unknown,
    helpers: typeof say,
  ) => { heading: string; paragraphs: string[]; notice: string[]; action?: { label: string; link: string } }
  return words(TEMPLATES[name].example, say)
}

/** The length of time as the mail writes it. */
function minutesIn(text: string, _count: number): string {
  return /\d+[\s\u00a0\u202f](minutes?|hours?|days?|Minuten?|Stunden?|Tage?|heures?|jours?|minutos?|horas?|días?)/.exec(
    text,
  )![0]
}
