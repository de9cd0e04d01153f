import type { FileStore } from '../ports.ts'

/** A small file, whole. Throws where there is none. */
export async function readWhole(files: Pick<FileStore, 'get'>, key: string): Promise<Uint8Array> {
  const file = await files.get(key)
  if (!file) throw new Error(`The file ${key} is not there`)
  return new Uint8Array(await new Response(file.body).arrayBuffer())
}
