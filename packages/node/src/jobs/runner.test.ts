import { expect, it, onTestFinished } from 'vitest'
import type { Tenant } from '../context.ts'
import type { Engine } from '../db/dialect.ts'
import { migrations } from '../db/migrations.ts'
import { type Database, openDatabase } from '../db/open.ts'
import { createTenant } from '../tenants/service.ts'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { recordingLog } from '../testing/recording-log.ts'
import { makeDatabase } from '../testing/test-database.ts'
import { JOB_QUEUES } from './queues.ts'
import { type JobHandler, type Jobs, jobRunner, PermanentJobError } from './runner.ts'
import { type JobOptions, jobsService } from './service.ts'
import { claimJob, type Wanted } from './store.ts'

const NOON = Date.parse('2026-03-01T12:00:00Z')
const LEASE_MS = 30_000
const OF_WORK: readonly Wanted[] = [{ queue: 'work', lanesKeepOrder: true, exceptTenants: [] }]

interface Queue {
  readonly database: Database
  readonly tenant: Tenant
  /** Now, in ms; tests move it. */
  now: number
  /** A runner with a name of its own. */
  runner(handlers: Record<string, JobHandler>, owner?: string): Jobs
  add(kind: string, options?: JobOptions, tenant?: Tenant): Promise<string>
  addMany(kind: string, count: number, options: Pick<JobOptions, 'queue'>): Promise<unknown>
  get(id: string): ReturnType<ReturnType<typeof jobsService>['get']>
  retry(id: string): ReturnType<ReturnType<typeof jobsService>['retry']>
  newTenant(): Promise<Tenant>
}

/** A queue of its own: runners take the jobs of all tenants. */
async function newQueue(engine: Engine): Promise<Queue> {
  const place = await makeDatabase(engine)
  const database = openDatabase(place.url)
  onTestFinished(async () => {
    await database.close()
    await place.remove()
  })
  await database.migrate(migrations)
  const time = { now: NOON }
  const clock = () => time.now
  const random = () => 0.5
  const service = jobsService({ clock, random: Math.random, wake() {} })
  const newTenant = () =>
    createTenant({ database, clock, random: Math.random }, { name: 'Shop', currency: 'EUR', timeZone: 'UTC' })
  const tenant = await newTenant()
  const db = database.tenant(tenant.id)
  const queue: Omit<Queue, 'now'> = {
    database,
    tenant,
    runner: (handlers, owner = 'one') => jobRunner({ database, clock, random, log: recordingLog(), handlers, owner }),
    add: async (kind, options, { id } = tenant) =>
      (await database.tenant(id).transaction((tx) => service.enqueue(tx, kind, { kind }, options))).id,
    addMany: (kind, count, options) =>
      db.transaction((tx) => service.enqueueMany(tx, kind, Array(count).fill({ kind }), options)),
    get: (id) => service.get(db, id),
    retry: (id) => service.retry(db, id),
    newTenant,
  }
  return Object.assign(time, queue)
}

/** Kinds of what runs, whosever it is. */
async function runningOf({ database }: Queue): Promise<string[]> {
  const rows = await database.system.selectFrom('jobs').where('state', '=', 'running').select('kind').execute()
  return rows.map(({ kind }) => kind)
}

/** A handler that waits until the test lets it go. */
function gate() {
  const started = Promise.withResolvers<AbortSignal>()
  const released = Promise.withResolvers<object>()
  const handler: JobHandler = async (_payload, { signal }) => {
    started.resolve(signal)
    return released.promise
  }
  return { handler, started: started.promise, release: () => released.resolve({}) }
}

