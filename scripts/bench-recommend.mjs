/** `npm run bench:recommend -- --data FILE`: measures the recommendation engine by the protocol in packages/core/bench/recommend. */
import { spawn } from 'node:child_process'
import { ensureInstalled, root, toolEnv } from './install.mjs'

await ensureInstalled('all')
const child = spawn('node', [`${root}/packages/core/bench/recommend/main.ts`, ...process.argv.slice(2)], {
  cwd: process.env.INIT_CWD ?? root,
  env: toolEnv(),
  stdio: 'inherit',
})
child.on('close', (code) => {
  process.exitCode = code ?? 1
})
