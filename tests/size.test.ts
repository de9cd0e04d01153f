import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { afterAll, describe, expect, it } from 'vitest'

const KIB = 1024
const CORE = fileURLToPath(new URL('../packages/core/src', import.meta.url))

interface Bundle {
  readonly gzip: number
  readonly bytes: number
  /** Packages that are in it, of what was installed. */
  readonly packages: readonly string[]
}

/** What a page loads for these lines: everything they pull in, minified, in one file. */
async function bundleOf(source: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: CORE, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2023',
    platform: 'browser',
    charset: 'utf8',
    legalComments: 'none',
    write: false,
    metafile: true,
  })
  const { contents } = outputFiles[0]!
  const { inputs } = Object.values(metafile.outputs)[0]!
  const present = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0)
  const packages = present.flatMap(([path]) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [])
  return {
    gzip: gzipSync(contents, { level: 9 }).length,
    bytes: contents.length,
    packages: [...new Set(packages)].toSorted(),
  }
}

const CEILINGS = [
  {
    name: 'npm: createClient, all domains',
    source: `export { createClient } from './index.ts'`,
    maxKib: 20,
    packages: ['idb', 'ky'],
  },
  {
    name: 'npm: createClient with a session',
    source: `export { createClient, personSession, sessionMessage } from './index.ts'`,
    maxKib: 24,
    packages: ['idb', 'ky'],
  },
  {
    name: 'script tag: createClient, all domains',
    source: `export { createClient } from './script/index.ts'`,
    maxKib: 5,
    packages: [],
  },
  {
    name: 'brain: loadRecommender, explain',
    source: `export { loadRecommender, recommendWithFallback, explain } from './brain/index.ts'`,
    maxKib: 5,
    packages: [],
  },
] as const

const sizes: string[] = []
afterAll(() => console.log(['gzip of core, in KiB', ...sizes].join('\n  ')))

describe.each(CEILINGS)('$name', ({ name, source, maxKib, packages }) => {
  it(`takes at most ${maxKib} KiB with gzip`, async () => {
    const { gzip, bytes } = await bundleOf(source)
    sizes.push(
      `${(gzip / KIB).toFixed(2).padStart(6)} of ${maxKib}  ${name} (${(bytes / KIB).toFixed(1)} KiB minified)`,
    )
    expect(gzip).toBeLessThanOrEqual(maxKib * KIB)
  })

  it(`carries ${packages.length > 0 ? `${packages.join(' and ')} and no other package` : 'no package at all'}`, async () => {
    expect((await bundleOf(source)).packages).toEqual(packages)
  })
})
