/**
 * Goes on with a value that may be there already. Most requests of a shop's pages find all they need in memory: each wait that they are
 * spared is a tenth of what their answer costs.
 */
export function whenThere<T, R>(value: T | Promise<T>, next: (value: T) => R | Promise<R>): R | Promise<R> {
  return value instanceof Promise ? value.then(next) : next(value)
}
