import type { Job } from '@tillwright/core/contract'
import type { Shop, TestSite } from './test-site.ts'

/** What an import did, as its job tells. */
export interface ImportOutcome {
  readonly job: Job
  readonly result: {
    readonly read: number
    readonly imported: number
    readonly updated: number
    readonly unchanged: number
    readonly rejected: number
    readonly rejects: readonly { line: number; reason: string }[]
  }
}

export type ImportKind = 'orders' | 'products' | 'customers'

/** Sends a file as a shop's own server would; gives the queued job. */
export async function upload(
  shop: Pick<Shop, 'send'>,
  kind: ImportKind,
  file: string | Uint8Array,
  { type = 'text/csv', query = '' } = {},
): Promise<Job> {
  const body = typeof file === 'string' ? file : new Uint8Array(file)
  const answer = await shop.send(`/api/${kind}/import${query}`, {
    method: 'POST',
    body,
    headers: { 'content-type': type },
  })
  if (answer.status !== 202) throw new Error(`The upload was answered with ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as Job
}

/** Uploads a file and lets its job run to its end. */
export async function importFile(
  site: Pick<TestSite, 'server'>,
  shop: Shop,
  kind: ImportKind,
  file: string | Uint8Array,
  options: { type?: string; query?: string } = {},
): Promise<ImportOutcome> {
  const { id } = await upload(shop, kind, file, options)
  await site.server.jobs.runDue()
  const job = await shop.api.jobs.get({ jobId: id })
  return { job, result: job.result as unknown as ImportOutcome['result'] }
}
