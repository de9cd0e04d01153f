import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { byteSource } from './byte-source.ts'
import { ImportError } from './errors.ts'

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function textOf(bytes: Uint8Array, size = bytes.length || 1): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of byteSource(pieces(bytes, size)).bytes) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

const TABLE = `id,name\n${Array.from({ length: 500 }, (_, i) => `${i},name ${i}\n`).join('')}`
const BOM = Buffer.from([0xef, 0xbb, 0xbf])

describe('byteSource', () => {
  describe.each([1, 2, 3, 7, 65_536])('in pieces of %i bytes', (size) => {
    it('gives a file as it is', async () => {
      expect(await textOf(Buffer.from('id\n1\n'), size)).toBe('id\n1\n')
    })

    it('takes a byte order mark off', async () => {
      expect(await textOf(Buffer.concat([BOM, Buffer.from('id\n1\n')]), size)).toBe('id\n1\n')
    })

    it('inflates gzip, and takes the mark off what is in it', async () => {
      expect(await textOf(gzipSync(Buffer.concat([BOM, Buffer.from(TABLE)])), size)).toBe(TABLE)
    })

    it('refuses ZIP and XLSX', async () => {
      await expect(textOf(Buffer.from('PK\u0003\u0004rest'), size)).rejects.toThrow(/ZIP archive or a spreadsheet/)
    })

    it.each(['utf16le', 'utf-16be'])('refuses %s', async (encoding) => {
      const little = Buffer.from('\ufeffid\n', 'utf16le')
      const bytes = encoding === 'utf16le' ? little : Buffer.from(little).swap16()
      await expect(textOf(bytes, size)).rejects.toThrow(/UTF-16, UTF-8 is needed/)
    })
  })

  it('gives an empty file as nothing', async () => {
    expect(await textOf(new Uint8Array())).toBe('')
    expect(await textOf(BOM)).toBe('')
    expect(await textOf(gzipSync(''))).toBe('')
  })

  it('refuses gzip that is cut short or damaged', async () => {
    const whole = gzipSync(TABLE)
    const damaged = Buffer.from(whole)
    damaged.fill(0xff, 200, 300)
    await expect(textOf(whole.subarray(0, whole.length - 20))).rejects.toThrow(ImportError)
    await expect(textOf(whole.subarray(0, 5))).rejects.toThrow(ImportError)
    await expect(textOf(damaged, 1_000)).rejects.toThrow(/damaged or cut short/)
  })

  it('counts the bytes of the file as it is stored', async () => {
    const file = gzipSync(TABLE)
    const source = byteSource(pieces(file, 1_000))
    for await (const _ of source.bytes) expect(source.bytesRead()).toBeLessThanOrEqual(file.length)
    expect(source.bytesRead()).toBe(file.length)
  })

  it('passes on what goes wrong while reading', async () => {
    async function* failing() {
      yield gzipSync(TABLE).subarray(0, 100)
      throw new Error('the disk is gone')
    }
    const { bytes } = byteSource(failing())
    const reading = (async () => {
      for await (const _ of bytes);
    })()
    await expect(reading).rejects.toThrow('the disk is gone')
  })
})
