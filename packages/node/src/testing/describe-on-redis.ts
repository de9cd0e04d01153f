import { createServer, connect as dial, type Socket } from 'node:net'
import { describeOnService } from './describe-on-service.ts'

/** Where tests find Redis. Each uses keys of its own and removes them. */
export const REDIS_URL = process.env.TILLWRIGHT_TEST_REDIS ?? 'redis://127.0.0.1:6379'
const PATIENCE_MS = 2_000

const redisProblem: string | null = await new Promise((resolve) => {
  const { hostname, port } = new URL(REDIS_URL)
  const socket = dial(Number(port || 6379), hostname)
  const end = (problem: string | null) => {
    socket.destroy()
    resolve(problem)
  }
  socket.setTimeout(PATIENCE_MS, () => end('no answer in time'))
  socket.once('error', (error: NodeJS.ErrnoException) => end(error.message || String(error.code)))
  socket.once('data', (answer) => end(/^[+-]/.test(String(answer)) ? null : 'something else answers there'))
  socket.once('connect', () => socket.write('PING\r\n'))
})

/** Runs a suite where Redis answers. */
export function describeOnRedis(title: string, suite: () => void): void {
  describeOnService({ name: 'Redis', id: 'redis', problem: redisProblem }, title, suite)
}

/** A way to Redis that a test can cut. */
export interface RedisProxy {
  readonly url: string
  /** Ends every connection and takes no more. */
  cut(): Promise<void>
  /** Keeps connections open and passes nothing on. */
  freeze(): void
  restore(): Promise<void>
}

export async function redisProxy(): Promise<RedisProxy> {
  const target = new URL(REDIS_URL)
  const sockets = new Set<Socket>()
  let isFrozen = false
  const server = createServer((near) => {
    const far = dial(Number(target.port || 6379), target.hostname)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('data', (bytes) => isFrozen || to.write(bytes))
      from.on('error', () => {})
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
    }
  })
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as { port: number }
  const proxied = new URL(REDIS_URL)
  proxied.host = `127.0.0.1:${port}`
  return {
    url: proxied.href,
    async cut() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await closed
    },
    freeze() {
      isFrozen = true
    },
    async restore() {
      isFrozen = false
      if (!server.listening) await listen(port)
    },
  }
}
