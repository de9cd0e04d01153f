import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

export interface Child {
  /** What it has written so far, both streams together. */
  output(): string
  /** The first match in its output, as soon as there is one. Rejects with the output when it ends before. */
  said(sign: RegExp): Promise<RegExpExecArray>
  /** Asks it to stop, as a service manager does, and resolves with its exit code once it has. `null`: a signal ended it. */
  stop(): Promise<number | null>
  /** Its exit code, once it has ended by itself. */
  ended(): Promise<number | null>
}

export interface ChildOptions {
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

/** Starts `node` with these arguments. End it with `stop`. */
export function startChild(args: readonly string[], { cwd, env }: ChildOptions): Child {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const closed = once(child, 'close').then(([code]) => code as number | null)
  return {
    output: () => output,
    said: (sign) => said(child, sign, () => output),
    async stop() {
      child.kill('SIGTERM')
      return closed
    },
    ended: () => closed,
  }
}

function said(child: ChildProcess, sign: RegExp, output: () => string): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const found = sign.exec(output())
      if (found) resolve(found)
    }
    child.stdout!.on('data', look)
    child.stderr!.on('data', look)
    child.once('close', (code) => reject(new Error(`It ended with ${code} before it said ${sign}:\n${output()}`)))
    look()
  })
}
