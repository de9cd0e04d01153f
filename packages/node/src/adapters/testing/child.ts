import { registerHooks } from 'node:module'

// Loaded with `--import` into a process that a test starts: it runs on the sources of the workspace, as tests do, and
// ends with the test, even one that is killed.
const CORE = new URL('../../../../core/src/', import.meta.url)

registerHooks({
  resolve(specifier, context, nextResolve) {
    const [, entry] = /^@tillwright\/core\/(\w+)$/.exec(specifier) ?? []
    return nextResolve(entry ? new URL(`${entry}/index.ts`, CORE).href : specifier, context)
  },
})

process.stdin.on('end', () => process.exit()).resume()
