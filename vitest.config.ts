import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const source = (path: string) => fileURLToPath(new URL(`packages/${path}`, import.meta.url))

/** Tests run on the sources, so that a stack trace points into them; `tests/` looks at the built packages. */
const alias = [
  { find: /^@tillwright\/core$/, replacement: source('core/src/index.ts') },
  { find: /^@tillwright\/core\/(\w+)$/, replacement: source('core/src/$1/index.ts') },
  { find: /^@tillwright\/node$/, replacement: source('node/src/index.ts') },
  { find: /^@tillwright\/node\/adapters\/(\w+)$/, replacement: source('node/src/adapters/$1.ts') },
]

export default defineConfig({
  resolve: { alias },
  test: {
    // Much of the time is spent waiting: for databases, for browsers, for processes that are to be killed.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Databases, browsers and killed processes on a shared machine: twice more, and the reporter names what needed it.
    retry: process.env.CI ? 2 : 0,
    // Against what hangs, not what is slow.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'core',
          root: 'packages/core',
          include: ['src/**/*.test.ts'],
          typecheck: { enabled: true, include: ['src/**/*.test-d.ts'], tsconfig: 'tsconfig.json' },
        },
      },
      {
        extends: true,
        test: {
          name: 'node',
          root: 'packages/node',
          include: ['src/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'widgets', root: 'packages/widgets', include: ['src/**/*.test.{ts,tsx}'] },
      },
      {
        extends: true,
        test: { name: 'workspace', root: 'tests', include: ['*.test.ts'] },
      },
    ],
  },
})
