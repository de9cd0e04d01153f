/** One after another, in the order of asking. */
export interface Turns {
  /** Resolves when it is the caller's turn, which lasts until `end`. */
  begin(): Promise<void>
  end(): void
}

export function createTurns(): Turns {
  const waiting: (() => void)[] = []
  let isTaken = false
  return {
    begin() {
      if (isTaken) return new Promise((resolve) => waiting.push(resolve))
      isTaken = true
      return Promise.resolve()
    },
    end() {
      const next = waiting.shift()
      if (next) next()
      else isTaken = false
    },
  }
}
