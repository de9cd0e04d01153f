import type { TillwrightContract } from '@tillwright/core/contract'
import type { DomainHandlers } from '../context.ts'
import { problem } from '../http/problem-error.ts'
import { rejectFileKey } from '../imports/files.ts'
import type { FileStore } from '../ports.ts'
import type { JobsService } from './service.ts'

export function jobsHandlers(service: JobsService, files: FileStore): DomainHandlers<TillwrightContract['jobs']> {
  return {
    list: (input, { db }) => service.list(db, input),
    get: ({ jobId }, { db }) => service.get(db, jobId),
    watch: async ({ jobId }, context) => service.watch(context.db, jobId, context.signal),
    retry: ({ jobId }, { db }) => service.retry(db, jobId),
    async rejects({ jobId }, { db }) {
      const job = await service.get(db, jobId)
      const file = await files.get(rejectFileKey(job.id))
      if (!file) throw problem('not_found', `Job ${jobId} has refused no rows`)
      return { body: file.body, type: 'text/csv', filename: `rejects-${jobId}.csv` }
    },
  }
}
