/** `npm start`: installs, builds, and runs the storefront example with a Tillwright server beside it. */
import { spawn } from 'node:child_process'
import { ensureBuilt } from './build.mjs'
import { ensureInstalled, root, toolEnv } from './install.mjs'

await ensureInstalled('start')
await ensureBuilt({ types: false })
const child = spawn('node', ['examples/storefront/start.ts'], { cwd: root, env: toolEnv(), stdio: 'inherit' })
// The child stops gracefully by itself; this process waits for it.
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => child.kill(name))
child.on('close', (code) => {
  process.exitCode = code ?? 1
})
