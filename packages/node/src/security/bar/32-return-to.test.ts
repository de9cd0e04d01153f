import { expect, it } from 'vitest'
import { describeStatement, SHOP_ORIGIN } from './bar-site.ts'

describeStatement('32 after signing in one stays on the shop’s own pages', (bar) => {
  async function returnToOf(returnTo: string): Promise<string> {
    const { email } = await bar.register()
    const { status } = await bar.post('/auth/magic-link', { email, returnTo })
    expect(status).toBe(202)
    await bar.linkTo(email, 'magic-link')
    const [link] = /https:\/\/\S+/.exec((await bar.mailsTo(email)).at(-1)!.text)!
    return new URLSearchParams(new URL(link).hash.slice(1)).get('returnTo')!
  }

  it.each([
    ['/orders/1?page=2#top', '/orders/1?page=2#top'],
    [`${SHOP_ORIGIN}/basket`, '/basket'],
    ['/a%20b', '/a%20b'],
  ])('keeps %s', async (asked, kept) => {
    expect(await returnToOf(asked)).toBe(kept)
  })

  it.each([
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
  ])('does not follow what browsers read as another host: %j', async (asked) => {
    expect(await returnToOf(asked)).toBe('/')
  })

  it.each([
    '%2f%2fevil.example',
    '/%2f/evil.example',
    '/%5cevil.example',
    '/%252f%252fevil.example',
    '/%09/evil.example',
  ])('nor what they read so once it is decoded: %s', async (asked) => {
    expect(await returnToOf(asked)).toBe('/')
  })

  it.each([
    'https://evil.example/basket',
    'https://shop.example.evil.example/',
    'https://shop.example@evil.example/',
    'http://shop.example/',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,hello',
    'basket',
  ])('nor another origin or scheme: %s', async (asked) => {
    expect(await returnToOf(asked)).toBe('/')
  })

  it('cannot add to the link, whose token stays what it was', async () => {
    const returnTo = await returnToOf('/x&magic-link=ml_planted')
    expect(returnTo).toBe('/x&magic-link=ml_planted')
  })
})
