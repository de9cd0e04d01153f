/** `npm run bench:categorise -- --data DIR`: how well merchants are put into categories. Without a folder it says what it takes. */
import { spawn } from 'node:child_process'
import { ensureInstalled, root, toolEnv } from './install.mjs'

await ensureInstalled('all')
const child = spawn('node', ['packages/core/bench/categorise/main.ts', ...process.argv.slice(2)], {
  cwd: root,
  env: toolEnv(),
  stdio: 'inherit',
})
child.on('close', (code) => {
  process.exitCode = code ?? 1
})
