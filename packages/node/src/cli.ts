#!/usr/bin/env node
import { runCommandLine } from './cli/run.ts'
import { stopSignal } from './cli/stop-signal.ts'

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Who reads no further, as `head` does, has enough.
    if (error.code !== 'EPIPE') throw error
  })
}

process.exitCode = await runCommandLine({
  argv: process.argv.slice(2),
  env: process.env,
  folder: process.cwd(),
  streams: { out: process.stdout, err: process.stderr },
  signal: stopSignal(),
})
