#!/usr/bin/env node
import { runCommandLine } from './cli/run.ts'

const stopping = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    // The second time they mean it.
    if (stopping.signal.aborted) process.exit(130)
    stopping.abort(new Error(`Stopped by ${name}`))
  })
}

process.exitCode = await runCommandLine({
  argv: process.argv.slice(2),
  env: process.env,
  folder: process.cwd(),
  streams: { out: process.stdout, err: process.stderr },
  signal: stopping.signal,
})
