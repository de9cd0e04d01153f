import * as z from 'zod/mini'
import { anyKey, file, route, secretKeyOr } from './define.ts'
import { Job } from './jobs.ts'
import { instant, page, pageQuery } from './schema.ts'

export const MODEL_TYPE = 'application/vnd.tillwright.model'
const IMMUTABLE = 'public, max-age=31536000, immutable'

export const Digest = z.string().check(z.regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hex'))

export const Model = z.object({
  /** SHA-256 of the file, in hex: its version and its address. */
  modelVersion: Digest,
  kind: z.literal('recommender'),
  trainedAt: instant(),
  bytes: z.int(),
  /** Where the file is, relative to the server's own address, which may have a path. What is there never changes. */
  url: z.string(),
  active: z.boolean(),
  counts: z.object({ baskets: z.int(), items: z.int() }),
  /** Training time in ms of CPU. */
  trainingCpuMs: z.number(),
})
export type Model = z.infer<typeof Model>

export const models = {
  current: route({
    method: 'GET',
    path: '/api/models/current',
    access: anyKey,
    output: Model,
    errors: ['not_found'],
  }),
  list: route({
    method: 'GET',
    path: '/api/models',
    access: secretKeyOr('models:read'),
    query: z.object(pageQuery),
    output: page(Model),
    paged: true,
  }),
  download: route({
    method: 'GET',
    path: '/api/models/{digest}',
    access: anyKey,
    params: z.object({ digest: Digest }),
    output: file([MODEL_TYPE], 64 * 2 ** 20),
    cacheControl: IMMUTABLE,
    errors: ['not_found'],
  }),
  /** Queues training on all orders so far. A training that is queued already is not queued twice. */
  train: route({
    method: 'POST',
    path: '/api/models/train',
    access: secretKeyOr('models:train'),
    output: Job,
    status: 202,
  }),
}
