import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** One TCP connection, for what `fetch` cannot or will not send. Text is Latin-1, so that a character is a byte. */
export interface RawConnection {
  readonly socket: Socket
  send(data: string | Uint8Array): void
  /** All that has come, once `text` is in it. Rejects where the connection ends before. */
  until(text: string): Promise<string>
  /** All that has come, once the other side has ended the connection. */
  ended(): Promise<string>
}

export async function rawConnection(origin: string): Promise<RawConnection> {
  const { hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  let received = ''
  let isOver = false
  let notify = () => {}
  socket.setEncoding('latin1')
  socket.on('data', (text: string) => {
    received += text
    notify()
  })
  // What a cut connection means is for each test to say: it sees the end.
  socket.on('error', () => {})
  socket.on('close', () => {
    isOver = true
    notify()
  })

  async function settle(isEnough: () => boolean): Promise<string> {
    while (!isEnough()) {
      if (isOver) throw new Error(`The connection ended after: ${received}`)
      await new Promise<void>((resolve) => {
        notify = resolve
      })
    }
    return received
  }
  return {
    socket,
    send: (data) => socket.write(data as string, 'latin1'),
    until: (text) => settle(() => received.includes(text)),
    ended: () => settle(() => isOver),
  }
}
