import * as z from 'zod/mini'
import { anyKey, file, route, secretKeyOr } from './define.ts'
import { Job } from './jobs.ts'
import { instant, ownId, page, pageQuery } from './schema.ts'

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
  /** What the training measured on the last stretch of the shop's own history, by name: `next.hr10` is a rate from 0 to 1. */
  metrics: z.record(z.string(), z.number()),
})
export type Model = z.infer<typeof Model>

export const MAX_MODEL_BYTES = 64 * 2 ** 20

export const ModelActivation = z.object({
  modelVersion: z.nullable(Digest),
  /** Whether the model stays while newer ones are trained. Activate one without `hold` to follow trainings again. */
  held: z.boolean(),
})
export type ModelActivation = z.infer<typeof ModelActivation>

const arm = z.object({
  modelVersion: Digest,
  /** Answers that came into view, and those that were clicked. */
  shown: z.int(),
  clicked: z.int(),
  orders: z.int(),
})

export const ModelComparison = z.object({
  id: ownId('cmp'),
  /** Part of visitors whom the challenger answers. */
  share: z.number(),
  startedAt: instant(),
  champion: arm,
  challenger: arm,
  /** Clicks per answer shown, challenger minus champion, with its 95 % interval. */
  difference: z.object({ clickRate: z.number(), low: z.number(), high: z.number() }),
  /** What the interval says so far. */
  verdict: z.enum(['better', 'worse', 'undecided']),
})
export type ModelComparison = z.infer<typeof ModelComparison>

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
    output: file([MODEL_TYPE], MAX_MODEL_BYTES),
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
  /** Keeps a model that was trained elsewhere, with `trainRecommender`. It answers once it is activated. */
  register: route({
    method: 'POST',
    path: '/api/models',
    access: secretKeyOr('models:train'),
    body: file([MODEL_TYPE], MAX_MODEL_BYTES),
    output: Model,
    status: 201,
    timeoutMs: 5 * 60_000,
  }),
  /** Makes a model the one that answers. With `hold` it stays, whatever is trained afterwards. */
  activate: route({
    method: 'POST',
    path: '/api/models/{digest}/activate',
    access: secretKeyOr('models:train'),
    params: z.object({ digest: Digest }),
    body: z.object({ hold: z._default(z.boolean(), false) }),
    output: Model,
    errors: ['not_found'],
  }),
  /** Goes back to the model that answered before, and holds it. */
  rollback: route({
    method: 'POST',
    path: '/api/models/rollback',
    access: secretKeyOr('models:train'),
    output: Model,
    errors: ['conflict'],
  }),
  activation: route({
    method: 'GET',
    path: '/api/models/activation',
    access: secretKeyOr('models:read'),
    output: ModelActivation,
  }),
  /** Lets a second model answer part of the visitors. Trainings meanwhile are kept and do not answer. */
  compare: route({
    method: 'POST',
    path: '/api/models/comparison',
    access: secretKeyOr('models:train'),
    body: z.object({
      challenger: Digest,
      share: z._default(z.number().check(z.gte(0.01), z.lte(0.99)), 0.5),
    }),
    output: ModelComparison,
    status: 201,
    errors: ['not_found', 'conflict'],
  }),
  comparison: route({
    method: 'GET',
    path: '/api/models/comparison',
    access: secretKeyOr('models:read'),
    output: ModelComparison,
    errors: ['not_found'],
  }),
  /** Ends the comparison; `activate` says which model answers from now on. */
  endComparison: route({
    method: 'POST',
    path: '/api/models/comparison/end',
    access: secretKeyOr('models:train'),
    body: z.object({ activate: z.enum(['champion', 'challenger']) }),
    output: Model,
    errors: ['not_found'],
  }),
}
