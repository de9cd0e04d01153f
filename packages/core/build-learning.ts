import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'

const SOURCES = new URL('src/device/learning/', import.meta.url)

/**
 * Leaves out of TensorFlow.js what nobody here asks for: files, strings' hashes, what belongs to Node and to its own tests. `long`,
 * which the hashes need, makes code at its start, which strict policies of pages report.
 */
const leanTensorFlow: Plugin = {
  name: 'lean-tensorflow',
  setup(bundle) {
    bundle.onResolve({ filter: /^@tensorflow\/tfjs-core$/ }, ({ resolveDir, kind }) =>
      bundle.resolve('@tensorflow/tfjs-core/dist/base', { resolveDir, kind }),
    )
    bundle.onResolve({ filter: /\/(hash_util|platform_node|io|test_util)$/ }, ({ path, importer }) =>
      importer.includes('tfjs-core') ? { path, namespace: 'left-out', sideEffects: false } : undefined,
    )
    bundle.onLoad({ filter: /./, namespace: 'left-out' }, () => ({ contents: 'module.exports = {}' }))
  },
}

/** A file of `src/device/learning` with all that it needs, as one minified module. */
export async function bundleLearning(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`${name}.ts`, SOURCES))],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2023',
    platform: 'browser',
    mainFields: ['module', 'main'],
    charset: 'utf8',
    legalComments: 'none',
    banner: { js: '/*! Contains parts of TensorFlow.js 4.22.0, Copyright Google LLC, Apache-2.0: see NOTICE */' },
    plugins: [leanTensorFlow],
    write: false,
  })
  return outputFiles[0]!.text
}

/** Writes the worker into a folder, with what its licence asks for. */
export async function buildLearning(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'learning-worker.js'), await bundleLearning('worker'))
  for (const name of ['NOTICE', 'LICENSE-Apache-2.0']) {
    await copyFile(fileURLToPath(new URL(name, SOURCES)), join(folder, name))
  }
}
