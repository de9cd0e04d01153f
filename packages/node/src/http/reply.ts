/** A handler's result together with cookies to set. */
export class Reply<T> {
  readonly result: T
  /** Values of `Set-Cookie`. */
  readonly cookies: readonly string[]

  constructor(result: T, cookies: readonly string[]) {
    this.result = result
    this.cookies = cookies
  }
}
