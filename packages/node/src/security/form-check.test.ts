import { describe, expect, it } from 'vitest'
import { checkForm, type FormFacts } from './form-check.ts'

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1'
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'
const HEADLESS = CHROME.replace('Chrome/', 'HeadlessChrome/')
const LIBRARIES = [
  'curl/8.14.1',
  'Wget/1.21',
  'python-requests/2.32',
  'Python-urllib/3.12',
  'Python/3.12 aiohttp/3.9',
  'Go-http-client/2.0',
  'okhttp/4.12.0',
  'axios/1.7',
  'node',
  'undici',
  'Java/17.0.1',
  'Apache-HttpClient/5.3',
  'PostmanRuntime/7.39',
  'Dart/3.5 (dart:io)',
]

/** As a person's browser sends it from a shop's page. */
const PERSON: FormFacts = {
  hasTrap: false,
  isFromPage: true,
  wantsCookies: true,
  userAgent: CHROME,
  fetchSite: 'cross-site',
  hasManyAccounts: false,
  isRapid: false,
}
/** As an app or a server sends it. */
const APP: FormFacts = {
  ...PERSON,
  isFromPage: false,
  wantsCookies: false,
  userAgent: 'okhttp/4.12.0',
  fetchSite: null,
}
const QUIET = { signs: [], isSuspicious: false, isRefused: false }

describe('what speaks for a program behind a form', () => {
  it.each([CHROME, SAFARI, FIREFOX])('is nothing in what a browser sends: %s', (userAgent) => {
    expect(checkForm({ ...PERSON, userAgent })).toEqual(QUIET)
  })

  it.each([...LIBRARIES, '', 'MyShop/3.1 (iPhone; iOS 18.1)'])(
    'is nothing in what an app or a server sends: %s',
    (userAgent) => {
      expect(checkForm({ ...APP, userAgent })).toEqual(QUIET)
    },
  )

  it('is nothing in a browser that is older than what newer ones send', () => {
    for (const userAgent of [
      CHROME.replace('142', '75'),
      FIREFOX.replace('/140', '/78'),
      SAFARI.replace('/18.1', '/15.6'),
    ]) {
      expect(checkForm({ ...PERSON, userAgent, fetchSite: null })).toEqual(QUIET)
    }
  })

  it.each(LIBRARIES)('is a page that calls itself %s', (userAgent) => {
    expect(checkForm({ ...PERSON, userAgent })).toEqual({
      signs: ['program_agent'],
      isSuspicious: true,
      isRefused: false,
    })
  })

  it('is a page without a browser, and one without what its browser sends', () => {
    expect(checkForm({ ...PERSON, userAgent: ' ' }).signs).toEqual(['no_user_agent'])
    for (const userAgent of [CHROME, SAFARI, FIREFOX]) {
      expect(checkForm({ ...PERSON, userAgent, fetchSite: null }).signs).toEqual(['forged_agent'])
      // Without cookies the page need not be in a secure context, where browsers send it.
      expect(checkForm({ ...PERSON, userAgent, fetchSite: null, wantsCookies: false })).toEqual(QUIET)
    }
  })

  it('refuses what is filled in where nobody sees a field', () => {
    expect(checkForm({ ...PERSON, hasTrap: true })).toMatchObject({ signs: ['honeypot'], isRefused: true })
    expect(checkForm({ ...APP, hasTrap: true }).isRefused).toBe(true)
  })

  it.each([
    ['no agent', { userAgent: '' }],
    ['a library', { userAgent: 'python-requests/2.32' }],
    ['a forged browser', { fetchSite: null }],
  ])('refuses %s in a page only together with many accounts', (_name, facts) => {
    const form = { ...PERSON, ...facts }
    expect(checkForm({ ...form, isRapid: true })).toMatchObject({ isSuspicious: true, isRefused: false })
    expect(checkForm({ ...form, hasManyAccounts: true })).toMatchObject({ isSuspicious: true, isRefused: true })
  })

  it('never refuses for behaviour alone, nor a driven browser, nor an app', () => {
    const busy = { hasManyAccounts: true, isRapid: true }
    for (const form of [PERSON, APP, { ...PERSON, userAgent: HEADLESS }, { ...APP, userAgent: '' }]) {
      expect(checkForm({ ...form, ...busy })).toMatchObject({ isSuspicious: true, isRefused: false })
    }
    expect(checkForm({ ...PERSON, userAgent: HEADLESS })).toMatchObject({
      signs: ['driven_browser'],
      isSuspicious: true,
    })
    // Two who press a button at once are no news.
    expect(checkForm({ ...PERSON, isRapid: true })).toMatchObject({ signs: ['rapid'], isSuspicious: false })
  })
})
