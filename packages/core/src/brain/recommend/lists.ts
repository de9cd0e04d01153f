/** For each item a short list of other items: `offsets` has one entry more than there are items. */
export interface Lists {
  readonly offsets: Uint32Array
  readonly neighbours: Uint32Array
  readonly scores: Float32Array
}

/** Appends list after list, item by item. */
export function listBuilder(itemCount: number) {
  const offsets = new Uint32Array(itemCount + 1)
  const neighbours: number[] = []
  const scores: number[] = []
  let item = 0
  return {
    add(list: readonly number[], scoreOf: ArrayLike<number>): void {
      for (const neighbour of list) {
        neighbours.push(neighbour)
        scores.push(scoreOf[neighbour]!)
      }
      offsets[++item] = neighbours.length
    },
    build: (): Lists => ({
      offsets,
      neighbours: Uint32Array.from(neighbours),
      scores: Float32Array.from(scores),
    }),
  }
}