describeOnDatabases('the job runner', (engine) => {
  it('runs what is due, with the payload and the tenant of the job, and keeps the result', async () => {
    const queue = await newQueue(engine)
    const seen: unknown[] = []
    const id = await queue.add('greet')
    const ran = await queue
      .runner({
        greet: async (payload, { jobId, attempt, tenant, db }) => {
          seen.push([payload, jobId, attempt, tenant.publicId, db.tenantId])
          return { said: 'hello' }
        },
      })
      .runDue()
    expect(ran).toBe(1)
    expect(seen).toEqual([[{ kind: 'greet' }, id, 1, queue.tenant.publicId, queue.tenant.id]])
    expect(await queue.get(id)).toMatchObject({
      state: 'done',
      attempts: 1,
      result: { said: 'hello' },
      error: null,
      finishedAt: '2026-03-01T12:00:00.000Z',
    })
  })

  it('is not added when the transaction that added it fails', async () => {
    const queue = await newQueue(engine)
    const service = jobsService({ clock: () => NOON, random: Math.random, wake() {} })
    const failing = queue.database.tenant(queue.tenant.id).transaction(async (tx) => {
      await service.enqueue(tx, 'greet', {})
      throw new Error('no change after all')
    })
    await expect(failing).rejects.toThrow('no change after all')
    expect(await queue.runner({}).runDue()).toBe(0)
  })

  it('waits for a delayed job until its time', async () => {
    const queue = await newQueue(engine)
    const runner = queue.runner({ later: async () => ({}) })
    const id = await queue.add('later', { delayMs: 5_000 })
    queue.now += 4_999
    expect(await runner.runDue()).toBe(0)
    queue.now += 1
    expect(await runner.runDue()).toBe(1)
    expect((await queue.get(id)).state).toBe('done')
  })

  it('tries a failed job again after growing waits, and then leaves it among the dead letters', async () => {
    const queue = await newQueue(engine)
    const runner = queue.runner({
      fail: async () => {
        throw new Error('no luck')
      },
    })
    const id = await queue.add('fail', { maxAttempts: 4 })
    const waits: number[] = []
    for (let attempt = 1; attempt < 4; attempt++) {
      expect(await runner.runDue()).toBe(1)
      const job = await queue.get(id)
      expect(job).toMatchObject({ state: 'queued', attempts: attempt, error: 'no luck' })
      waits.push(Date.parse(job.runAt) - queue.now)
      expect(await runner.runDue()).toBe(0)
      queue.now = Date.parse(job.runAt)
    }
    // A second, and half of 300 ms doubled with each try: `random` is always 0.5 here.
    expect(waits).toEqual([1_300, 1_600, 2_200])
    expect(await runner.runDue()).toBe(1)
    expect(await queue.get(id)).toMatchObject({ state: 'dead', attempts: 4, error: 'no luck' })
    queue.now += 86_400_000
    expect(await runner.runDue()).toBe(0)
  })

  it('gives a dead job fresh tries when a person says so', async () => {
    const queue = await newQueue(engine)
    let isMended = false
    const runner = queue.runner({
      fail: async () => {
        if (!isMended) throw new PermanentJobError('cannot work')
        return { worked: true }
      },
    })
    const id = await queue.add('fail')
    await runner.runDue()
    expect(await queue.get(id)).toMatchObject({ state: 'dead', attempts: 1, error: 'cannot work' })
    isMended = true
    expect(await queue.retry(id)).toMatchObject({ state: 'queued', attempts: 0, finishedAt: null })
    await runner.runDue()
    expect(await queue.get(id)).toMatchObject({ state: 'done', attempts: 1, error: null, result: { worked: true } })
    await expect(queue.retry(id)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('puts a job of a kind that it does not know among the dead letters', async () => {
    const queue = await newQueue(engine)
    const id = await queue.add('from-the-future')
    await queue.runner({}).runDue()
    expect(await queue.get(id)).toMatchObject({ state: 'dead', error: expect.stringContaining('from-the-future') })
  })

  it('runs jobs of one lane of a tenant one after another, and those of other lanes and tenants beside them', async () => {
    const queue = await newQueue(engine)
    const lease = (owner: string) => ({ owner, now: queue.now, until: queue.now + LEASE_MS })
    const other = await queue.newTenant()
    const first = await queue.add('a', { lane: 'import' })
    const second = await queue.add('a', { lane: 'import' })
    const free = await queue.add('a')
    const elsewhere = await queue.add('a', { lane: 'import' }, other)
    const claimed = []
    for (let job = await claimJob(queue.database, lease('one'), OF_WORK); job; ) {
      claimed.push(job.id)
      job = await claimJob(queue.database, lease('one'), OF_WORK)
    }
    expect(claimed).toEqual([first, free, elsewhere])
    queue.now += LEASE_MS + 1
    await queue.runner({ a: async () => ({}) }).runDue()
    expect(await queue.get(second)).toMatchObject({ state: 'done' })
  })

  it('queues a job once under one key, and again when that one runs', async () => {
    const queue = await newQueue(engine)
    const first = await queue.add('train', { dedupeKey: 'train' })
    expect(await queue.add('train', { dedupeKey: 'train' })).toBe(first)
    await claimJob(queue.database, { owner: 'one', now: queue.now, until: queue.now + LEASE_MS }, OF_WORK)
    const second = await queue.add('train', { dedupeKey: 'train' })
    expect(second).not.toBe(first)
    expect(await queue.add('train', { dedupeKey: 'train' }, await queue.newTenant())).not.toBe(second)
  })

  it('gives each job to one of many that ask at once', async () => {
    const queue = await newQueue(engine)
    for (let i = 0; i < 12; i++) await queue.add('a')
    const asked = Array.from({ length: 40 }, (_, i) =>
      claimJob(queue.database, { owner: `runner ${i % 4}`, now: queue.now, until: queue.now + LEASE_MS }, OF_WORK),
    )
    const ids = (await Promise.all(asked)).filter((job) => job !== undefined).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toHaveLength(12)
  })

  it('takes over the job of a runner that fell silent, and what that one says later counts for nothing', async () => {
    const queue = await newQueue(engine)
    const { handler, started, release } = gate()
    const id = await queue.add('work')
    const silent = queue.runner({ work: handler }, 'silent').runDue()
    await started
    const heir = queue.runner({ work: async () => ({ by: 'heir' }) }, 'heir')
    expect(await heir.runDue()).toBe(0)
    queue.now += LEASE_MS + 1
    expect(await heir.runDue()).toBe(1)
    release()
    await silent
    expect(await queue.get(id)).toMatchObject({ state: 'done', attempts: 2, result: { by: 'heir' } })
  })

  it('gives up a job whose every process was killed, instead of killing one more', async () => {
    const queue = await newQueue(engine)
    const id = await queue.add('deadly', { maxAttempts: 2 })
    for (let i = 0; i < 2; i++) {
      expect(
        await claimJob(queue.database, { owner: `${i}`, now: queue.now, until: queue.now + LEASE_MS }, OF_WORK),
      ).toBeDefined()
      queue.now += LEASE_MS + 1
    }
    let runs = 0
    await queue
      .runner({
        deadly: async () => {
          runs++
          return {}
        },
      })
      .runDue()
    expect(runs).toBe(0)
    expect(await queue.get(id)).toMatchObject({ state: 'dead', error: expect.stringContaining('2 times') })
  })

  it('tells running jobs to end when it stops, and puts them back as if they had not begun', async () => {
    const queue = await newQueue(engine)
    const id = await queue.add('long')
    const started = Promise.withResolvers<void>()
    const runner = queue.runner({
      long: (_payload, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
          started.resolve()
        }),
    })
    runner.start()
    await started.promise
    await runner.stop()
    expect(await queue.get(id)).toMatchObject({ state: 'queued', attempts: 0, error: null })
    expect(await queue.runner({ long: async () => ({}) }, 'next').runDue()).toBe(1)
  })

  it('begins nothing more once it has been told to stop', async () => {
    const queue = await newQueue(engine)
    const id = await queue.add('work')
    let runs = 0
    const runner = queue.runner({
      work: async () => {
        runs++
        return {}
      },
    })
    runner.start()
    await runner.stop()
    expect(runs).toBe(0)
    expect(await queue.get(id)).toMatchObject({ state: 'queued', attempts: 0 })
  })

  it('runs as many at a time as it may, and takes the next when one has ended', async () => {
    const queue = await newQueue(engine)
    const gates = [gate(), gate(), gate()]
    const ids = [await queue.add('0'), await queue.add('1'), await queue.add('2')]
    const runner = queue.runner(Object.fromEntries(gates.map(({ handler }, i) => [`${i}`, handler])))
    runner.start()
    onTestFinished(() => runner.stop())
    await Promise.all([gates[0]!.started, gates[1]!.started])
    expect((await queue.get(ids[2]!)).state).toBe('queued')
    gates[0]!.release()
    await gates[2]!.started
    for (const { release } of gates) release()
    await expect.poll(async () => (await queue.get(ids[2]!)).state).toBe('done')
  })

  it('runs work while mail and webhooks hang, and mail while webhooks do', async () => {
    const queue = await newQueue(engine)
    const hanging = { outbox: JOB_QUEUES.outbox.slots, webhooks: JOB_QUEUES.webhooks.slots + 1 }
    const mail = gate()
    const hook = gate()
    const tenants = [queue.tenant, await queue.newTenant(), await queue.newTenant()]
    for (let i = 0; i < hanging.webhooks; i++) await queue.add('hook', { queue: 'webhooks' }, tenants[i % 3])
    const runner = queue.runner({
      hook: hook.handler,
      'hanging mail': mail.handler,
      mail: async () => ({}),
      undo: async () => ({}),
    })
    runner.start()
    onTestFinished(() => runner.stop())
    onTestFinished(() => void [mail.release(), hook.release()])
    await hook.started
    const sent = await queue.add('mail', { queue: 'outbox' })
    runner.wake()
    await expect.poll(async () => (await queue.get(sent)).state).toBe('done')
    for (let i = 0; i <= hanging.outbox; i++) await queue.add('hanging mail', { queue: 'outbox' })
    runner.wake()
    await mail.started
    const undo = await queue.add('undo')
    runner.wake()
    await expect.poll(async () => (await queue.get(undo)).state).toBe('done')
    await expect
      .poll(async () => (await runningOf(queue)).sort())
      .toEqual([...Array(hanging.outbox).fill('hanging mail'), ...Array(JOB_QUEUES.webhooks.slots).fill('hook')])
  })

  it('does the work first that came after many mails', async () => {
    const queue = await newQueue(engine)
    const order: string[] = []
    const note: JobHandler = async ({ kind }: { kind: string }) => {
      order.push(kind)
      return {}
    }
    await queue.add('hook', { queue: 'webhooks' })
    await queue.addMany('invitation', 30, { queue: 'outbox' })
    queue.now += 1_000
    await queue.add('undo')
    const runner = queue.runner({ hook: note, undo: note, invitation: note })
    await runner.runDue()
    expect(order).toHaveLength(32)
    expect([order[0], order[1], order.at(-1)]).toEqual(['undo', 'invitation', 'hook'])
  })

  it('leaves slots for webhooks of other tenants, however many one has waiting', async () => {
    const queue = await newQueue(engine)
    const other = await queue.newTenant()
    const { handler, started, release } = gate()
    for (let i = 0; i < 10; i++) await queue.add('hook', { queue: 'webhooks', lane: `${i}` })
    const runner = queue.runner({ hook: handler, 'other hook': async () => ({}) })
    runner.start()
    onTestFinished(() => runner.stop())
    onTestFinished(release)
    await started
    const theirs = await queue.add('other hook', { queue: 'webhooks' }, other)
    runner.wake()
    const { query } = queue.database.tenant(other.id)
    const found = () => query.selectFrom('jobs').where('id', '=', theirs).select('state').executeTakeFirst()
    await expect.poll(found).toEqual({ state: 'done' })
    await expect.poll(() => runningOf(queue)).toEqual(['hook', 'hook'])
  })

  it('runs webhooks of one lane one after another, but keeps none waiting for one that is to be tried again later', async () => {
    const queue = await newQueue(engine)
    const lane = { queue: 'webhooks', lane: 'webhook:one' } as const
    const later = await queue.add('hook', { ...lane, delayMs: 60_000 })
    const order: string[] = []
    let atATime = 0
    const handler: JobHandler = async (_payload, { jobId }) => {
      order.push(jobId)
      expect(++atATime).toBe(1)
      await new Promise((resolve) => setImmediate(resolve))
      atATime--
      return {}
    }
    const ids = [await queue.add('hook', lane), await queue.add('hook', lane)]
    const both = [queue.runner({ hook: handler }, 'one'), queue.runner({ hook: handler }, 'two')]
    while ((await Promise.all(both.map((runner) => runner.runDue()))).some((count) => count > 0));
    expect(order).toEqual(ids)
    queue.now += 60_000
    await both[0]!.runDue()
    expect(order).toEqual([...ids, later])
  })

  it('keeps the last progress that a job told', async () => {
    const queue = await newQueue(engine)
    const id = await queue.add('count')
    await queue
      .runner({
        count: async (_payload, { progress }) => {
          for (let done = 1; done <= 100; done++) progress({ done, total: 100, unit: 'rows' })
          return {}
        },
      })
      .runDue()
    expect((await queue.get(id)).progress).toEqual({ done: 100, total: 100, unit: 'rows' })
  })

  it('that goes back into the queue keeps its key: no second one of the kind is added beside it', async () => {
    const queue = await newQueue(engine)
    const id = await queue.add('train', { dedupeKey: 'train' })
    await queue.runner({ train: () => Promise.reject(new Error('not today')) }).runDue()
    expect(await queue.add('train', { dedupeKey: 'train' })).toBe(id)
  })

  it('that fails while a newer one of its key waits makes room for it', async () => {
    const queue = await newQueue(engine)
    const id = await queue.add('train', { dedupeKey: 'train' })
    let newer = ''
    const runs: string[] = []
    const runner = queue.runner({
      train: async (_payload, { jobId }) => {
        runs.push(jobId)
        if (jobId !== id) return {}
        newer = await queue.add('train', { dedupeKey: 'train', delayMs: 1_000 })
        throw new Error('not today')
      },
    })
    await runner.runDue()
    expect(newer).not.toBe(id)
    expect(await queue.get(id)).toMatchObject({ state: 'done', result: { replaced: 'a newer job does the same' } })
    queue.now += 3_600_000
    await runner.runDue()
    expect(runs).toEqual([id, newer])
  })

  it('that is dead is not revived while a newer one of its key waits', async () => {
    const queue = await newQueue(engine)
    const id = await queue.add('train', { dedupeKey: 'train' })
    await queue.runner({ train: () => Promise.reject(new PermanentJobError('never')) }).runDue()
    const newer = await queue.add('train', { dedupeKey: 'train' })
    await expect(queue.retry(id)).rejects.toMatchObject({ code: 'conflict' })
    const runner = queue.runner({ train: async () => ({}) })
    expect(await runner.runDue()).toBe(1)
    expect((await queue.get(newer)).state).toBe('done')
    expect((await queue.retry(id)).state).toBe('queued')
  })

  it('that does not end when it is told to holds up a stop for as long as it may, and no longer', async () => {
    const queue = await newQueue(engine)
    const { handler, started, release } = gate()
    const id = await queue.add('stubborn')
    const runner = queue.runner({ stubborn: handler })
    runner.start()
    const signal = await started
    await runner.stop(1)
    expect(signal.aborted).toBe(true)
    expect((await queue.get(id)).state).toBe('running')
    release()
    await runner.stop()
    expect((await queue.get(id)).state).toBe('done')
  })
})
