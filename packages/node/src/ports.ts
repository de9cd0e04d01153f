/** The outside world of the server, as parts that tests replace. */

/** Milliseconds since 1970, UTC. */
export type Clock = () => number

/** A number in [0, 1). For jitter and ids, never for secrets. */
export type Random = () => number

/** Unpredictable bytes, for secrets. */
export type SecretBytes = (count: number) => Uint8Array

/** Named files. Keys are paths of ours, such as `imports/job_….csv`; nobody outside chooses them. */
export interface FileStore {
  /** Writes a file whole: it is there, and on disk, once this resolves; a try that fails leaves nothing. Returns its size in bytes. */
  put(key: string, content: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>): Promise<number>
  /** Adds to the end of a file, creating it where there is none. */
  append(key: string, content: string): Promise<void>
  /** `null` where there is no such file. */
  get(key: string): Promise<{ readonly body: ReadableStream<Uint8Array>; readonly bytes: number } | null>
  /** A path on this machine under which the file can be read for now. Throws where there is no such file. */
  localPath(key: string): Promise<string>
  /** Nothing happens where there is no such file. */
  remove(key: string): Promise<void>
  /** Every file, those included that were never written to their end. */
  list(): AsyncIterable<StoredFile>
  /** Whether a key that `list` gave is of a file that was never written to its end, or is being written just now. */
  isUnfinished(key: string): boolean
}

export interface StoredFile {
  readonly key: string
  /** ms since 1970. */
  readonly changedAt: number
}

export interface Logger {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}
