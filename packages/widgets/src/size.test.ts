import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BrowserManifest, buildBrowser } from '../build-browser.ts'

const KIB = 1024

describe('the built files', () => {
  let folder: string
  let manifest: BrowserManifest
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tillwright-sizes-'))
    manifest = await buildBrowser(folder)
  }, 180_000)
  afterAll(() => rm(folder, { recursive: true }))

  /** Bytes that travel, each file compressed for itself as a server does. */
  async function gzipBytes(names: readonly string[]): Promise<number> {
    const sizes = names.map(async (name) => gzipSync(await readFile(join(folder, name)), { level: 9 }).length)
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  }

  /** Each file that is loaded for itself, with what it imports. */
  const loadable = () => [
    ...Object.values(manifest.elements),
    manifest.console,
    ...Object.values(manifest.consolePages),
  ]

  it('keep the loader within 2 KiB', async () => {
    expect(await gzipBytes(['loader.js'])).toBeLessThanOrEqual(2 * KIB)
  })

  it('keep <tw-recommendations> with Preact, client and everything else it loads within 12 KiB', async () => {
    expect(await gzipBytes(manifest.elements['tw-recommendations']!)).toBeLessThanOrEqual(12 * KIB)
  })

  it.each([
    ['tw-sign-in', 9.5],
    ['tw-account', 11.5],
  ])('keep what <%s> adds to Preact, client and what all widgets for people share within %s KiB', async (tag, kib) => {
    const [own, ...shared] = manifest.elements[tag]!
    expect(shared.map((name) => name.replace(/-\w+\.js$/, '')).sort()).toEqual(['client', 'people', 'runtime'])
    expect(await gzipBytes([own!])).toBeLessThanOrEqual(kib * KIB)
  })

  it('keep what a page with an unopened <tw-chat> adds to the loader within 2 KiB, and both within 4 KiB', async () => {
    expect(manifest.elements['tw-chat']).toHaveLength(1)
    expect(await gzipBytes(manifest.elements['tw-chat']!)).toBeLessThanOrEqual(2 * KIB)
    expect(await gzipBytes(['loader.js', ...manifest.elements['tw-chat']!])).toBeLessThanOrEqual(4 * KIB)
  })

  it('keep the panel that opening loads within 19 KiB beside Preact, which other widgets share', async () => {
    const [own, ...shared] = manifest.elements['tw-chat-panel']!
    expect(shared.map((name) => name.replace(/-\w+\.js$/, ''))).toEqual(['runtime'])
    expect(await gzipBytes([own!])).toBeLessThanOrEqual(19 * KIB)
  })

  it.each([
    ['chat-talks', 2],
    ['chat-device', 80],
  ])('keep what an opened chat asks for later, %s, within %i KiB', async (name, kib) => {
    const files = Object.keys(manifest.files).filter((file) => file.startsWith(`${name}-`))
    expect(files).toHaveLength(1)
    expect(await gzipBytes(files)).toBeLessThanOrEqual(kib * KIB)
  })

  it('keep what all widgets for people share within 8 KiB', async () => {
    expect(
      await gzipBytes(Object.keys(manifest.files).filter((name) => name.startsWith('people-'))),
    ).toBeLessThanOrEqual(8 * KIB)
  })

  it('keep the client of a page without widgets within 2 KiB', async () => {
    const client = Object.keys(manifest.files).filter((name) => name.startsWith('client-'))
    expect(client).toHaveLength(1)
    expect(await gzipBytes(client)).toBeLessThanOrEqual(2 * KIB)
  })

  it('keep the console with everything it loads at first within 24 KiB', async () => {
    expect(await gzipBytes(manifest.console)).toBeLessThanOrEqual(24 * KIB)
  })

  it.each([
    ['overview', 6],
    ['rules', 17],
    ['settings', 4],
    ['report', 7.5],
    ['models', 7.5],
    ['mails', 4],
    ['webhooks', 5],
    ['blocks', 3],
  ])('keep what the console’s page %s adds to it within %s KiB', async (page, kib) => {
    const [own, ...shared] = manifest.consolePages[page]!
    expect(manifest.console).toEqual(expect.arrayContaining(shared))
    expect(await gzipBytes([own!])).toBeLessThanOrEqual(kib * KIB)
  })

  it('hold no schemas and no second renderer', async () => {
    for (const name of Object.keys(manifest.files)) {
      const code = await readFile(join(folder, name), 'utf8')
      for (const foreign of ['zod', 'tensorflow', 'useState']) expect(code).not.toContain(foreign)
      // What an opened chat asks for keeps talks and models.
      if (!/^chat-(talks|device)-/.test(name)) expect(code).not.toContain('indexedDB')
    }
  })

  it('are stated by the manifest as they are', async () => {
    for (const [name, { bytes, gzip }] of Object.entries(manifest.files)) {
      expect((await readFile(join(folder, name))).length).toBe(bytes)
      expect(await gzipBytes([name])).toBe(gzip)
    }
    expect(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))).toEqual(manifest)
  })

  it('are the same whenever they are built, so that a version names one content', async () => {
    const again = await mkdtemp(join(tmpdir(), 'tillwright-sizes-'))
    expect(await buildBrowser(again)).toEqual(manifest)
    await rm(again, { recursive: true })
  }, 180_000)

  it('import from each other what is there', async () => {
    const read = (name: string) => readFile(join(folder, name), 'utf8')
    for (const [entry] of loadable()) {
      const imports = [...(await read(entry!)).matchAll(/import\{([^}]*)\}from"\.\/([^"]+)"/g)]
      // The button that opens the chat makes do without any.
      if (!entry!.startsWith('chat-') || entry!.startsWith('chat-panel')) expect(imports.length).toBeGreaterThan(0)
      for (const [, list, chunk] of imports) {
        const [, exported] = /export\{([^}]*)\}/.exec(await read(chunk!))!
        const offered = exported!.split(',').map((item) =>
          item
            .split(/\sas\s/)
            .at(-1)!
            .trim(),
        )
        expect(offered).toEqual(expect.arrayContaining(list!.split(',').map((item) => item.split(/\sas\s/)[0]!.trim())))
      }
    }
  })

  it('import nothing but each other, and chunks import nothing, so that the loader can check each before it runs', async () => {
    const chunks = new Set(Object.values(manifest.elements).flatMap(([, ...rest]) => rest))
    for (const chunk of chunks) {
      expect(await readFile(join(folder, chunk), 'utf8')).not.toMatch(/\bimport\b/)
    }
    for (const [entry, ...rest] of loadable()) {
      const code = await readFile(join(folder, entry!), 'utf8')
      const imported = [...code.matchAll(/import(?!\()[^"']*["']\.\/([^"']+)["']/g)].map(([, name]) => name)
      expect([...new Set(imported)].sort()).toEqual([...rest].sort())
    }
  })
})
