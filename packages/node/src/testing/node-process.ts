import { type ChildProcess, spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Address of a source file, by its path below `src`, for scripts that run in a process of their own. */
export function sourceUrl(path: string): string {
  return new URL(`../${path}`, import.meta.url).href
}

/** A Node process on the sources. */
export interface NodeProcess {
  readonly child: ChildProcess
  /** What it has written so far. */
  output(): string
  errors(): string
  /** Resolves when its output contains `text`; rejects when it ends before. */
  hasWritten(text: string): Promise<void>
  /** Resolves with its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>
}

/** Starts Node on the text of a module. Without `--input-type`, which its threads would inherit and stumble over. */
export function startScript(script: string, env: NodeJS.ProcessEnv = {}): NodeProcess {
  return start(['--eval', script], env)
}

/** Starts the command line as `tillwright …` does. */
export function startCommand(args: readonly string[], env: NodeJS.ProcessEnv = {}): NodeProcess {
  return start([fileURLToPath(sourceUrl('cli.ts')), ...args], env)
}

/** Where Node keeps what it made of the sources: reading them anew costs each process a second. */
const COMPILE_CACHE = join(tmpdir(), 'tillwright-compile-cache')

function start(args: readonly string[], env: NodeJS.ProcessEnv): NodeProcess {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
    stdio: 'pipe',
  })
  let output = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  const ended = new Promise<number | NodeJS.Signals>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(signal ?? code ?? 0))
  })
  return {
    child,
    output: () => output,
    errors: () => errors,
    hasWritten: (text) =>
      new Promise((resolve, reject) => {
        const look = () => output.includes(text) && resolve()
        child.stdout.on('data', look)
        look()
        void ended.then((how) => reject(new Error(`The process ended (${how}) without writing "${text}": ${errors}`)))
      }),
    ended,
  }
}
