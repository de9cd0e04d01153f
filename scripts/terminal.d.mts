export function progress(label: string, fraction: number | null, note?: string): void
export function done(label: string, note?: string): void
export function fail(message: string): never
