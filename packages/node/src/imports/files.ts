import type { Database } from '../db/open.ts'
import { UPLOADS_FOLDER } from '../http/body.ts'
import { unfinishedPayloads } from '../jobs/store.ts'
import type { FileStore } from '../ports.ts'
import { REJECT_HEADER, type RejectSink } from './rejects.ts'

export const REJECTS_FOLDER = 'rejects/'

/** Where the rows that an import refused are kept. */
export function rejectFileKey(jobId: string): string {
  return `${REJECTS_FOLDER}${jobId}.csv`
}

/** Files that belong to a job, some of which may be gone. */
export function filesOfJob({ id, payload }: { readonly id: string; readonly payload: string }): string[] {
  return [rejectFileKey(id), ...uploadIn(payload)]
}

/** Uploads that jobs are still to read, or may be told to read once more. */
export async function uploadsInUse(database: Database): Promise<ReadonlySet<string>> {
  return new Set((await unfinishedPayloads(database.system)).flatMap(uploadIn))
}

function uploadIn(payload: string): string[] {
  const { file } = JSON.parse(payload) as { file?: unknown }
  return typeof file === 'string' && file.startsWith(UPLOADS_FOLDER) ? [file] : []
}

/** A reject file that comes into being with the first refused row. */
export function rejectFile(files: FileStore, key: string): RejectSink {
  let isStarted = false
  return {
    begin: () => files.remove(key),
    async write(csv) {
      await files.append(key, isStarted ? csv : REJECT_HEADER + csv)
      isStarted = true
    },
  }
}
