/** What a tree of categories is made of. */
export interface Branch {
  readonly id: string
  readonly parent_id: string | null
}

/** A category and all below it. */
export function withDescendants(categories: readonly Branch[], id: string): string[] {
  const below = new Map<string, string[]>()
  for (const { id: child, parent_id } of categories) {
    if (parent_id !== null) below.set(parent_id, [...(below.get(parent_id) ?? []), child])
  }
  const found = new Set([id])
  // A set grows while it is walked, and no id comes twice.
  for (const each of found) for (const child of below.get(each) ?? []) found.add(child)
  return [...found]
}

/** How many categories stand above one, itself included; endless where they go round. */
export function depthOf(categories: readonly Branch[], id: string): number {
  const parents = new Map(categories.map((each) => [each.id, each.parent_id]))
  let depth = 0
  for (let at: string | null = id; at !== null; at = parents.get(at) ?? null) {
    if (++depth > categories.length + 1) return Number.POSITIVE_INFINITY
  }
  return depth
}
