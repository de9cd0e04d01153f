import { type ProgressBar, progressBar } from './progress-bar.mjs'

/** Where a command writes, and how. Progress goes to standard error, results to standard output. */
export interface Terminal extends ProgressBar {
  line(text?: string): void
}

export interface TerminalStreams {
  readonly out: { write(text: string): unknown }
  readonly err: { write(text: string): unknown; readonly isTTY?: boolean }
}

export function terminal({ out, err }: TerminalStreams): Terminal {
  return { line: (text = '') => void out.write(`${text}\n`), ...progressBar(err) }
}
