import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { SecretBytes } from '../ports.ts'
import { type BoxKey, type SecretBox, secretBox } from '../security/secret-box.ts'

const KEY_BYTES = 32

/** The key for secrets at rest cannot be used; the message says what is expected. */
export class SecretKeyError extends Error {
  override name = 'SecretKeyError'
}

export interface SecretKeyOptions {
  /**
   * 32 bytes in base64, or several with commas between: the first seals, all open. Default: a file beside the database, made
   * when it is first needed.
   */
  readonly keys: string | undefined
  readonly file: string
  readonly secretBytes: SecretBytes
}

/** Opens the box of this installation's secrets, once. */
export function installationBox({ keys, file, secretBytes }: SecretKeyOptions): () => Promise<SecretBox> {
  let box: Promise<SecretBox> | undefined
  const open = async () => {
    const [current, ...older] = parse(keys ?? (await keyFile(file, secretBytes)))
    return secretBox({ current: current!, older })
  }
  return () => {
    box ??= open().catch((error: unknown) => {
      box = undefined
      throw error
    })
    return box
  }
}

/** Reads the file or, where it is not there, makes it; of several processes that make it at once, the first one's stays. */
async function keyFile(file: string, secretBytes: SecretBytes): Promise<string> {
  await mkdir(dirname(file), { recursive: true })
  const fresh = Buffer.from(secretBytes(KEY_BYTES)).toString('base64')
  try {
    await writeFile(file, `${fresh}\n`, { flag: 'wx', mode: 0o600, flush: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFile(file, 'utf8')
}

function parse(text: string): BoxKey[] {
  return text.split(',').map((part) => {
    const key = Buffer.from(part.trim(), 'base64')
    if (key.length !== KEY_BYTES) {
      throw new SecretKeyError(
        `TILLWRIGHT_SECRET_KEY must be ${KEY_BYTES} bytes in base64 (openssl rand -base64 ${KEY_BYTES}), got ${key.length} bytes`,
      )
    }
    return { id: createHash('sha256').update(key).digest('hex').slice(0, 16), key }
  })
}
