import type { Logger } from '../ports.ts'

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly message: string
  readonly [field: string]: unknown
}

/** A logger that keeps its lines. */
export interface RecordingLog extends Logger {
  readonly lines: LogLine[]
  /** The lines with this message. */
  withMessage(message: string): LogLine[]
}

export function recordingLog(): RecordingLog {
  const lines: LogLine[] = []
  const keep = (level: LogLine['level']) => (fields: object, message: string) => {
    lines.push({ ...fields, level, message })
  }
  return {
    lines,
    debug: keep('debug'),
    info: keep('info'),
    warn: keep('warn'),
    error: keep('error'),
    withMessage: (message) => lines.filter((line) => line.message === message),
  }
}
