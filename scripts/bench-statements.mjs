/** `npm run bench:statements -- --data DIR`: which statement files are read, which are refused and why, and whose balances agree. */
import { spawn } from 'node:child_process'
import { ensureInstalled, root, toolEnv } from './install.mjs'

await ensureInstalled('all')
const child = spawn('node', ['packages/core/bench/statements/main.ts', ...process.argv.slice(2)], {
  cwd: root,
  env: toolEnv(),
  stdio: 'inherit',
})
child.on('close', (code) => {
  process.exitCode = code ?? 1
})
