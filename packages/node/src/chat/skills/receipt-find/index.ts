import { failure, type Skill } from '../../skill.ts'

/** Receipts of one's own. */
export interface ReceiptsPort {
  find(
    call: Parameters<Skill['run']>[1],
    wanted: Parameters<Skill['run']>[0],
  ): Promise<Awaited<ReturnType<Skill['run']>>>
}

/** Finds receipts; `unavailable` where the server keeps none. */
export function receiptFind(receipts: ReceiptsPort | null): Skill {
  return {
    name: 'receipt-find',
    who: 'person',
    run: async (args, call) => (receipts ? receipts.find(call, args) : failure('unavailable')),
  }
}
