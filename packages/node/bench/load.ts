import { connect, type Socket } from 'node:net'

export interface Load {
  readonly port: number
  readonly connections: number
  readonly seconds: number
  /** The bytes of the next request, headers included. */
  readonly request: () => Buffer
  /** Status that every answer must have. */
  readonly status: number
}

/** Sends requests over keep-alive connections, each as soon as the one before is answered; gives answers a second. */
export async function sendLoad({ port, connections, seconds, request, status }: Load): Promise<number> {
  let answers = 0
  let isOver = false
  const talk = (socket: Socket) => {
    let missing = -1
    socket.on('data', (data) => {
      if (missing < 0) missing = bodyLength(data, status) + data.indexOf('\r\n\r\n') + 4
      missing -= data.length
      if (missing > 0) return
      answers++
      missing = -1
      if (isOver) socket.destroy()
      else socket.write(request())
    })
    socket.write(request())
  }
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)))
  for (const socket of sockets) talk(socket)
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  isOver = true
  const rate = answers / seconds
  for (const socket of sockets) socket.destroy()
  return rate
}

export interface SteadyLoad extends Load {
  /** Requests a second, whether or not those before are answered. */
  readonly rate: number
}

/**
 * Sends requests at a steady rate and gives what each took, in ms, in order of size. The time of a request runs from when it was due, so
 * that a server that stands still is not asked less (Schroeder et al., "Open versus closed", NSDI 2006).
 */
export async function sendSteadily({
  port,
  connections,
  seconds,
  request,
  status,
  rate,
}: SteadyLoad): Promise<number[]> {
  const took: number[] = []
  const idle = await Promise.all(Array.from({ length: connections }, () => open(port)))
  const sockets = [...idle]
  const waiting: number[] = []
  const dueOf = new Map<Socket, number>()
  const ask = (socket: Socket, due: number) => {
    dueOf.set(socket, due)
    socket.write(request())
  }
  for (const socket of sockets) {
    let missing = -1
    socket.on('data', (data) => {
      if (missing < 0) missing = bodyLength(data, status) + data.indexOf('\r\n\r\n') + 4
      missing -= data.length
      if (missing > 0) return
      missing = -1
      took.push(performance.now() - dueOf.get(socket)!)
      const due = waiting.shift()
      if (due === undefined) idle.push(socket)
      else ask(socket, due)
    })
  }
  const start = performance.now()
  const count = Math.round(rate * seconds)
  for (let sent = 0; sent < count; ) {
    for (; sent < count && start + (sent * 1000) / rate <= performance.now(); sent++) {
      const due = start + (sent * 1000) / rate
      const socket = idle.pop()
      if (socket) ask(socket, due)
      else waiting.push(due)
    }
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  const deadline = performance.now() + LATE_MS
  while (took.length < count && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10))
  for (const socket of sockets) socket.destroy()
  if (took.length < count) throw new Error(`${count - took.length} of ${count} requests were not answered in time`)
  return took.sort((a, b) => a - b)
}
const LATE_MS = 30_000

/** The value that a share of sorted ones does not exceed. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.setNoDelay(true)
    socket.once('error', reject)
    socket.once('connect', () => resolve(socket))
  })
}

function bodyLength(data: Buffer, status: number): number {
  const head = data.toString('latin1', 0, data.indexOf('\r\n\r\n'))
  if (!head.startsWith(`HTTP/1.1 ${status}`)) throw new Error(`Expected ${status}, got: ${head.slice(0, 200)}`)
  return Number(/content-length: (\d+)/i.exec(head)?.[1])
}
