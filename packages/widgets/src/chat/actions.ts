import type { ChatConnection } from './connect.ts'

/** What markup can do. */
export type ChatActions = Omit<ChatConnection, 'state' | 'update' | 'dispose' | 'shown' | 'follow' | 'network'> & {
  /** Hides the panel. */
  readonly close: (() => void) | null
  /** Gives people a file. */
  readonly download: (file: Blob) => void
}
