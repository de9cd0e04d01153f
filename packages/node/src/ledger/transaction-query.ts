import { merchantName } from '@tillwright/core/brain'
import type { TransactionFilter } from '@tillwright/core/contract'
import { problem } from '../http/problem-error.ts'
import { existingAccount } from './accounts-service.ts'
import { listCategories } from './categories-store.ts'
import { withDescendants } from './category-tree.ts'
import type { Reach } from './reach.ts'
import type { TransactionQuery } from './transactions-store.ts'

/** Looks up what a filter names. Throws `not_found` for an account or a category that is not there, or somebody else's. */
export async function transactionQuery(
  { db, ownerId }: Pick<Reach, 'db' | 'ownerId'>,
  filter: TransactionFilter,
): Promise<TransactionQuery> {
  const { categoryId, merchant, ownerId: only, ...rest } = filter
  if (filter.accountId !== undefined) await existingAccount(db, ownerId, filter.accountId)
  let categoryIds: string[] | undefined
  if (categoryId === 'none') categoryIds = []
  else if (categoryId !== undefined) {
    const categories = await listCategories(db, ownerId)
    if (!categories.some(({ id }) => id === categoryId))
      throw problem('not_found', `There is no category ${categoryId}`)
    categoryIds = withDescendants(categories, categoryId)
  }
  return {
    ...rest,
    ownerId,
    only,
    categoryIds,
    merchantKey: merchant === undefined ? undefined : merchantName(merchant) || merchant.toLowerCase(),
  }
}
