import type { Reporter, TestModule } from 'vitest/node'

/** Ends a run with what was skipped and why, what passed only when tried again, and a line: `N passed, N failed, N skipped`. */
export default class CountingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 }
    const reasons = new Map<string, number>()
    for (const module of modules) {
      let tests = 0
      for (const test of module.children.allTests()) {
        tests++
        const { state } = test.result()
        if ((test.diagnostic()?.retryCount ?? 0) > 0) console.log(`TRIED AGAIN (${state}): ${test.fullName}`)
        if (state === 'passed') counts.passed++
        else if (state === 'failed') counts.failed++
        else {
          counts.skipped++
          const reason = noteOf(test.result()) ?? module.relativeModuleId
          reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
        }
      }
      // A file that could not even be read has failed, though no test of it has.
      if (tests === 0 && module.state() === 'failed') counts.failed++
    }
    for (const [reason, count] of reasons) console.log(`SKIPPED ${count} ${count === 1 ? 'test' : 'tests'}: ${reason}`)
    console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
  }
}

function noteOf(result: object): string | undefined {
  return 'note' in result && typeof result.note === 'string' ? result.note : undefined
}
