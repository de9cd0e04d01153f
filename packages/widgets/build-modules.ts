import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type BuildOptions, build, type Plugin, transform } from 'esbuild'
import { minify } from 'terser'

export interface BuiltModule {
  /** The file's name, with a hash of its content. */
  readonly name: string
  readonly code: string
  /** Names of the files that it imports. */
  readonly imports: readonly string[]
  /** Its source below `src/script`, without the ending. */
  readonly entry: string
}

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

const settings = {
  bundle: true,
  write: false,
  minify: true,
  legalComments: 'none',
  // The browsers of 2024 and later, which the style sheets and `AbortSignal.any` need anyway.
  target: 'es2022',
  alias: {
    '@tillwright/core/contract': path('../core/src/contract/index.ts'),
    '@tillwright/core/device': path('../core/src/device/index.ts'),
    '@tillwright/core/packs': path('../core/src/packs/index.ts'),
    '@tillwright/core/script': path('../core/src/script/index.ts'),
  },
} satisfies BuildOptions

/** A module of an earlier build, from which later ones import what its sources hold. */
export interface Provided {
  readonly module: BuiltModule
  /** Below `src`, or the names of packages. */
  readonly sources: readonly string[]
}

/** Builds `src/script/<entry>.ts` as one module with `known` values in it, which imports nothing but what is `provided`. */
export async function buildModule(
  entry: string,
  provided: readonly Provided[] = [],
  known: Readonly<Record<string, unknown>> = {},
): Promise<BuiltModule> {
  const { outputFiles, metafile } = await build({
    ...settings,
    define: defined(known),
    entryPoints: [path(`src/script/${entry}.ts`)],
    format: 'esm',
    outdir: path('dist/browser'),
    entryNames: '[name]-[hash]',
    metafile: true,
    // `preact/jsx-runtime` would cost 0.4 KiB.
    tsconfigRaw: { compilerOptions: { jsx: 'react', jsxFactory: 'h', jsxFragmentFactory: 'Fragment' } },
    inject: provided.some(({ sources }) => sources.includes('preact')) ? [path('src/script/jsx.ts')] : [],
    plugins: [importFrom(provided), smallStyles, fewExamples],
  })
  const [{ path: file, text }] = outputFiles as [(typeof outputFiles)[0]]
  const [{ imports }] = Object.values(metafile.outputs) as [(typeof metafile.outputs)['']]
  return {
    name: basename(file),
    code: await squeeze(text),
    // What is imported in the course of things is asked for then.
    imports: [...new Set(imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => basename(path)))],
    entry,
  }
}

/** Builds the loader with `known` values in it. */
export async function buildLoader(known: Readonly<Record<string, unknown>>): Promise<string> {
  const { outputFiles } = await build({
    ...settings,
    entryPoints: [path('src/loader.ts')],
    format: 'iife',
    define: defined(known),
  })
  return squeeze(outputFiles[0]!.text)
}

function defined(known: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(known).map(([name, value]) => [name, JSON.stringify(value)]))
}

/** terser finds some 2% that esbuild leaves. */
async function squeeze(code: string): Promise<string> {
  const { code: smaller } = await minify(code, {
    module: true,
    ecma: 2020,
    compress: { passes: 3, unsafe_arrows: true, pure_getters: true },
  })
  return smaller!
}

function importFrom(provided: readonly Provided[]): Plugin {
  const modules = new Map(
    provided.flatMap(({ module, sources }) =>
      sources.map((name): [string, BuiltModule] => [name.endsWith('.ts') ? path(`src/${name}`) : name, module]),
    ),
  )
  return {
    name: 'import-from',
    setup({ onResolve }) {
      onResolve({ filter: /^(\.|preact$)/ }, (args) => {
        const module = modules.get(args.path.startsWith('.') ? join(args.resolveDir, args.path) : args.path)
        return module && { path: `./${module.name}`, external: true }
      })
    },
  }
}

/** What `style.ts` and `…-style.ts` export as text is CSS: takes the white space out. */
const smallStyles: Plugin = {
  name: 'small-styles',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/-]style\.ts$/ }, async ({ path }) => {
      const exported = Object.entries((await import(pathToFileURL(path).href)) as Record<string, unknown>)
      const styles = exported.filter((pair): pair is [string, string] => typeof pair[1] === 'string')
      const lines = styles.map(async ([name, style]) => {
        const { code } = await transform(style, { loader: 'css', minify: true })
        return `export const ${name} = ${JSON.stringify(code.trim())}`
      })
      return { contents: (await Promise.all(lines)).join('\n'), loader: 'js' }
    })
  },
}

/**
 * What packs teach a model with is in the model: of a pack's examples a browser needs no more than that there are some, and of what is out of
 * scope nothing.
 */
const fewExamples: Plugin = {
  name: 'few-examples',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]packs[\\/]\w+[\\/](examples|out-of-scope)\.ts$/ }, async ({ path }) => {
      const exported = Object.entries((await import(pathToFileURL(path).href)) as Record<string, object>)
      const lines = exported.map(([name, value]) => {
        const few = Array.isArray(value) ? [] : mapFirst(value as Record<string, readonly string[]>)
        return `export const ${name} = ${JSON.stringify(few)}`
      })
      return { contents: lines.join('\n'), loader: 'js' }
    })
  },
}

function mapFirst(lists: Readonly<Record<string, readonly string[]>>): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.slice(0, 1)]))
}
