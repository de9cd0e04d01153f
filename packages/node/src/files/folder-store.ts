import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, normalize, relative, sep } from 'node:path'
import { Readable } from 'node:stream'
import type { FileStore, StoredFile } from '../ports.ts'

const PART = '.part'

/** Files in a folder. A file that is being written has the ending `.part` until it is whole and on disk. */
export function folderStore(root: string): FileStore {
  const pathOf = (key: string): string => {
    const path = normalize(join(root, key))
    if (!path.startsWith(root + sep)) throw new TypeError(`The file key ${JSON.stringify(key)} leads out of the store`)
    return path
  }
  return {
    async put(key, content) {
      const path = pathOf(key)
      await mkdir(dirname(path), { recursive: true })
      const part = path + PART
      try {
        const bytes = await writeDurably(part, content)
        await rename(part, path)
        return bytes
      } catch (error) {
        await rm(part, { force: true })
        throw error
      }
    },
    async append(key, content) {
      const path = pathOf(key)
      await mkdir(dirname(path), { recursive: true })
      const file = await open(path, 'a')
      try {
        await file.appendFile(content)
      } finally {
        await file.close()
      }
    },
    async get(key) {
      const path = pathOf(key)
      const info = await stat(path).catch(absent)
      if (!info) return null
      return { body: Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>, bytes: info.size }
    },
    async localPath(key) {
      const path = pathOf(key)
      await stat(path)
      return path
    },
    async remove(key) {
      await rm(pathOf(key), { force: true })
    },
    list: () => filesIn(root),
    isUnfinished: (key) => key.endsWith(PART),
  }
}

async function* filesIn(root: string): AsyncGenerator<StoredFile> {
  const entries = (await readdir(root, { recursive: true, withFileTypes: true }).catch(absent)) ?? []
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    // One that is removed while we look is gone.
    const info = await stat(path).catch(absent)
    if (info) yield { key: relative(root, path).split(sep).join('/'), changedAt: info.mtimeMs }
  }
}

async function writeDurably(path: string, content: AsyncIterable<Uint8Array>): Promise<number> {
  const file = await open(path, 'w')
  let bytes = 0
  try {
    for await (const chunk of content) {
      await file.write(chunk)
      bytes += chunk.length
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return bytes
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
