import { parentPort, workerData } from 'node:worker_threads'
import type { FromThread, ThreadStart, ThreadTask } from './protocol.ts'
import { type Tasks, tasks } from './tasks.ts'

/** Entry of every thread: runs its task and hands over items as fast as they are taken. */
const port = parentPort!
const { task, input, credit } = workerData as ThreadStart
let left = credit
let wake = () => {}
port.on('message', () => {
  left++
  wake()
})

function send(message: FromThread): void {
  port.postMessage(message)
}

try {
  const load = tasks[task as keyof Tasks] as () => Promise<ThreadTask<unknown, unknown>>
  const run = await load()
  for await (const value of run(input)) {
    while (left === 0) await new Promise<void>((resolve) => (wake = resolve))
    left--
    send({ type: 'item', value })
  }
  send({ type: 'end' })
} catch (error) {
  const { name, message, stack } = error as Error
  send({ type: 'error', name, message, stack })
}
port.unref()
