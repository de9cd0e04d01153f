import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createGunzip } from 'node:zlib'

export const DATA_FILE = fileURLToPath(
  new URL('../../../examples/storefront/data/online-retail.csv.gz', import.meta.url),
)
export const ROWS = 541_909

/** The data set unpacked, since unpacking is no part of an import; made once. */
export async function unpackedData(): Promise<string> {
  const folder = join(tmpdir(), 'tillwright-bench')
  const file = join(folder, 'online-retail.csv')
  if (existsSync(file)) return file
  await mkdir(folder, { recursive: true })
  await pipeline(createReadStream(DATA_FILE), createGunzip(), createWriteStream(file))
  return file
}
