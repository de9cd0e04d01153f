import type { RulePreview } from '@tillwright/core/contract'

/** Where a product stands in the list with all rules, and where it stood without any; places from 0. */
export interface Standing {
  readonly id: string
  readonly after: number | null
  readonly before: number | null
}

/** The places of both lists: `up` by three, `new` in the list, gone from it. */
export function standingsOf({ answer, without }: Pick<RulePreview, 'answer' | 'without'>): Standing[] {
  const after = answer.items.map(({ id }, index): Standing => {
    const before = without.indexOf(id)
    return { id, after: index, before: before < 0 ? null : before }
  })
  const here = new Set(answer.items.map(({ id }) => id))
  const gone = without.flatMap((id, index): Standing[] => (here.has(id) ? [] : [{ id, after: null, before: index }]))
  return [...after, ...gone]
}
