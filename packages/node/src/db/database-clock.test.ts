import { expect, it, onTestFinished, vi } from 'vitest'
import { describeOnDatabases } from '../testing/describe-on-databases.ts'
import { recordingLog } from '../testing/recording-log.ts'
import { useDatabase } from '../testing/test-database.ts'
import { databaseClock } from './database-clock.ts'

const FIVE_MINUTES_MS = 5 * 60_000
/** How far a busy machine may get between two looks at the time. */
const CLOSE_MS = 3_000

describeOnDatabases('the time that processes share', (engine) => {
  const site = useDatabase(engine)

  function clockThatIsOffBy(ms: number) {
    const off = { ms }
    const log = recordingLog()
    const time = databaseClock({ database: site.database, own: () => Date.now() + off.ms, log })
    onTestFinished(() => time.stop())
    return { ...time, off, log }
  }
  const errorOf = (clock: () => number) => Math.abs(clock() - Date.now())

  it.each([FIVE_MINUTES_MS, -FIVE_MINUTES_MS])('is the database’s where the machine’s is off by %d ms', async (ms) => {
    const { clock, start, log } = clockThatIsOffBy(ms)
    await start()
    if (engine === 'postgres') {
      expect(errorOf(clock)).toBeLessThan(CLOSE_MS)
      expect(log.lines).toMatchObject([{ seconds: expect.closeTo(ms / 1000, -1) }])
    } else expect(errorOf(clock)).toBeGreaterThan(FIVE_MINUTES_MS - CLOSE_MS)
  })

  it('is the machine’s where they agree', async () => {
    const { clock, start, log } = clockThatIsOffBy(200)
    await start()
    expect(Math.round((clock() - Date.now()) / 100)).toBe(2)
    expect(log.lines).toEqual([])
  })

  it('follows when the machine’s clock is put right', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const { clock, start, off } = clockThatIsOffBy(FIVE_MINUTES_MS)
    await start()
    off.ms = 0
    vi.advanceTimersByTime(10_000)
    await vi.waitFor(() => expect(errorOf(clock)).toBeLessThan(CLOSE_MS))
  })
})
