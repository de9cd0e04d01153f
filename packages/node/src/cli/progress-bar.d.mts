export interface ProgressBar {
  /** Shows how far a long step is; called often. `fraction` is in [0, 1], or `null` where the end is not known. */
  progress(label: string, fraction: number | null, note?: string): void
  /** Ends a progress line with what came of it. */
  done(label: string, note?: string): void
}

export function progressBar(stream: { write(text: string): unknown; readonly isTTY?: boolean }): ProgressBar
