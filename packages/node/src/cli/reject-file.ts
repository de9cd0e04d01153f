import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import { REJECT_HEADER, type RejectSink } from '../imports/rejects.ts'
import { CommandError } from './command.ts'

export interface RejectFile extends RejectSink {
  /** Puts the file in its place, or takes an earlier import's away where no row was refused. */
  finish(): Promise<void>
  /** Leaves what was there as it was. */
  abandon(): Promise<void>
}

/**
 * Refused rows in a file beside the imported one. It is written beside its place and moved there at the end. Throws
 * `CommandError` where the place is taken by the import itself, or by a file that no import has written.
 */
export async function rejectFile(path: string, input: string): Promise<RejectFile> {
  const part = `${path}.part`
  for (const place of [path, part]) await refuseTaken(place, input)
  let file: FileHandle | undefined
  const close = async () => {
    await file?.close()
    file = undefined
  }
  return {
    async begin() {
      await close()
      await rm(part, { force: true })
    },
    async write(csv) {
      if (!file) {
        file = await open(part, 'w')
        await file.appendFile(REJECT_HEADER)
      }
      await file.appendFile(csv)
    },
    async finish() {
      const hasRows = file !== undefined
      await close()
      if (hasRows) await rename(part, path)
      else await rm(path, { force: true })
    },
    async abandon() {
      await close()
      await rm(part, { force: true })
    },
  }
}

async function refuseTaken(path: string, input: string): Promise<void> {
  const there = await stat(path).catch(absent)
  if (!there) return
  const imported = await stat(input)
  if (there.dev === imported.dev && there.ino === imported.ino) {
    throw new CommandError(
      `Refused rows cannot go to ${path}: that is the file to import. Name another with --rejects.`,
    )
  }
  if (!there.isFile() || !(await isOurs(path))) {
    throw new CommandError(
      `Refused rows cannot go to ${path}: something else is there already. Name another file with --rejects, or move that one.`,
    )
  }
}

/** Whether a file begins as those of refused rows do, or holds nothing. */
async function isOurs(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(REJECT_HEADER.length), 0, REJECT_HEADER.length, 0)
    return bytesRead === 0 || buffer.toString('utf8', 0, bytesRead) === REJECT_HEADER
  } finally {
    await file.close()
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined
  throw error
}
