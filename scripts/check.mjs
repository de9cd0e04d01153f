/** `npm run check`: everything that is true of the code at rest: types, style, generated files, documentation. */
import { spawnSync } from 'node:child_process'
import { ensureBuilt } from './build.mjs'
import { ensureInstalled, root, toolEnv } from './install.mjs'

const CHECKS = [
  ['Types', 'tsc', ['-p', '.']],
  ['Lint and format', 'biome', ['ci', '.']],
  ['Generated files are fresh', 'node', ['scripts/generate.ts', '--check']],
  ['Examples in the documentation', 'node', ['scripts/check-docs.ts']],
  ['API reference', 'typedoc', ['--treatWarningsAsErrors', '--logLevel', 'Warn']],
  [
    'Architecture, exports, sizes',
    'node',
    ['node_modules/vitest/vitest.mjs', 'run', '--project', 'workspace', 'architecture', 'exports', 'size'],
  ],
]

await ensureInstalled('all')
await ensureBuilt({ types: true })
let failed = 0
for (const [name, command, args] of CHECKS) {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    env: toolEnv(),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${status === 0 ? '✓' : '✗'} ${name} (${seconds} s)`)
  if (status === 0) continue
  failed++
  console.log(`${stdout ?? ''}${stderr ?? ''}`.trimEnd())
}
console.log(`${CHECKS.length - failed} passed, ${failed} failed, 0 skipped`)
process.exitCode = failed === 0 ? 0 : 1
