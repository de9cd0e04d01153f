import type { FileStore } from '../ports.ts'
import { REJECT_HEADER, type RejectSink } from './rejects.ts'

/** Where the rows that an import refused are kept. */
export function rejectFileKey(jobId: string): string {
  return `rejects/${jobId}.csv`
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
