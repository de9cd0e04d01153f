import { describe, expect, it } from 'vitest'
import { readSetup } from './setup.ts'

const VERSION = '0.1.0-abcd1234'
const read = (src: string, dataset: Record<string, string> = {}, pageLanguage = '') =>
  readSetup({ src, dataset: { key: 'pk_1', ...dataset }, pageLanguage }, VERSION)

describe('readSetup', () => {
  it('takes server and folder from the address of a version', () => {
    expect(read(`https://brain.example.com/widgets/${VERSION}/loader.js`)).toEqual({
      folder: `https://brain.example.com/widgets/${VERSION}/`,
      server: 'https://brain.example.com',
      key: 'pk_1',
      language: 'en',
      visitor: 'page',
    })
  })

  it('finds the files of its own version when it is the newest loader', () => {
    expect(read('https://brain.example.com/widgets/loader.js')).toMatchObject({
      folder: `https://brain.example.com/widgets/${VERSION}/`,
      server: 'https://brain.example.com',
    })
  })

  it('keeps a path before the server’s own', () => {
    expect(read('https://example.com/brain/widgets/loader.js?v=1')).toMatchObject({
      folder: `https://example.com/brain/widgets/${VERSION}/`,
      server: 'https://example.com/brain',
    })
  })

  it('lets a shop host the files itself and name the server', () => {
    const setup = read('https://shop.example.com/assets/tw/loader.js', { server: 'https://brain.example.com/' })
    expect(setup).toMatchObject({ folder: 'https://shop.example.com/assets/tw/', server: 'https://brain.example.com' })
  })

  it('takes the name of a tenant for a key, on the server’s own pages', () => {
    const src = 'https://brain.example.com/widgets/loader.js'
    expect(read(src, { key: '', tenant: 'ten_1' })).toMatchObject({ key: '', tenant: 'ten_1' })
    expect(() => read(src, { key: 'sk_1', tenant: 'ten_1' })).toThrow('data-key holds a secret key')
  })

  it('prefers the tag’s language to the page’s', () => {
    const src = 'https://brain.example.com/widgets/loader.js'
    expect(read(src, {}, 'de').language).toBe('de')
    expect(read(src, { language: 'fr' }, 'de').language).toBe('fr')
  })

  it.each([
    ['https://shop.example.com/assets/loader.js', {}, 'data-server must be the address of the server'],
    ['https://brain.example.com/widgets/loader.js', { server: 'brain.example.com' }, 'data-server must be'],
    ['https://brain.example.com/widgets/loader.js', { key: '' }, 'data-key must be a publishable key'],
    ['https://brain.example.com/widgets/loader.js', { key: 'sk_1' }, 'data-key holds a secret key'],
    ['https://brain.example.com/widgets/loader.js', { visitor: 'ever' }, 'data-visitor must be page, session or'],
  ])('refuses %s with %o', (src, dataset, message) => {
    expect(() => read(src, dataset)).toThrow(message)
  })
})
