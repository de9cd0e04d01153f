import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { runInThread } from './run-in-thread.ts'

const HEADER = 'id,placedAt,productId,quantity,unitPrice\n'

async function fileOf(text: string) {
  const file = join(await temporaryFolder(), 'orders.csv')
  await writeFile(file, text)
  return { file, format: 'csv', currency: 'GBP', timeZone: 'UTC', dateOrder: 'ymd' } as const
}

const rows = (count: number) => Array.from({ length: count }, (_, i) => `A${i},2026-01-31,p${i % 9},1,1\n`).join('')

async function typesOf(items: AsyncIterable<{ type: string }>): Promise<string[]> {
  const types: string[] = []
  for await (const { type } of items) types.push(type)
  return types
}

describe('a thread', () => {
  it('hands its items over in their order and ends', async () => {
    const types = await typesOf(runInThread('orders.read', await fileOf(HEADER + rows(50_000))))
    expect(types.length).toBeGreaterThan(2)
    expect(types.at(-1)).toBe('end')
    expect(types.slice(0, -1).every((type) => type === 'batch')).toBe(true)
  })

  it('rejects with what its task throws, by name and message', async () => {
    const run = runInThread('orders.read', await fileOf(''))
    await expect(run.next()).rejects.toMatchObject({
      name: 'ImportError',
      message: expect.stringContaining('The file is empty'),
      stack: expect.stringContaining('read-rows'),
    })
  })

  it('rejects where its input cannot be used', async () => {
    const input = { ...(await fileOf(HEADER)), file: '/nowhere/orders.csv' }
    await expect(runInThread('orders.read', input).next()).rejects.toThrow('ENOENT')
    const unsendable = { ...input, file: (() => '') as unknown as string }
    await expect(runInThread('orders.read', unsendable).next()).rejects.toThrow('could not be cloned')
  })

  it('that runs out of memory rejects, and the process lives', async () => {
    const names = Array.from({ length: 200_000 }, (_, i) => `A${i},2026-01-31,product-${i}-${'x'.repeat(90)},1,1\n`)
    const run = runInThread('orders.read', await fileOf(HEADER + names.join('')), { maxHeapMib: 8 })
    await expect(typesOf(run)).rejects.toMatchObject({ code: 'ERR_WORKER_OUT_OF_MEMORY' })
  })

  it('rejects when it is told to end, with the reason, also before it began', async () => {
    const input = await fileOf(HEADER + rows(50_000))
    const ending = new AbortController()
    const run = runInThread('orders.read', input, { signal: ending.signal })
    await run.next()
    ending.abort(new Error('The server is stopping'))
    await expect(typesOf(run)).rejects.toMatchObject({ name: 'AbortError' })
    const late = runInThread('orders.read', input, { signal: AbortSignal.abort(new Error('too late')) })
    await expect(late.next()).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('goes when nobody reads on', async () => {
    for await (const { type } of runInThread('orders.read', await fileOf(HEADER + rows(50_000)))) {
      expect(type).toBe('batch')
      break
    }
    // A thread that stays would keep the process, and so this test run, from ending.
    expect(process.getActiveResourcesInfo()).not.toContain('MessagePort')
  })
})
