/** Where a command writes, and how. Progress goes to standard error, results to standard output. */
export interface Terminal {
  line(text?: string): void
  /** Shows how far a long step is; called often. `fraction` is in [0, 1], or `null` where the end is not known. */
  progress(label: string, fraction: number | null, note?: string): void
  /** Ends a progress line with what came of it. */
  done(label: string, note?: string): void
}

const BAR_WIDTH = 24
/** Where nobody watches, a line now and then will do. */
const QUIET_STEP = 0.1

export interface TerminalStreams {
  readonly out: { write(text: string): unknown }
  readonly err: { write(text: string): unknown; readonly isTTY?: boolean }
}

export function terminal({ out, err }: TerminalStreams): Terminal {
  let shown = Number.NEGATIVE_INFINITY
  let label = ''
  return {
    line: (text = '') => out.write(`${text}\n`),
    progress(current, fraction, note = '') {
      if (current !== label) {
        label = current
        shown = Number.NEGATIVE_INFINITY
      }
      if (err.isTTY) err.write(`\r\u001b[2K${current} ${bar(fraction)} ${note}`)
      else if (fraction !== null && fraction >= shown + QUIET_STEP) {
        shown = fraction
        err.write(`${current} ${percent(fraction)} ${note}\n`)
      }
    },
    done(current, note = '') {
      label = ''
      err.write(`${err.isTTY ? '\r\u001b[2K' : ''}${current} ✓ ${note}\n`)
    },
  }
}

function bar(fraction: number | null): string {
  if (fraction === null) return '…'
  const filled = Math.round(Math.min(1, Math.max(0, fraction)) * BAR_WIDTH)
  return `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${percent(fraction)}`
}

function percent(fraction: number): string {
  return `${Math.floor(fraction * 100)}%`.padStart(4)
}
