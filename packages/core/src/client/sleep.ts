/** Resolves after `delayMs`; rejects with the signal's reason as soon as it is aborted. */
export async function sleep(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted()
  await new Promise<void>((resolve) => {
    const timer = setTimeout(wake, delayMs)
    signal?.addEventListener('abort', wake)
    function wake() {
      clearTimeout(timer)
      signal?.removeEventListener('abort', wake)
      resolve()
    }
  })
  signal?.throwIfAborted()
}
