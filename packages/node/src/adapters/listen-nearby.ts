import type { Server as HttpServer } from 'node:http'

/** Ports tried after the one asked for. */
const PORTS_TRIED = 20
const LAST_PORT = 65_535

/** Listens on a port or, where it is taken, on the next free one; 0 takes any. Returns the port. Rejects with the system's error. */
export async function listenNearby(
  http: HttpServer,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<number> {
  for (let offset = 0; ; offset++) {
    try {
      return await listenOn(http, host, port === 0 ? 0 : port + offset)
    } catch (error) {
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
      if (!isTaken || offset >= PORTS_TRIED || port + offset >= LAST_PORT) throw error
    }
  }
}

/** Listens on one port; 0 takes any free one. Returns it. */
export function listenOn(http: HttpServer, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', reject)
    http.listen(port, host, () => {
      http.off('error', reject)
      const address = http.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}
