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
  /** Its source below `src/script`, without the ending; `undefined` for what several modules share. */
  readonly entry: string | undefined
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
    '@tillwright/core/script': path('../core/src/script/index.ts'),
  },
} satisfies BuildOptions

/**
 * Builds `src/script/<entry>.ts` for each entry as a module of its own. What several share is in `runtime-<hash>.js`, and
 * what is in `provided`, as a module of an earlier build, is imported from there.
 */
export async function buildModules(entries: readonly string[], provided: readonly BuiltModule[] = []) {
  const { outputFiles, metafile } = await build({
    ...settings,
    entryPoints: entries.map((entry) => path(`src/script/${entry}.ts`)),
    format: 'esm',
    splitting: true,
    outdir: path('dist/browser'),
    entryNames: '[name]-[hash]',
    chunkNames: 'runtime-[hash]',
    metafile: true,
    // `preact/jsx-runtime` would cost 0.4 KiB.
    tsconfigRaw: { compilerOptions: { jsx: 'react', jsxFactory: 'h', jsxFragmentFactory: 'Fragment' } },
    inject: [path('src/script/jsx.ts')],
    plugins: [importFrom(provided), smallStyles],
  })
  const outputs = new Map(Object.entries(metafile.outputs).map(([file, output]) => [basename(file), output]))
  return Promise.all(
    outputFiles.map(async ({ path: file, text }): Promise<BuiltModule> => {
      const name = basename(file)
      const { imports, entryPoint } = outputs.get(name)!
      const entry = entryPoint && basename(entryPoint, '.ts')
      return { name, code: await squeeze(text), imports: imports.map((imported) => basename(imported.path)), entry }
    }),
  )
}

/** Builds the loader with `known` values in it. */
export async function buildLoader(known: Readonly<Record<string, unknown>>): Promise<string> {
  const { outputFiles } = await build({
    ...settings,
    entryPoints: [path('src/loader.ts')],
    format: 'iife',
    define: Object.fromEntries(Object.entries(known).map(([name, value]) => [name, JSON.stringify(value)])),
  })
  return squeeze(outputFiles[0]!.text)
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

function importFrom(provided: readonly BuiltModule[]): Plugin {
  return {
    name: 'import-from',
    setup({ onResolve }) {
      for (const { entry, name } of provided) {
        const source = path(`src/script/${entry}.ts`)
        onResolve({ filter: /^\./ }, (args) =>
          join(args.resolveDir, args.path) === source ? { path: `./${name}`, external: true } : undefined,
        )
      }
    },
  }
}

/** What `style.ts` exports as text is CSS: takes the white space out. */
const smallStyles: Plugin = {
  name: 'small-styles',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]style\.ts$/ }, async ({ path }) => {
      const { style } = (await import(pathToFileURL(path).href)) as { style: string }
      const { code } = await transform(style, { loader: 'css', minify: true })
      return { contents: `export const style = ${JSON.stringify(code.trim())}`, loader: 'js' }
    })
  },
}
