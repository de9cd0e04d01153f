import { createReadStream } from 'node:fs'
import type { Job, Upload } from '@tillwright/core/contract'
import type { TenantDb } from '../db/open.ts'
import { type JobContext, PermanentJobError } from '../jobs/runner.ts'
import type { Enqueue } from '../jobs/service.ts'
import type { FileStore } from '../ports.ts'
import { ImportError } from './errors.ts'
import { rejectFile, rejectFileKey } from './files.ts'
import type { FileImport } from './import-file.ts'
import type { DateOrder } from './parse-instant.ts'
import type { RejectSink } from './rejects.ts'
import type { ImportReport } from './report.ts'

/** What the caller of an import says about the file. */
export interface ImportOptions {
  readonly map?: string | undefined
  readonly currency?: string | undefined
  readonly dateOrder?: DateOrder | undefined
  readonly name?: string | undefined
}

/** What a job of an import carries. */
export interface ImportPayload extends ImportOptions {
  readonly file: string
  readonly format: 'csv' | 'jsonl'
  readonly bytes: number
}

/** An import as its domain sees it. */
export interface ImportTask {
  /** Where the file lies on this machine. */
  readonly path: string
  readonly payload: ImportPayload
  readonly context: JobContext
  readonly rejects: RejectSink
  readonly onProgress: (progress: { bytesRead: number; rowsRead: number }) => void
}

/** A task's file as `importFile` takes it. */
export function openFile({ path, payload, context, rejects, onProgress }: ImportTask): FileImport {
  return {
    bytes: createReadStream(path),
    format: payload.format,
    ...(payload.map ? { map: payload.map } : {}),
    rejects,
    onProgress,
    signal: context.signal,
  }
}

/** Imports of a tenant run one after another: two that bring the same orders must not cross. */
const LANE = 'import'

/** Queues the import of an upload. The file goes when the job is done. */
export function queueImport(
  enqueue: Enqueue,
  db: TenantDb,
  kind: string,
  upload: Upload,
  options: ImportOptions,
): Promise<Job> {
  const format = upload.type === 'text/csv' ? 'csv' : 'jsonl'
  const payload: ImportPayload = { ...options, file: upload.key, format, bytes: upload.bytes }
  return db.transaction((tx) => enqueue(tx, kind, payload, { lane: LANE }))
}

/** The job handler of an import: finds the file, keeps rejects and progress, and removes the file when it is done. */
export function importHandler(files: FileStore, run: (task: ImportTask) => Promise<ImportReport>) {
  return async (payload: ImportPayload, context: JobContext): Promise<ImportReport> => {
    const path = await files.localPath(payload.file)
    const report = await run({
      path,
      payload,
      context,
      rejects: rejectFile(files, rejectFileKey(context.jobId)),
      onProgress: ({ bytesRead, rowsRead }) =>
        context.progress({ done: bytesRead, total: payload.bytes, unit: 'bytes', note: `${rowsRead} rows` }),
    }).catch((error: unknown) => {
      if (isImportError(error)) throw new PermanentJobError(error.message, { cause: error })
      throw error
    })
    context.afterwards(() => files.remove(payload.file))
    return report
  }
}

/** From this thread or from another, where the class is lost and the name remains. */
function isImportError(error: unknown): error is Error {
  return error instanceof ImportError || (error instanceof Error && error.name === 'ImportError')
}
