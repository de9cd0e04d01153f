import type { TillwrightContract } from '@tillwright/core/contract'
import type { DomainHandlers } from '../context.ts'
import type { ModelsService } from './service.ts'

export function modelsHandlers(service: ModelsService): DomainHandlers<TillwrightContract['models']> {
  return {
    current: (_input, { db }) => service.current(db),
    list: (input, { db }) => service.list(db, input),
    download: ({ digest }, { db }) => service.download(db, digest),
    train: (_input, { db }) => service.train(db),
  }
}
