import { within } from './within.ts'

/** Counts what is under way, so that a stop can wait for it. */
export interface Drain {
  /** Says that something has begun; call what it returns when it has ended. */
  enter(): () => void
  /** Resolves when nothing is under way, or after `timeoutMs`; gives the number of stragglers. */
  drained(timeoutMs: number): Promise<number>
}

export function createDrain(): Drain {
  let underWay = 0
  let notify = () => {}
  return {
    enter() {
      underWay++
      let isOver = false
      return () => {
        if (isOver) return
        isOver = true
        underWay--
        if (underWay === 0) notify()
      }
    },
    async drained(timeoutMs) {
      if (underWay === 0) return 0
      const empty = new Promise<void>((resolve) => {
        notify = resolve
      })
      await within(timeoutMs, empty)
      return underWay
    },
  }
}
