import type { TillwrightContract } from '@tillwright/core/contract'
import { auditActor } from '../audit/actor.ts'
import type { DomainHandlers } from '../context.ts'
import { readWhole } from '../files/read-whole.ts'
import type { FileStore } from '../ports.ts'
import type { ComparisonsService } from './comparison.ts'
import type { ModelsService } from './service.ts'

export function modelsHandlers(
  service: ModelsService,
  comparisons: ComparisonsService,
  files: FileStore,
): DomainHandlers<TillwrightContract['models']> {
  return {
    current: (_input, { db }) => service.current(db),
    list: (input, { db }) => service.list(db, input),
    download: ({ digest }, { db }) => service.download(db, digest),
    train: (_input, { db }) => service.train(db),
    async register({ upload }, context) {
      try {
        return await service.register(context.db, auditActor(context), await readWhole(files, upload.key))
      } finally {
        await files.remove(upload.key)
      }
    },
    activate: ({ digest, hold }, context) => service.activate(context.db, auditActor(context), digest, hold),
    rollback: (_input, context) => service.rollback(context.db, auditActor(context)),
    activation: (_input, { db }) => service.activation(db),
    compare: (input, context) => comparisons.start(context.db, auditActor(context), input),
    comparison: (_input, { db }) => comparisons.get(db),
    endComparison: ({ activate }, context) => comparisons.end(context.db, auditActor(context), activate),
  }
}
