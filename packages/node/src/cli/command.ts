import type { Settings } from '../options.ts'
import type { Server, ServerOptions } from '../server.ts'
import type { Terminal } from './terminal.ts'

/** A mistake in how a command was called; shown without a stack, with exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** A command that could not do its work for a reason that the person can mend; shown without a stack, with exit code 1. */
export class CommandError extends Error {
  override name = 'CommandError'
}

export interface CommandContext {
  readonly settings: Settings
  readonly terminal: Terminal
  /** Words after the command's own, options aside. */
  readonly args: readonly string[]
  readonly options: Readonly<Record<string, string | boolean | undefined>>
  readonly signal: AbortSignal
  /** Opens the server's parts with the database up to date, once; closed when the command ends. */
  open(options?: Pick<ServerOptions, 'publicUrl'>): Promise<Server>
}

export interface Command {
  /** How it is called, `[…]` standing for what may be missing and `…` for more of the same: `import orders FILE…`. */
  readonly usage: string
  /** What it does, in a line. */
  readonly summary: string
  /** Its options: name → what follows it (`null`: nothing) and what it means. */
  readonly options?: Readonly<Record<string, readonly [value: string | null, meaning: string]>>
  run(context: CommandContext): Promise<void>
}

export function textOption({ options }: CommandContext, name: string): string | undefined {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}
