/** `npm run bench:dialogue`: of the scripted dialogues of the packs, how many reach their goal. */
import { spawn } from 'node:child_process'
import { ensureInstalled, root, toolEnv } from './install.mjs'

await ensureInstalled('all')
const child = spawn('node', ['packages/core/bench/dialogue/main.ts', ...process.argv.slice(2)], {
  cwd: root,
  env: toolEnv(),
  stdio: 'inherit',
})
child.on('close', (code) => {
  process.exitCode = code ?? 1
})
