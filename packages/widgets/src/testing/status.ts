import type { Job, Status } from '@tillwright/core/contract'

/** When the canned status was, ms since 1970. */
const NOW = Date.UTC(2026, 0, 31, 12)
const ago = (seconds: number) => new Date(NOW - seconds * 1000).toISOString()
const jobId = (letter: string) => `job_${letter.repeat(26)}`

export const DEAD_JOB = jobId('d')

export function cannedJob(change: Partial<Job>): Job {
  return {
    id: jobId('a'),
    kind: 'orders.import',
    queue: 'work',
    state: 'done',
    attempts: 1,
    maxAttempts: 5,
    progress: null,
    result: null,
    error: null,
    createdAt: ago(600),
    runAt: ago(600),
    finishedAt: null,
    ...change,
  }
}

/** A canned answer to `GET /admin/status`: a shop in the middle of its day. */
export function cannedStatus(change: Partial<Status> = {}): Status {
  return {
    tenant: { id: 'ten_0123456789abcdefghijklmnop', name: 'Corner Shop' },
    health: { status: 'ok', version: '0.1.0', uptimeSeconds: 7_512 },
    database: { status: 'ok', engine: 'sqlite', latencyMs: 0.21 },
    readiness: {
      status: 'degraded',
      checks: [
        { name: 'server', status: 'ok' },
        { name: 'database', status: 'ok' },
        { name: 'mail', status: 'degraded', detail: 'No provider: mail is kept on disk' },
      ],
    },
    counts: { products: 3_958, customers: 4_372, orders: 25_900, orderLines: 541_909, events: 128_077 },
    jobs: { queued: 1, running: 1, done: 12, dead: 1 },
    outbox: { queued: 0, running: 0, done: 0, dead: 0 },
    recentJobs: [
      cannedJob({
        id: jobId('r'),
        kind: 'customers.import',
        state: 'running',
        attempts: 2,
        progress: { done: 12_400_000, total: 45_580_638, unit: 'bytes', note: '147420 rows' },
        createdAt: ago(8),
      }),
      cannedJob({ id: jobId('q'), kind: 'recommendations.train', state: 'queued', attempts: 0, createdAt: ago(3) }),
      cannedJob({
        id: DEAD_JOB,
        kind: 'products.import',
        state: 'dead',
        attempts: 5,
        error: 'The file has no column for `id`: name one with --map id=…',
        finishedAt: ago(75),
      }),
      cannedJob({
        kind: 'orders.import',
        result: { read: 541_909, imported: 540_455, updated: 0, unchanged: 0, rejected: 1_454, rejects: [] },
        finishedAt: ago(540),
      }),
    ],
    models: [
      {
        modelVersion: '3f9a1c07'.padEnd(64, '0'),
        kind: 'recommender',
        trainedAt: ago(500),
        bytes: 812_344,
        url: 'api/v1/models/3f9a',
        active: true,
        counts: { baskets: 19_773, items: 3_791 },
        trainingCpuMs: 3_512,
        metrics: {},
      },
    ],
    ...change,
  }
}

/** The status of a shop that has nothing yet. */
export function emptyStatus(): Status {
  const none = { queued: 0, running: 0, done: 0, dead: 0 }
  return cannedStatus({
    counts: { products: 0, customers: 0, orders: 0, orderLines: 0, events: 0 },
    jobs: none,
    outbox: none,
    recentJobs: [],
    models: [],
  })
}
