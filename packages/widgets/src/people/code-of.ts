/** The stable code of a refusal, by whichever client; `undefined` where no answer came. */
export function codeOf(error: unknown): string | undefined {
  return (error as { code?: string } | null)?.code
}
