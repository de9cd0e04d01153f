import type { Status } from '@tillwright/core/contract'
import { ApiError } from '@tillwright/core/script'
import { memoryPlatform } from '@tillwright/core/testing'
import { describe, expect, it } from 'vitest'
import { cannedJob, cannedStatus, DEAD_JOB } from '../../../testing/status.ts'
import { connectOverview, REFRESH_MS } from './connect.ts'

const DENIED = new ApiError({ title: 'No', status: 401, code: 'missing_key', requestId: '' })

/** A console whose server gives the next of `answers` each time, the last one for ever. */
function open(...answers: (Status | Error)[]) {
  const platform = memoryPlatform()
  const asked: AbortSignal[] = []
  const retried: string[] = []
  const refusals: Error[] = []
  const connection = connectOverview({
    ...platform,
    warn: () => {},
    language: () => 'en',
    can: () => true,
    go: () => {},
    client: {
      status: {
        async get(_, options) {
          asked.push(options!.signal!)
          const next = answers.length > 1 ? answers.shift()! : answers[0]!
          if (next instanceof Error) throw next
          return next
        },
      },
      jobs: {
        async retry({ jobId }) {
          retried.push(jobId)
          const refusal = refusals.shift()
          if (refusal) throw refusal
          return cannedJob({ id: jobId, state: 'queued' })
        },
      },
    },
  })
  return { ...connection, platform, asked, retried, refusals }
}

describe('while the page is visible', () => {
  it('asks at once, and again two seconds after each answer', async () => {
    const { seen, asked, platform, state } = open(cannedStatus())
    expect(asked).toHaveLength(0)
    seen(true)
    await platform.advance(REFRESH_MS - 1)
    expect(asked).toHaveLength(1)
    expect(state.value.status?.tenant.name).toBe('Corner Shop')
    await platform.advance(1)
    expect(asked).toHaveLength(2)
  })

  it('asks nobody once it is hidden, and at once when it is back', async () => {
    const { seen, asked, platform } = open(cannedStatus())
    seen(true)
    await platform.advance(0)
    seen(false)
    expect(asked[0]!.aborted).toBe(true)
    await platform.advance(10 * REFRESH_MS)
    expect(asked).toHaveLength(1)
    seen(true)
    expect(asked).toHaveLength(2)
  })
})

describe('when the server cannot be reached', () => {
  it('says since when, keeps what it knew, and goes on asking until there is an answer', async () => {
    const gone = new TypeError('Failed to fetch')
    const { seen, platform, state } = open(cannedStatus(), gone, gone, cannedStatus())
    seen(true)
    await platform.advance(REFRESH_MS)
    const sinceAt = platform.clock()
    expect(state.value).toMatchObject({ trouble: { kind: 'unreachable', sinceAt }, status: { tenant: {} } })
    await platform.advance(REFRESH_MS)
    expect(state.value.trouble?.sinceAt).toBe(sinceAt)
    await platform.advance(REFRESH_MS)
    expect(state.value.trouble).toBeNull()
  })

  it('stops asking when the session has ended', async () => {
    const { seen, asked, platform, state } = open(DENIED)
    seen(true)
    await platform.advance(10 * REFRESH_MS)
    expect(asked).toHaveLength(1)
    expect(state.value.trouble?.kind).toBe('signed-out')
  })
})

describe('retry', () => {
  it('puts a dead job back in the queue and looks at once', async () => {
    const { seen, retry, asked, retried, platform, state } = open(cannedStatus())
    seen(true)
    await platform.advance(0)
    const done = retry(DEAD_JOB)
    expect(state.value.retrying).toEqual([DEAD_JOB])
    await done
    expect(retried).toEqual([DEAD_JOB])
    expect(state.value.retrying).toEqual([])
    expect(asked).toHaveLength(2)
  })

  it('says at the job why it was refused, until the next try', async () => {
    const { retry, refusals, state } = open(cannedStatus())
    refusals.push(new Error('The job is not dead'))
    await retry(DEAD_JOB)
    expect(state.value.refusals).toEqual({ [DEAD_JOB]: 'The job is not dead' })
    await retry(DEAD_JOB)
    expect(state.value.refusals).toEqual({})
  })
})

it('asks nobody once it is disposed of', async () => {
  const { seen, dispose, asked, platform } = open(cannedStatus())
  seen(true)
  await platform.advance(0)
  dispose()
  await platform.advance(10 * REFRESH_MS)
  expect(asked).toHaveLength(1)
})
