/** Sentences by intent, one a line. */
export type SentencesByIntent = Readonly<Record<string, readonly string[]>>

/** The lines of a text, without the empty ones and the space around them. */
export function sentences(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
