import { readFileSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Settings } from '../options.ts'

/** What `serve` leaves in the data folder while it runs, for other commands to know where it is. */
interface Serving {
  readonly url: string
  readonly pid: number
}

const fileIn = (dataDir: string) => join(dataDir, 'serving.json')

/** How the server is reached from outside: as set, as the running server says, or as it would be with these settings. */
export function publicUrlOf(settings: Settings): string {
  return (settings.publicUrl ?? servedAt(settings.dataDir) ?? localUrl(settings)).replace(/\/+$/, '')
}

/** Address of a server that listens on this machine. */
export function localUrl({ host, port }: { host: string; port: number }): string {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** Notes where the server is; call what it returns when it stops. */
export async function noteAddress(dataDir: string, url: string): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true })
  await writeFile(fileIn(dataDir), `${JSON.stringify({ url, pid: process.pid } satisfies Serving)}\n`)
  return async () => {
    if (readNote(dataDir)?.pid === process.pid) await rm(fileIn(dataDir), { force: true })
  }
}

function servedAt(dataDir: string): string | undefined {
  const note = readNote(dataDir)
  return note && isRunning(note.pid) ? note.url : undefined
}

function readNote(dataDir: string): Serving | undefined {
  try {
    return JSON.parse(readFileSync(fileIn(dataDir), 'utf8')) as Serving
  } catch {
    return undefined // No server here, or one that was killed while it wrote.
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process runs, too.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
