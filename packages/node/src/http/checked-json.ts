import * as z from 'zod/mini'

/**
 * JSON that has passed a schema already, for answers that are given again and again: checking and writing them once is
 * most of their cost. Only `CheckedJson.of` makes one, so nothing unchecked comes this way.
 */
export class CheckedJson<T> {
  /** Never set: says which type was checked. */
  declare readonly type: T
  readonly text: string
  #byteLength: number | undefined
  /** What follows the first value, once it was looked for: an object has one first key. */
  #rest: string | undefined
  #restBytes = 0

  private constructor(text: string, byteLength?: number) {
    this.text = text
    this.#byteLength = byteLength
  }

  /** Of the text in UTF-8. */
  get byteLength(): number {
    this.#byteLength ??= Buffer.byteLength(this.text)
    return this.#byteLength
  }

  static of<T>(schema: z.ZodMiniType<unknown, T>, value: T): CheckedJson<T> {
    return new CheckedJson(JSON.stringify(z.parse(schema, value)))
  }

  /** The same JSON object with another value for its first key, which must be a string that needs no escapes. */
  withFirst(key: string, value: string): CheckedJson<T> {
    const before = `{"${key}":"`
    if (!PLAIN.test(value) || !this.text.startsWith(before)) {
      throw new TypeError(`"${key}" is not the first key, or its value needs escapes`)
    }
    if (this.#rest === undefined) {
      this.#rest = this.text.slice(this.text.indexOf('"', before.length))
      this.#restBytes = Buffer.byteLength(this.#rest)
    }
    return new CheckedJson(before + value + this.#rest, before.length + value.length + this.#restBytes)
  }
}

const PLAIN = /^[\w-]*$/
