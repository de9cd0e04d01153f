import { pino } from 'pino'
import type { Logger } from '../ports.ts'

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** Lines are written together: a busy server spends its time on answers. */
const BUFFER_BYTES = 8 * 1024
const FLUSH_MS = 250

/** JSON lines on standard output, one an event. `close` writes what is buffered. */
export function jsonLog(level: LogLevel): Logger & { close(): void } {
  const destination = pino.destination({ dest: 1, sync: false, minLength: BUFFER_BYTES, periodicFlush: FLUSH_MS })
  const logger = pino({ level, base: null, timestamp }, destination)
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
    close: () => destination.flushSync(),
  }
}

let stampedAt = 0
let stamp = ''

/** ISO time, written once a millisecond: a busy server logs several lines in one. */
function timestamp(): string {
  const now = Date.now()
  if (now !== stampedAt) {
    stampedAt = now
    stamp = `,"time":"${new Date(now).toISOString()}"`
  }
  return stamp
}

/** For tests and for embedding servers that log by themselves. */
export const silentLog: Logger = { debug() {}, info() {}, warn() {}, error() {} }
