import { argon2Sync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type Argon2Engine, HashQueueFullError, nativeEngine, nodeEngine, passwordHasher } from './passwords.ts'

const PASSWORD = 'four unrelated words 🐌'
/** OWASP's parameters, password `pw`, salt of sixteen times 0x01, computed by Node's own argon2. */
const KNOWN = phcOf({ memory: 19_456, passes: 2, parallelism: 1 })

function phcOf(cost: { memory: number; passes: number; parallelism: number }): string {
  const nonce = Buffer.alloc(16, 1)
  const digest = argon2Sync('argon2id', { message: 'pw', nonce, tagLength: 32, ...cost })
  const text = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${text(nonce)}$${text(digest)}`
}

/** Counts what it computes, and computes when told to. */
function heldEngine() {
  const started: (() => void)[] = []
  const inputs: Parameters<Argon2Engine>[0][] = []
  const engine: Argon2Engine = (input) => {
    inputs.push(input)
    return new Promise((resolve) => started.push(() => resolve(new Uint8Array(input.bytes))))
  }
  return { engine, started, inputs }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('hashing', () => {
  const hasher = passwordHasher()

  test('gives a PHC string of argon2id with 19 MiB, 2 passes and 1 lane, and another one each time', async () => {
    const [first, second] = await Promise.all([hasher.hash(PASSWORD), hasher.hash(PASSWORD)])
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(first).not.toBe(second)
  })

  test('verifies what it hashed, and refuses another password', async () => {
    const phc = await hasher.hash(PASSWORD)
    expect(await hasher.verify(phc, PASSWORD)).toBe(true)
    expect(await hasher.verify(phc, `${PASSWORD} `)).toBe(false)
    expect(await hasher.verify(phc, '')).toBe(false)
  })

  test('verifies what others hashed, with other parameters', async () => {
    expect(await hasher.verify(KNOWN, 'pw')).toBe(true)
    expect(await hasher.verify(phcOf({ memory: 64, passes: 3, parallelism: 2 }), 'pw')).toBe(true)
    expect(await hasher.verify(phcOf({ memory: 64, passes: 3, parallelism: 2 }), 'pW')).toBe(false)
  })

  test('takes every spelling of the same characters', async () => {
    const spellings = ['caf\u00e9 caf\u00e9', 'cafe\u0301 cafe\u0301']
    const phc = await hasher.hash(spellings[1]!)
    for (const spelling of spellings) expect(await hasher.verify(phc, spelling)).toBe(true)
    expect(await hasher.verify(phc, 'cafe cafe')).toBe(false)
  })

  test('cuts nothing off', async () => {
    const long = '🐌'.repeat(128)
    const phc = await hasher.hash(long)
    expect(await hasher.verify(phc, long)).toBe(true)
    expect(await hasher.verify(phc, '🐌'.repeat(127))).toBe(false)
  })

  test('refuses to hash what no policy lets through, and verifies it as false', async () => {
    await expect(hasher.hash('x'.repeat(1_025))).rejects.toThrow(RangeError)
    expect(await hasher.verify(KNOWN, 'x'.repeat(2_000_000))).toBe(false)
  })

  test.each([
    ['nothing', ''],
    ['a word', 'hash'],
    ['bcrypt', '$2b$12$abcdefghijklmnopqrstuuJ9d3dDvzGJ8q1Q6k1bWd0b0bqQf7p8K'],
    ['argon2i', KNOWN.replace('argon2id', 'argon2i')],
    ['an old version', KNOWN.replace('v=19', 'v=16')],
    ['no memory', KNOWN.replace('m=19456', 'm=0')],
    ['more memory than any server should give', KNOWN.replace('m=19456', 'm=9999999')],
    ['more passes than any server should give', KNOWN.replace('t=2', 't=999')],
    ['no lane', KNOWN.replace('p=1', 'p=0')],
    ['a digest that is cut short', KNOWN.slice(0, -40)],
    ['text behind it', `${KNOWN}\n`],
  ])('is false, not an error, for a stored text that is %s', async (_, phc) => {
    expect(await hasher.verify(phc, 'pw')).toBe(false)
    expect(hasher.isWeak(phc)).toBe(true)
  })

  test.each([
    ['today’s', KNOWN, false],
    ['more memory', phcOf({ memory: 32_768, passes: 2, parallelism: 1 }), false],
    ['less memory', phcOf({ memory: 19_455, passes: 2, parallelism: 1 }), true],
    ['one pass', phcOf({ memory: 19_456, passes: 1, parallelism: 1 }), true],
  ])('knows whether parameters are weak: %s', (_, phc, weak) => {
    expect(hasher.isWeak(phc)).toBe(weak)
  })
})

test('an account without a password costs the same computation, and is false whatever comes out', async () => {
  const { engine, started, inputs } = heldEngine()
  const hasher = passwordHasher({ engine, concurrency: 2 })
  const answers = [hasher.verify(null, 'pw'), hasher.verify(KNOWN, 'pw')]
  await settled()
  for (const finish of started) finish()
  expect(await Promise.all(answers)).toEqual([false, false])
  const costs = inputs.map(({ memoryKiB, passes, lanes, bytes, password }) => ({
    memoryKiB,
    passes,
    lanes,
    bytes,
    password,
  }))
  expect(costs[0]).toEqual(costs[1])
  expect(inputs[0]!.salt).toHaveLength(inputs[1]!.salt.length)
})

describe('the queue', () => {
  test('runs as many at once as it may, lets as many wait, and refuses the rest', async () => {
    const { engine, started } = heldEngine()
    const hasher = passwordHasher({ engine, concurrency: 2, maxWaiting: 3 })
    const five = Array.from({ length: 5 }, () => hasher.hash('pw'))
    await settled()
    expect(started).toHaveLength(2)
    await expect(hasher.hash('pw')).rejects.toThrow(HashQueueFullError)
    await expect(hasher.verify(null, 'pw')).rejects.toThrow(HashQueueFullError)

    started[0]!()
    await settled()
    expect(started).toHaveLength(3)
    const sixth = hasher.hash('pw')
    for (let done = 1; done < 6; done++) {
      started[done]!()
      await settled()
    }
    expect(await Promise.all([...five, sixth])).toHaveLength(6)
  })

  test('gives the place back when a computation fails', async () => {
    const hasher = passwordHasher({ engine: () => Promise.reject(new Error('out of memory')), concurrency: 1 })
    await expect(hasher.hash('pw')).rejects.toThrow('out of memory')
    await expect(hasher.hash('pw')).rejects.toThrow('out of memory')
  })
})

test('both engines give the same bytes', async () => {
  const native = await nativeEngine()
  for (const [password, memoryKiB, passes, lanes, bytes] of [
    ['pw', 19_456, 2, 1, 32],
    ['', 64, 1, 1, 16],
    ['ünïcødé 🐌', 256, 3, 4, 64],
  ] as const) {
    const input = { password, salt: Buffer.alloc(16, 7), memoryKiB, passes, lanes, bytes }
    expect(Buffer.from(await native(input)).toString('hex')).toBe(Buffer.from(await nodeEngine(input)).toString('hex'))
  }
})

test('Node’s own argon2 stands in', async () => {
  const hasher = passwordHasher({ engine: nodeEngine })
  expect(await hasher.verify(await hasher.hash(PASSWORD), PASSWORD)).toBe(true)
  expect(await hasher.verify(KNOWN, 'pw')).toBe(true)
})
