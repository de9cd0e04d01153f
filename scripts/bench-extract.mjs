/** `npm run bench:extract -- --data PATH`: how well receipts are read. Without a path it says what it takes. */
import { spawn } from 'node:child_process'
import { ensureInstalled, root, toolEnv } from './install.mjs'

await ensureInstalled('all')
const child = spawn('node', ['packages/core/bench/extract/main.ts', ...process.argv.slice(2)], {
  cwd: root,
  env: toolEnv(),
  stdio: 'inherit',
})
child.on('close', (code) => {
  process.exitCode = code ?? 1
})
