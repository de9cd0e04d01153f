import * as z from 'zod/mini'

/**
 * JSON that has passed a schema already, for answers that are given again and again: checking and writing them once is
 * most of their cost. Only `checkedJson` makes one, so nothing unchecked comes this way.
 */
export class CheckedJson<T> {
  /** Never set: says which type was checked. */
  declare readonly type: T
  readonly text: string

  private constructor(text: string) {
    this.text = text
  }

  static of<T>(schema: z.ZodMiniType<unknown, T>, value: T): CheckedJson<T> {
    return new CheckedJson(JSON.stringify(z.parse(schema, value)))
  }

  /** The same JSON object with another value for its first key, which must be a string that needs no escapes. */
  withFirst(key: string, value: string): CheckedJson<T> {
    const before = `{"${key}":"`
    const end = this.text.indexOf('"', before.length)
    if (!this.text.startsWith(before) || !/^[\w-]*$/.test(value)) {
      throw new TypeError(`"${key}" is not the first key, or its value needs escapes`)
    }
    return new CheckedJson(before + value + this.text.slice(end))
  }
}
