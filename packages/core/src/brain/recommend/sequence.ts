/** Whole numbers below a limit, the same ones each time (linear congruential; constants of Numerical Recipes). */
export function sequence(): (below: number) => number {
  let state = 1
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
