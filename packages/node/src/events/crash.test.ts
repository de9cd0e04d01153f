import { randomBytes } from 'node:crypto'
import type { Event } from '@tillwright/core/contract'
import { seededRandom } from '@tillwright/core/testing'
import { expect, it, onTestFinished } from 'vitest'
import { migrations } from '../db/migrations.ts'
import { openDatabase } from '../db/open.ts'
import { createKey } from '../keys/service.ts'
import { createTenant } from '../tenants/service.ts'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { type HttpCaller, httpCaller } from '../testing/http-caller.ts'
import { sourceUrl, startScript } from '../testing/node-process.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { makeDatabase } from '../testing/test-database.ts'

/** Serves until it is killed. */
const SERVE = `
  const { createServer } = await import(${JSON.stringify(sourceUrl('server.ts'))})
  const { listen } = await import(${JSON.stringify(sourceUrl('adapters/node.ts'))})
  const { URL, FOLDER } = process.env
  const server = createServer({ database: URL, dataDir: FOLDER, widgets: FOLDER })
  await server.migrate()
  const { port } = await listen(server, { host: '127.0.0.1', port: 0 })
  server.jobs.start()
  process.stdout.write('port ' + port + '.\\n')
`

const KILLS = 3
const SENDERS = 8
const BATCHES = 240
const MAX_BATCH = 40

type Batch = readonly Event[]

interface Serving extends HttpCaller {
  /** Ends the process as a power cut would, and resolves when it is gone. */
  kill(): Promise<void>
}

async function serve(url: string, folder: string): Promise<Serving> {
  const { child, output, ended, hasWritten } = startScript(SERVE, { URL: url, FOLDER: folder })
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  await hasWritten('.\n')
  const caller = httpCaller(Number(/port (\d+)/.exec(output())![1]))
  return {
    ...caller,
    async kill() {
      child.kill('SIGKILL')
      expect(await ended).toBe('SIGKILL')
      caller.close()
    },
  }
}

function batches(random: () => number): Batch[] {
  let count = 0
  return Array.from({ length: BATCHES }, () =>
    Array.from({ length: 1 + Math.floor(random() * MAX_BATCH) }, () => {
      count++
      return {
        id: `event-${String(count).padStart(6, '0')}`,
        type: 'product_viewed' as const,
        at: '2026-03-01T12:00:00Z',
        productId: `product ${count}`,
      }
    }),
  )
}

describeOnDatabases('events and a process that is killed', (engine) => {
  it('keep every acknowledged event, and none of them twice, whatever is sent again', {
    timeout: 120_000,
  }, async () => {
    const place = await makeDatabase(engine)
    onTestFinished(() => place.remove())
    const folder = await temporaryFolder()
    const key = await newSecretKey(place.url)
    const random = seededRandom(20)
    const all = batches(random)
    const acknowledged = new Set<Batch>()
    const waiting = [...all]
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }

    /** Sends what waits, eight batches at a time, until nothing does or the server dies; says how many were under way then. */
    async function sendAll(server: Serving, killAfter: number): Promise<number> {
      let underWay = 0
      let underWayAtDeath = 0
      let acknowledgements = 0
      let killed: Promise<void> | undefined
      const sender = async () => {
        for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
          underWay++
          try {
            const body = JSON.stringify({ events: batch })
            const answer = await server.call({ method: 'POST', path: '/api/v1/events', headers, body })
            expect(answer.status, answer.text).toBe(202)
            const { accepted, duplicates } = JSON.parse(answer.text) as { accepted: number; duplicates: number }
            expect(accepted + duplicates).toBe(batch.length)
            if (acknowledged.has(batch)) expect(duplicates).toBe(batch.length)
            acknowledged.add(batch)
            acknowledgements++
          } catch (error) {
            if (!killed) throw error
            waiting.push(batch)
            return
          } finally {
            underWay--
          }
          if (acknowledgements === killAfter) {
            underWayAtDeath = underWay
            killed = server.kill()
          }
        }
      }
      await Promise.all(Array.from({ length: SENDERS }, sender))
      await killed
      return underWayAtDeath
    }

    async function stored(server: Serving): Promise<string[]> {
      const ids: string[] = []
      let cursor: string | null = null
      do {
        const path: string = `/api/v1/events?limit=200${cursor === null ? '' : `&cursor=${cursor}`}`
        const { status, text } = await server.call({ path, headers })
        expect(status, text).toBe(200)
        const page = JSON.parse(text) as { items: Event[]; nextCursor: string | null }
        for (const { id, productId } of page.items) {
          expect(productId).toBe(`product ${Number(id.slice('event-'.length))}`)
          ids.push(id)
        }
        cursor = page.nextCursor
      } while (cursor !== null)
      return ids.sort()
    }

    for (let kill = 0; kill < KILLS; kill++) {
      const killAfter = 20 + Math.floor(random() * 30)
      expect(await sendAll(await serve(place.url, folder), killAfter)).toBeGreaterThan(0)

      const after = await serve(place.url, folder)
      const ids = await stored(after)
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids).toEqual(expect.arrayContaining(idsOf([...acknowledged])))
      await after.kill()
      // An answer may have been lost on its way: some of what was acknowledged is sent again, too.
      waiting.push(...[...acknowledged].filter(() => random() < 0.2))
    }

    const last = await serve(place.url, folder)
    await sendAll(last, Number.POSITIVE_INFINITY)
    expect(acknowledged.size).toBe(BATCHES)
    expect(await stored(last)).toEqual(idsOf(all))
    await last.kill()
  })
})

function idsOf(batches: readonly Batch[]): string[] {
  return batches.flatMap((batch) => batch.map(({ id }) => id)).sort()
}

async function newSecretKey(url: string): Promise<string> {
  const database = openDatabase(url)
  await database.migrate(migrations)
  const ports = { clock: Date.now, random: Math.random, secretBytes: (count: number) => randomBytes(count) }
  const tenant = await createTenant({ database, ...ports }, { name: 'Shop', currency: 'EUR', timeZone: 'UTC' })
  const { key } = await createKey(ports, database.tenant(tenant.id), { kind: 'secret', label: '', origins: [] })
  await database.close()
  return key
}
