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
  }, 60_000)
  afterAll(() => rm(folder, { recursive: true }))

  /** Bytes that travel, each file compressed for itself as a server does. */
  async function gzipBytes(names: readonly string[]): Promise<number> {
    const sizes = names.map(async (name) => gzipSync(await readFile(join(folder, name)), { level: 9 }).length)
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  }

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

  it('keep the console with everything it loads within 20 KiB', async () => {
    expect(await gzipBytes(manifest.console)).toBeLessThanOrEqual(20 * KIB)
  })

  it('hold no schemas and no second renderer', async () => {
    for (const name of Object.keys(manifest.files)) {
      const code = await readFile(join(folder, name), 'utf8')
      for (const foreign of ['zod', 'tensorflow', 'useState', 'indexedDB']) expect(code).not.toContain(foreign)
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
  }, 60_000)

  it('import from each other what is there', async () => {
    const read = (name: string) => readFile(join(folder, name), 'utf8')
    for (const [entry] of [...Object.values(manifest.elements), manifest.console]) {
      const imports = [...(await read(entry!)).matchAll(/import\{([^}]*)\}from"\.\/([^"]+)"/g)]
      expect(imports.length).toBeGreaterThan(0)
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
    for (const [entry, ...rest] of [...Object.values(manifest.elements), manifest.console]) {
      const code = await readFile(join(folder, entry!), 'utf8')
      const imported = [...code.matchAll(/import[^"']*["']\.\/([^"']+)["']/g)].map(([, name]) => name)
      expect([...new Set(imported)].sort()).toEqual([...rest].sort())
    }
  })
})
