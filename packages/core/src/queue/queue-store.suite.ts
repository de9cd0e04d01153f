import { beforeEach, describe, expect, it } from 'vitest'
import { memoryPlatform } from '../testing/index.ts'
import { createOutbox, type OutboxOptions } from './runner.ts'
import type { Queued, QueueStore } from './store.ts'

const item = (id: string): Queued<string> => ({ id, payload: `payload of ${id}` })
const idsOf = (items: readonly Queued<string>[]) => items.map(({ id }) => id)

/** What every queue store does, and what an outbox makes of it. `open` opens the same store again, as after a reload. */
export function queueStoreSuite(name: string, create: () => { open: () => QueueStore<string> }): void {
  describe(name, () => {
    let open: () => QueueStore<string>
    beforeEach(() => {
      open = create().open
    })

    describe('as a store', () => {
      it('gives the oldest first', async () => {
        const store = open()
        await store.add(['c', 'a', 'b'].map(item), 10)
        await store.add([item('d')], 10)
        expect(await store.oldest(2)).toEqual([item('c'), item('a')])
        expect(idsOf(await store.oldest(10))).toEqual(['c', 'a', 'b', 'd'])
        expect(await store.count()).toBe(4)
      })

      it('keeps one of two items with the same id, in its first place', async () => {
        const store = open()
        await store.add([item('a'), item('b'), item('a')], 10)
        expect(await store.add([{ id: 'a', payload: 'other' }], 10)).toBe(0)
        expect(await store.oldest(10)).toEqual([item('a'), item('b')])
      })

      it('drops the oldest beyond the limit, and says how many', async () => {
        const store = open()
        expect(await store.add(['a', 'b', 'c'].map(item), 3)).toBe(0)
        expect(await store.add(['d', 'e'].map(item), 3)).toBe(2)
        expect(idsOf(await store.oldest(10))).toEqual(['c', 'd', 'e'])
        expect(await store.add(['f', 'g', 'h', 'i', 'j'].map(item), 3)).toBe(5)
        expect(idsOf(await store.oldest(10))).toEqual(['h', 'i', 'j'])
      })

      it('removes by id, and passes over ids that it does not have', async () => {
        const store = open()
        await store.add(['a', 'b', 'c'].map(item), 10)
        await store.remove(['b', 'zzz'])
        expect(idsOf(await store.oldest(10))).toEqual(['a', 'c'])
        await store.remove([])
        expect(await store.count()).toBe(2)
      })

      it('gives nothing where nothing is', async () => {
        expect(await open().oldest(5)).toEqual([])
        expect(await open().count()).toBe(0)
      })

      it('takes adds and removes that overlap', async () => {
        const store = open()
        const adds = Array.from({ length: 20 }, (_, n) => store.add([item(`n${n}`)], 100))
        await Promise.all([...adds, store.remove(['n3', 'n4'])])
        await store.remove(['n3', 'n4'])
        expect(await store.count()).toBe(18)
      })
    })

    describe('under an outbox', () => {
      const outboxOver = (
        store: QueueStore<string>,
        platform = memoryPlatform(),
        options: Partial<OutboxOptions<string>> = {},
      ) => {
        const sent: string[][] = []
        const problems: { error?: unknown; dropped: number }[] = []
        const outbox = createOutbox<string>({
          name: 'outbox',
          store,
          platform,
          deliver: async (batch) => {
            sent.push(idsOf(batch))
            return { refused: [] }
          },
          batchSize: 2,
          maxItems: 5,
          gatherMs: 1_000,
          onProblem: (problem) => problems.push(problem),
          ...options,
        })
        return { outbox, platform, sent, problems, add: (id: string) => outbox.add(item(id)) }
      }

      it('keeps items until their time has come, then sends them in batches, in order, once', async () => {
        const { outbox, platform, sent, add } = outboxOver(open())
        for (const id of ['a', 'b', 'c']) await add(id)
        await platform.advance(999)
        expect(sent).toEqual([])
        await platform.advance(1)
        expect(sent).toEqual([['a', 'b'], ['c']])
        await platform.advance(1_000_000)
        expect(sent).toHaveLength(2)
        expect(await outbox.count()).toBe(0)
      })

      it('sends what an earlier page left behind, without a new item', async () => {
        const store = open()
        const before = outboxOver(store)
        await before.add('a')
        before.outbox.close()
        await before.platform.advance(1_000_000)
        expect(before.sent).toEqual([])
        const after = outboxOver(store)
        await after.platform.advance(1_000)
        expect(after.sent).toEqual([['a']])
      })

      it('sends at once when flushed, and resolves when everything is sent', async () => {
        const { outbox, sent, add } = outboxOver(open())
        for (const id of ['a', 'b', 'c']) await add(id)
        await outbox.flush()
        expect(sent).toEqual([['a', 'b'], ['c']])
        expect(await outbox.count()).toBe(0)
      })

      it('resolves a flush after the send that was under way already', async () => {
        let finish = () => {}
        const slow = new Promise<void>((resolve) => {
          finish = resolve
        })
        const sent: string[][] = []
        const deliver: OutboxOptions<string>['deliver'] = async (batch) => {
          if (sent.length === 0) await slow
          sent.push(idsOf(batch))
          return { refused: [] }
        }
        const { outbox, platform, add } = outboxOver(open(), memoryPlatform(), { deliver })
        await add('a')
        const first = outbox.flush()
        await platform.advance(0)
        platform.setOnline(false)
        platform.setOnline(true)
        const second = outbox.flush().then(() => sent.length)
        await platform.advance(0)
        finish()
        await first
        expect(await second).toBe(1)
        expect(sent.flat()).toEqual(['a'])
      })

      it('sends what was added while a batch was under way', async () => {
        const platform = memoryPlatform()
        const sent: string[][] = []
        const holder: { add?: (id: string) => Promise<void> } = {}
        const deliver: OutboxOptions<string>['deliver'] = async (batch) => {
          if (sent.length === 0) await holder.add!('late')
          sent.push(idsOf(batch))
          return { refused: [] }
        }
        const { outbox, add } = outboxOver(open(), platform, { deliver })
        holder.add = add
        await add('a')
        await platform.advance(1_000)
        await platform.advance(1_000)
        expect(sent.flat()).toEqual(['a', 'late'])
        expect(await outbox.count()).toBe(0)
      })

      it('keeps a batch that could not be sent, tells of it, and tries again later', async () => {
        const platform = memoryPlatform()
        const away = new Error('away')
        let isAway = true
        const tries: string[][] = []
        const { outbox, add, problems } = outboxOver(open(), platform, {
          deliver: async (batch) => {
            tries.push(idsOf(batch))
            if (isAway) throw away
            return { refused: [] }
          },
        })
        await add('a')
        await platform.advance(1_000)
        expect(tries).toEqual([['a']])
        expect(problems).toEqual([{ error: away, dropped: 0 }])
        expect(await outbox.count()).toBe(1)
        isAway = false
        await platform.advance(30_000)
        expect(tries).toEqual([['a'], ['a']])
        expect(await outbox.count()).toBe(0)
      })

      it('tries again as soon as the network is back', async () => {
        const platform = memoryPlatform()
        let isAway = true
        const { outbox, add } = outboxOver(open(), platform, {
          deliver: async () => {
            if (isAway) throw new Error('offline')
            return { refused: [] }
          },
        })
        await add('a')
        platform.setOnline(false)
        await outbox.flush()
        isAway = false
        platform.setOnline(true)
        await platform.advance(0)
        expect(await outbox.count()).toBe(0)
      })

      it('drops what is refused for good, tells why, and goes on with the rest', async () => {
        const why = new Error('no such product')
        const sent: string[][] = []
        const { outbox, add, problems } = outboxOver(open(), memoryPlatform(), {
          deliver: async (batch) => {
            sent.push(idsOf(batch))
            return { refused: batch.filter(({ id }) => id === 'bad'), error: why }
          },
        })
        for (const id of ['bad', 'b', 'c']) await add(id)
        await outbox.flush()
        expect(sent).toEqual([['bad', 'b'], ['c']])
        expect(problems).toEqual([{ error: why, dropped: 1 }])
        expect(await outbox.count()).toBe(0)
      })

      it('drops the oldest beyond the limit, and tells how many', async () => {
        const { outbox, add, problems } = outboxOver(open())
        for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) await add(id)
        expect(await outbox.count()).toBe(5)
        expect(problems).toEqual([{ dropped: 1 }, { dropped: 1 }])
      })

      it('is sent by one tab at a time, and once', async () => {
        const store = open()
        const firstTab = memoryPlatform()
        const sent: string[][] = []
        let sending = 0
        const deliver: OutboxOptions<string>['deliver'] = async (batch) => {
          expect(++sending).toBe(1)
          await Promise.resolve()
          sent.push(idsOf(batch))
          sending--
          return { refused: [] }
        }
        const first = outboxOver(store, firstTab, { deliver })
        const second = outboxOver(store, firstTab.openTab(), { deliver })
        await first.add('a')
        await second.add('b')
        await Promise.all([first.outbox.flush(), second.outbox.flush()])
        await firstTab.advance(5_000)
        expect(sent.flat()).toEqual(['a', 'b'])
        expect(await first.outbox.count()).toBe(0)
      })

      it('waits while another tab is sending, and looks again', async () => {
        const platform = memoryPlatform()
        const { add, sent } = outboxOver(open(), platform)
        let release = () => {}
        const held = platform.exclusively('outbox', () => new Promise<void>((resolve) => (release = resolve)))
        await add('a')
        await platform.advance(3_000)
        expect(sent).toEqual([])
        release()
        await held
        await platform.advance(1_000)
        expect(sent).toEqual([['a']])
      })

      it('hands over what is not confirmed when the page is hidden, as much as fits a batch', async () => {
        const last: string[][] = []
        const { outbox, platform, add } = outboxOver(open(), memoryPlatform(), {
          deliverLast: (batch) => last.push(idsOf(batch)),
        })
        platform.hide()
        expect(last).toEqual([])
        for (const id of ['a', 'b', 'c']) await add(id)
        platform.hide()
        expect(last).toEqual([['a', 'b']])
        await outbox.flush()
        platform.hide()
        expect(last).toHaveLength(1)
      })

      it('does not send on the way out what another tab has sent', async () => {
        const store = open()
        const last: string[][] = []
        const firstTab = memoryPlatform()
        const first = outboxOver(store, firstTab, { deliverLast: (batch) => last.push(idsOf(batch)) })
        const second = outboxOver(store, firstTab.openTab())
        await first.add('a')
        await second.outbox.flush()
        await first.outbox.flush()
        firstTab.hide()
        expect(last).toEqual([])
      })

      it('survives a store that fails: tells of it, and tries again', async () => {
        const broken = new Error('the disk is full')
        const store = open()
        let isBroken = false
        const fragile: QueueStore<string> = {
          ...store,
          oldest: (limit) => (isBroken ? Promise.reject(broken) : store.oldest(limit)),
        }
        const { outbox, platform, add, problems, sent } = outboxOver(fragile)
        await add('a')
        isBroken = true
        await outbox.flush()
        expect(problems).toEqual([{ error: broken, dropped: 0 }])
        isBroken = false
        await platform.advance(30_000)
        expect(sent).toEqual([['a']])
      })

      it('tells whoever adds that an item could not be kept', async () => {
        const full: QueueStore<string> = { ...open(), add: () => Promise.reject(new Error('quota')) }
        await expect(outboxOver(full).add('a')).rejects.toThrow('quota')
      })

      it('does nothing once it is closed', async () => {
        const { outbox, platform, sent, add } = outboxOver(open())
        await add('a')
        outbox.close()
        await platform.advance(1_000_000)
        await outbox.flush()
        platform.setOnline(false)
        platform.setOnline(true)
        await platform.advance(1_000)
        expect(sent).toEqual([])
        expect(await outbox.count()).toBe(1)
      })
    })
  })
}
