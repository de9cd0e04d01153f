import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Metafile } from 'esbuild'
import { afterAll, describe, expect, it } from 'vitest'
import { bundleLearning } from '../packages/core/build-learning.ts'

const KIB = 1024
const CORE = fileURLToPath(new URL('../packages/core/src', import.meta.url))

interface Bundle {
  readonly gzip: number
  readonly bytes: number
  /** Packages that are in it, of what was installed. */
  readonly packages: readonly string[]
}

/** What a page loads at once for these lines: everything they pull in, minified; what they load later, when it is needed, is not in it. */
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
    splitting: true,
    outdir: 'out',
  })
  const atOnce = filesAtOnce(metafile)
  const parts = outputFiles.filter(({ path }) => atOnce.some((name) => path.endsWith(name)))
  const contents = Buffer.concat(parts.map((part) => part.contents))
  const inputs = atOnce.flatMap((name) => Object.entries(metafile.outputs[name]!.inputs))
  const present = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0)
  const packages = present.flatMap(([path]) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [])
  return {
    gzip: gzipSync(contents, { level: 9 }).length,
    bytes: contents.length,
    packages: [...new Set(packages)].toSorted(),
  }
}

/** The entry, and what it imports outright. */
function filesAtOnce({ outputs }: Metafile): string[] {
  const [entry] = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint !== undefined)!
  const found = new Set([entry])
  for (const name of found) {
    for (const { path, kind } of outputs[name]!.imports) if (kind === 'import-statement') found.add(path)
  }
  return [...found]
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
    maxKib: 26,
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
    maxKib: 10,
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

describe('device: the worker that learns, with what it takes of TensorFlow.js', () => {
  const maxKib = 45

  it(`takes at most ${maxKib} KiB with gzip`, async () => {
    const code = await bundleLearning('worker')
    const gzip = gzipSync(code, { level: 9 }).length
    sizes.push(`${(gzip / KIB).toFixed(2).padStart(6)} of ${maxKib}  device: learning worker`)
    expect(gzip).toBeLessThanOrEqual(maxKib * KIB)
  })

  it('makes no code at run time, which a strict policy would report', async () => {
    expect(await bundleLearning('worker')).not.toMatch(/\bWebAssembly\b|\beval\(|new Function\b/)
  })

  it('is not in what a page loads for answers on the device', async () => {
    const { packages } = await bundleOf(`export { deviceAnswers, deviceLearning } from './device/index.ts'`)
    expect(packages).toEqual(['idb'])
  })
})
