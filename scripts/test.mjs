/** `npm test`: installs and builds what is missing, then runs every test of every package. Words after `--` go to vitest. */
import { spawn } from 'node:child_process'
import { ensureBuilt } from './build.mjs'
import { ensureInstalled, root, toolEnv } from './install.mjs'

await ensureInstalled('all')
await ensureBuilt({ types: true })
const reporters = ['--reporter=default', '--reporter=./scripts/test-reporter.ts']
const args = ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...process.argv.slice(2)]
const child = spawn('node', args, { cwd: root, env: toolEnv(), stdio: 'inherit' })
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => child.kill(name))
child.on('close', (code) => {
  process.exitCode = code ?? 1
})
