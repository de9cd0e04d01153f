/** Whether the visitor asked for few bytes; `false` where the platform does not say. */
export function isSavingData(): boolean {
  const { connection } = (globalThis.navigator as { connection?: { saveData?: boolean } } | undefined) ?? {}
  return connection?.saveData === true
}
