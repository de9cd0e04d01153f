import type { Server as HttpServer } from 'node:http'

/** Ports tried after the one asked for. */
const PORTS_TRIED = 20

/** Listens on a port of this machine or, where it is taken, on the next free one. Returns the port. */
export async function listenNearby(server: HttpServer, port: number): Promise<number> {
  for (let offset = 0; ; offset++) {
    try {
      await listenOn(server, port + offset)
      return port + offset
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || offset >= PORTS_TRIED) throw error
    }
  }
}

function listenOn(server: HttpServer, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}
