import type { Database } from '../db/open.ts'
import { UPLOADS_FOLDER } from '../http/body.ts'
import { REJECTS_FOLDER, uploadsInUse } from '../imports/files.ts'
import type { FileStore } from '../ports.ts'
import { RETENTION } from './retention.ts'

/** Removes files that go with no job: a process was killed between the two. Returns how many. */
export async function removeStrayFiles(database: Database, files: FileStore, now: number): Promise<number> {
  const stray: string[] = []
  for await (const { key, changedAt } of files.list()) {
    const keptMs = key.startsWith(REJECTS_FOLDER) ? RETENTION.deadJobs + RETENTION.strayFiles : RETENTION.strayFiles
    const goesWithJobs = key.startsWith(REJECTS_FOLDER) || key.startsWith(UPLOADS_FOLDER)
    if (now - changedAt > keptMs && (goesWithJobs || files.isUnfinished(key))) stray.push(key)
  }
  if (stray.length === 0) return 0
  const inUse = await uploadsInUse(database)
  const idle = stray.filter((key) => !inUse.has(key))
  for (const key of idle) await files.remove(key)
  return idle.length
}
