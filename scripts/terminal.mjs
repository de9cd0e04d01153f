import { progressBar } from '../packages/node/src/cli/progress-bar.mjs'

/** Progress on standard error: a bar where somebody watches, a line now and then where nobody does. */
export const { progress, done } = progressBar(process.stderr)

/** Says what is wrong in plain words and ends with exit code 1. */
export function fail(message) {
  process.stderr.write(`${process.stderr.isTTY ? '\r\u001b[2K' : ''}\n${message}\n`)
  process.exit(1)
}
