import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import { describe } from 'vitest'

const EXECUTABLE = '/usr/bin/chromium'
const isRequired = /\bchromium\b/.test(process.env.TILLWRIGHT_REQUIRE ?? '')

/**
 * Tests that need a real browser: skipped, and said to be, where there is no Chromium. With `chromium` in the environment
 * variable `TILLWRIGHT_REQUIRE` they run, and fail, all the same.
 */
export function describeInChromium(name: string, run: () => void): void {
  const isHere = existsSync(EXECUTABLE)
  if (!isHere && !isRequired) console.warn(`SKIPPED ${name}: needs ${EXECUTABLE} (apt-get install chromium)`)
  describe.skipIf(!isHere && !isRequired)(name, { timeout: 30_000 }, run)
}

/** A browser of its own, which calls nobody by itself. Close it. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
