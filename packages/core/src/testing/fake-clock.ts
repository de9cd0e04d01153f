import type { Clock, Schedule } from '../ports.ts'

export interface FakeClock {
  readonly now: Clock
  readonly schedule: Schedule
  /**
   * Lets `ms` pass. What falls due runs in the order of its time, each with the clock at that time and everything that the
   * one before it set off settled.
   */
  advance(ms: number): Promise<void>
}

interface Timer {
  readonly at: number
  readonly run: () => void
}

/** Promises that hang on real input and output, such as a body being read, settle within so many turns. */
const TURNS = 10

export function fakeClock(startMs: number): FakeClock {
  const timers = new Set<Timer>()
  let nowMs = startMs
  return {
    now: () => nowMs,
    schedule(run, delayMs) {
      const timer = { at: nowMs + delayMs, run }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    async advance(ms) {
      const untilMs = nowMs + ms
      await settle()
      for (let timer = nextOf(timers, untilMs); timer; timer = nextOf(timers, untilMs)) {
        timers.delete(timer)
        nowMs = Math.max(nowMs, timer.at)
        timer.run()
        await settle()
      }
      nowMs = untilMs
    },
  }
}

/** The earliest timer that is due; among equals the one that was set first. */
function nextOf(timers: Iterable<Timer>, untilMs: number): Timer | undefined {
  return [...timers].filter(({ at }) => at <= untilMs).sort((a, b) => a.at - b.at)[0]
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await new Promise((resolve) => setTimeout(resolve))
}
