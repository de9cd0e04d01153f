import crypto, { randomBytes, timingSafeEqual } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { MAX_RAW_LENGTH, normalisePassword } from './password-policy.ts'

export interface PasswordHasher {
  /**
   * PHC string: argon2id, m=19456 KiB, t=2, p=1. The password is normalised (NFKC) first.
   * Throws `RangeError` for one that the policy refuses as far too long, `HashQueueFullError` when too many wait.
   */
  hash(password: string): Promise<string>
  /**
   * `null` stands for an account without a password: costs the same, always false. So does text that is not a PHC string
   * of argon2id. Throws `HashQueueFullError` when too many wait.
   */
  verify(phc: string | null, password: string): Promise<boolean>
  /** Whether the parameters are weaker than today's; true for text that is not a PHC string of argon2id. */
  isWeak(phc: string): boolean
}

/** As many hashes wait as may. Answer 503 and let the client come back. */
export class HashQueueFullError extends Error {
  override name = 'HashQueueFullError'
}

/** What argon2id computes from; `engine` is one implementation of RFC 9106. */
export interface Argon2Input {
  readonly password: string
  readonly salt: Uint8Array
  readonly memoryKiB: number
  readonly passes: number
  readonly lanes: number
  readonly bytes: number
}
export type Argon2Engine = (input: Argon2Input) => Promise<Uint8Array>

interface Phc extends Omit<Argon2Input, 'password' | 'bytes'> {
  readonly digest: Uint8Array
}

/** OWASP's first choice among equal settings, ASVS 5.0 appendix C. */
const TODAY = { memoryKiB: 19_456, passes: 2, lanes: 1 }
const SALT_BYTES = 16
const DIGEST_BYTES = 32
/** A stored string that asks for more than this was not written here and must not exhaust the server. */
const MOST = { memoryKiB: 1 << 18, passes: 16, lanes: 16, saltBytes: 64, digestBytes: 64 }
const DEFAULT_MAX_WAITING = 64

/**
 * Hashes passwords off the main thread, `concurrency` at a time (default: one for each core); up to `maxWaiting` wait for
 * their turn (default 64), and who comes then gets a `HashQueueFullError`.
 */
export function passwordHasher({
  concurrency = availableParallelism(),
  maxWaiting = DEFAULT_MAX_WAITING,
  engine = fastestEngine,
}: {
  concurrency?: number
  maxWaiting?: number
  engine?: Argon2Engine
} = {}): PasswordHasher {
  const inTurn = boundedQueue(concurrency, maxWaiting)
  const nobodys: Phc = { ...TODAY, salt: randomBytes(SALT_BYTES), digest: randomBytes(DIGEST_BYTES) }

  return {
    async hash(password) {
      if (password.length > MAX_RAW_LENGTH) throw new RangeError(`Longer than ${MAX_RAW_LENGTH} UTF-16 units`)
      const salt = randomBytes(SALT_BYTES)
      const input = { ...TODAY, salt, password: normalisePassword(password), bytes: DIGEST_BYTES }
      return writePhc({ ...TODAY, salt, digest: await inTurn(() => engine(input)) })
    },
    async verify(text, password) {
      const known = text === null || password.length > MAX_RAW_LENGTH ? null : readPhc(text)
      const typed = normalisePassword(password.slice(0, MAX_RAW_LENGTH))
      const { digest, ...parameters } = known ?? nobodys
      const input = { ...parameters, password: typed, bytes: digest.length }
      const computed = await inTurn(() => engine(input))
      return timingSafeEqual(computed, digest) && known !== null
    },
    isWeak(text) {
      const phc = readPhc(text)
      return (
        phc === null ||
        phc.memoryKiB < TODAY.memoryKiB ||
        phc.passes < TODAY.passes ||
        phc.salt.length < SALT_BYTES ||
        phc.digest.length < DIGEST_BYTES
      )
    },
  }
}

function boundedQueue(
  concurrency: number,
  maxWaiting: number,
): <Result>(job: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (job) => {
    if (running < concurrency) running++
    else {
      if (waiting.length >= maxWaiting)
        throw new HashQueueFullError(`${maxWaiting} passwords wait to be hashed; try again in a moment`)
      // Whoever finishes hands its place over, so `running` stays as it is.
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
    try {
      return await job()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}

function writePhc({ memoryKiB, passes, lanes, salt, digest }: Phc): string {
  return `$argon2id$v=19$m=${memoryKiB},t=${passes},p=${lanes}$${toBase64(salt)}$${toBase64(digest)}`
}

const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,88})\$([A-Za-z0-9+/]{16,88})$/

/** `null` for anything but an argon2id string whose parameters are within `MOST`. */
function readPhc(text: string): Phc | null {
  const [, memory, passes, lanes, salt, digest] = PHC.exec(text) ?? []
  if (!digest) return null
  const phc = {
    memoryKiB: Number(memory),
    passes: Number(passes),
    lanes: Number(lanes),
    salt: Buffer.from(salt!, 'base64'),
    digest: Buffer.from(digest, 'base64'),
  }
  const isSound =
    phc.lanes >= 1 &&
    phc.passes >= 1 &&
    phc.memoryKiB >= 8 * phc.lanes &&
    phc.memoryKiB <= MOST.memoryKiB &&
    phc.passes <= MOST.passes &&
    phc.lanes <= MOST.lanes &&
    phc.salt.length <= MOST.saltBytes &&
    phc.digest.length <= MOST.digestBytes
  return isSound ? phc : null
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replaceAll('=', '')
}

let found: Promise<Argon2Engine> | undefined

const fastestEngine: Argon2Engine = async (input) => {
  found ??= nativeEngine().catch(() => nodeEngine)
  return (await found)(input)
}

/** `@node-rs/argon2`: a half to a quarter of the CPU time of `nodeEngine`. Rejects where its binary is missing. */
export async function nativeEngine(): Promise<Argon2Engine> {
  const { hashRaw } = await import('@node-rs/argon2')
  return ({ password, salt, memoryKiB, passes, lanes, bytes }) =>
    // Argon2id is the library's default algorithm; its enum has no value at run time.
    hashRaw(password, { salt, memoryCost: memoryKiB, timeCost: passes, parallelism: lanes, outputLen: bytes })
}

/** Node's own argon2, from Node 24.7. */
export const nodeEngine: Argon2Engine = ({ password, salt, memoryKiB, passes, lanes, bytes }) =>
  new Promise((resolve, reject) => {
    // Read from the module as a whole: importing a name that Node 22 lacks would not link.
    if (!crypto.argon2)
      throw new Error('No argon2 here: @node-rs/argon2 has no binary for this platform, and Node has its own from 24.7')
    const settings = {
      message: password,
      nonce: salt,
      memory: memoryKiB,
      passes,
      parallelism: lanes,
      tagLength: bytes,
    }
    crypto.argon2('argon2id', settings, (error, digest) => (error ? reject(error) : resolve(digest)))
  })
