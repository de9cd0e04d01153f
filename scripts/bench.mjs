/** `npm run bench`: measures, prints a table with the bars, and writes JSON. Words after `--` choose: import, http, engine, identity. */
import { spawn } from 'node:child_process'
import { ensureBuilt } from './build.mjs'
import { ensureInstalled, root, toolEnv } from './install.mjs'

await ensureInstalled('all')
await ensureBuilt({ types: false })
const child = spawn('node', ['scripts/bench.ts', ...process.argv.slice(2)], {
  cwd: root,
  env: toolEnv(),
  stdio: 'inherit',
})
child.on('close', (code) => {
  process.exitCode = code ?? 1
})
