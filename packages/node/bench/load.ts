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
