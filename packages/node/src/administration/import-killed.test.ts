import { setTimeout as delay } from 'node:timers/promises'
import type { Job } from '@tillwright/core/contract'
import { expect, it } from 'vitest'
import { startSmtp } from '../mail/testing/mail-desk.ts'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { type Serving, type ServingOptions, startServing } from '../testing/serving.ts'
import { type SignedInPerson, signInAs } from '../testing/sign-in-as.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { makeDatabase } from '../testing/test-database.ts'
import { openSite, type Shop } from '../testing/test-site.ts'

const PEOPLE = 1_050
const BAD_EVERY = 150
const AGAIN_EVERY = 100
/** Where servers die, as a share of what an undisturbed one does until the import is done. Fewer than a job has tries. */
const DEATHS = [0.1, 0.35, 0.6]
/** A job whose process ended is free again after this time. */
const LEASE_AND_MORE_MS = 45_000
const PATIENCE_MS = 600_000

/** People by name, some rows that are wrong, some that name somebody again in other letters. */
function fileOf(shop: string): string {
  const rows = Array.from({ length: PEOPLE }, (_, i) => {
    if (i % BAD_EVERY === 7) return `not an address ${i},Nobody,en`
    const email = `person${i % AGAIN_EVERY === 9 ? i - 1 : i}@${shop}.example`
    return `${i % AGAIN_EVERY === 9 ? email.toUpperCase() : email},Person ${i},${i % 2 === 0 ? 'de' : 'en'}`
  })
  return `email,name,language\n${rows.join('\n')}\n`
}

const BAD = Array.from({ length: PEOPLE }, (_, i) => i).filter((i) => i % BAD_EVERY === 7).length
const AGAIN = Array.from({ length: PEOPLE }, (_, i) => i).filter(
  (i) => i % AGAIN_EVERY === 9 && i % BAD_EVERY !== 7,
).length
const DISTINCT = PEOPLE - BAD - AGAIN

describeOnDatabases('an import of people that is killed', (engine) => {
  it('comes to what an undisturbed one does: nobody twice, one invitation each, and can be undone', {
    timeout: PATIENCE_MS,
  }, async () => {
    const place = await makeDatabase(engine)
    const folder = await temporaryFolder()
    const smtp = await startSmtp()
    const site = await openSite(engine, { database: place.url, dataDir: folder })
    const calm = await site.newShop()
    const shaken = await site.newShop()
    let aheadMs = 0
    const serve = (options: Partial<ServingOptions> = {}) =>
      startServing({
        url: place.url,
        folder,
        smtp: `smtp://127.0.0.1:${smtp.port}`,
        withJobs: true,
        aheadMs,
        ...options,
      })

    async function send(server: Serving, who: SignedInPerson, method: string, path: string, csv?: string) {
      const headers = { authorization: `Bearer ${who.accessToken}`, ...(csv ? { 'content-type': 'text/csv' } : {}) }
      const { status, text } = await server.call({ method, path, headers, body: csv })
      expect(status, text).toBeLessThan(300)
      return JSON.parse(text) as Job & { items: { id: string }[] }
    }
    const upload = (server: Serving, who: SignedInPerson, name: string) =>
      send(server, who, 'POST', '/admin/v1/import-csv', fileOf(name))

    /** Waits until a job has ended; `false` where the server ended before. */
    async function settled(shop: Shop, { id }: { id: string }, server: Serving): Promise<boolean> {
      let isGone = false
      void server.process.ended.then(() => {
        isGone = true
      })
      while (!isGone) {
        if (['done', 'dead'].includes(await stateOf(shop, id))) return true
        await delay(20)
      }
      return false
    }

    async function stateOf({ db }: Shop, id: string): Promise<string> {
      const row = await db.query.selectFrom('jobs').where('id', '=', id).select('state').executeTakeFirstOrThrow()
      return row.state
    }

    /** A thousand invitations would be sent before what comes after them. */
    async function dropMailJobs({ db }: Shop): Promise<void> {
      await db.query.deleteFrom('jobs').where('kind', '=', 'mail.send').where('state', '=', 'queued').execute()
    }

    const peopleOf = ({ db }: Shop) =>
      db.query
        .selectFrom('users')
        .where('role', '=', 'customer')
        .orderBy('email_key')
        .select(['email_key', 'name', 'language', 'status'])
        .execute()
    /**
     * Addresses that an invitation went to or waits for, each as often as it did. What went out twice since its server died in
     * between has one Message-ID.
     */
    async function invited({ db }: Shop, domain: string): Promise<string[]> {
      const waiting = await db.query.selectFrom('mail_messages').where('ended_at', 'is', null).selectAll().execute()
      const mails = new Map(waiting.map(({ id, recipient }) => [id, recipient]))
      for (const { email, to } of smtp.received) {
        if (to[0]!.endsWith(`@${domain}.example`)) mails.set(/<(\w+)@/.exec(email.messageId!)![1]!, to[0]!)
      }
      return [...mails.values()].sort()
    }

    const calmAdmin = await signInAs(site, calm, 'admin')
    const first = await serve({ isWatched: true })
    const calmJob = await upload(first, calmAdmin, 'calm')
    expect(await settled(calm, calmJob, first)).toBe(true)
    const undisturbed = await send(first, calmAdmin, 'GET', `/admin/v1/jobs/${calmJob.id}`)
    const statements = await first.end()
    expect(undisturbed.result).toMatchObject({ read: PEOPLE, imported: DISTINCT, unchanged: AGAIN, rejected: BAD })
    expect(await invited(calm, 'calm')).toHaveLength(DISTINCT)
    await dropMailJobs(calm)

    const admin = await signInAs(site, shaken, 'admin')
    const queue = await serve({ withJobs: false })
    const job = await upload(queue, admin, 'shaken')
    await queue.end()
    const interrupted: string[] = []
    for (const share of DEATHS) {
      const server = await serve({ dieAt: { of: 'people', count: Math.ceil(statements * share) } })
      await settled(shaken, job, server)
      expect(await server.process.ended).toBe('SIGKILL')
      interrupted.push(await stateOf(shaken, job.id))
      aheadMs += LEASE_AND_MORE_MS
    }
    expect(interrupted).toContain('running')

    const last = await serve()
    expect(await settled(shaken, job, last)).toBe(true)
    const done = await send(last, admin, 'GET', `/admin/v1/jobs/${job.id}`)
    expect(done).toMatchObject({ state: 'done', error: null })
    const named = (text: object) => JSON.parse(JSON.stringify(text).replaceAll('shaken', 'calm'))
    expect(named(done.result!)).toEqual(undisturbed.result)
    expect(named(await peopleOf(shaken))).toEqual(await peopleOf(calm))

    const everybody = (await peopleOf(shaken)).map(({ email_key: key }) => key)
    expect((await invited(shaken, 'shaken')).map((to) => to.toLowerCase())).toEqual(everybody)

    await dropMailJobs(shaken)
    const undo = await send(last, admin, 'POST', `/admin/v1/import-csv/${job.id}/undo`)
    expect(await settled(shaken, undo, last)).toBe(true)
    const undone = await send(last, admin, 'GET', `/admin/v1/jobs/${undo.id}`)
    expect(undone).toMatchObject({ state: 'done', result: { removed: DISTINCT, kept: 0 } })
    await last.end()
    expect((await peopleOf(shaken)).every(({ status }) => status === 'removed')).toBe(true)
    expect((await peopleOf(calm)).every(({ status }) => status === 'invited')).toBe(true)
    await site.close()
  })
})
