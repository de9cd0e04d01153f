import { createHash } from 'node:crypto'
import { type DialoguePack, loadIntent } from '@tillwright/core/brain'
import { readWhole } from '../files/read-whole.ts'
import type { Clock, FileStore, Logger } from '../ports.ts'
import { runInThread } from '../threads/run-in-thread.ts'
import type { ChatBrain } from './ports.ts'

export interface BaseModel {
  /** SHA-256 of the file, hex. */
  readonly version: string
  readonly file: Uint8Array
}

export interface BaseModels {
  /** The model of a pack, learnt from its own examples alone. */
  of(pack: DialoguePack): Promise<BaseModel>
  /** One that `of` gave, by its version. */
  byVersion(version: string): Uint8Array | undefined
  /** Ends trainings that are under way. */
  close(): void
}

/**
 * What packs bring is the same for all tenants: it is learnt once, in a thread, and kept in the file store. Until the whole model is there,
 * which takes a while, a linear one answers, which takes a second or two.
 */
export function baseModels({
  brain,
  files,
  clock,
  log,
  isThorough,
}: {
  brain: ChatBrain
  files: FileStore
  clock: Clock
  log: Logger
  /** Whether the whole model is trained after the quick one. */
  isThorough: boolean
}): BaseModels {
  const held = new Map<string, Promise<BaseModel>>()
  const byVersion = new Map<string, Uint8Array>()
  const ending = new AbortController()

  function keep(model: BaseModel): BaseModel {
    byVersion.set(model.version, model.file)
    return model
  }

  async function train(pack: DialoguePack, size: 'small' | 'linear'): Promise<BaseModel> {
    const examples = [...brain.examplesOf(pack)]
    const input = { examples, own: [], language: pack.language, size, now: clock(), isMeasured: false }
    for await (const model of runInThread('chat.train', input, { signal: ending.signal })) return keep(model)
    throw new Error('The training ended without a model')
  }

  /** A file of another content of the pack has another name. */
  function keyOf(pack: DialoguePack, size: string): string {
    const digest = createHash('sha256')
      .update(JSON.stringify([TRAINING, brain.examplesOf(pack)]))
      .digest('hex')
    return `chat-models/${pack.name}-${digest.slice(0, 16)}-${size}`
  }

  async function stored(key: string): Promise<BaseModel | undefined> {
    try {
      const file = await readWhole(files, key)
      return keep({ file, version: loadIntent(file).version })
    } catch {
      // There is none yet, or it is of an older format: it is made.
      return undefined
    }
  }

  async function put(key: string, { file }: BaseModel): Promise<void> {
    await files.put(
      key,
      (async function* () {
        yield file
      })(),
    )
  }

  async function load(pack: DialoguePack): Promise<BaseModel> {
    const whole = await stored(keyOf(pack, 'small'))
    if (whole) return whole
    const key = keyOf(pack, 'linear')
    const known = await stored(key)
    const quick = known ?? (await train(pack, 'linear'))
    if (!known) await put(key, quick)
    if (isThorough) void improve(pack)
    return quick
  }

  async function improve(pack: DialoguePack): Promise<void> {
    try {
      const model = await train(pack, 'small')
      await put(keyOf(pack, 'small'), model)
      held.set(pack.name, Promise.resolve(model))
    } catch (error) {
      if (!ending.signal.aborted) log.warn({ err: error, pack: pack.name }, 'training of intents failed')
    }
  }

  return {
    of(pack) {
      let model = held.get(pack.name)
      if (!model) {
        model = load(pack)
        held.set(pack.name, model)
        // A failure is tried again by whoever asks next.
        model.catch(() => held.delete(pack.name))
      }
      return model
    },
    byVersion: (version) => byVersion.get(version),
    close: () => ending.abort(new Error('The server is stopping')),
  }
}

/** Raised when training gives another model for the same examples. */
const TRAINING = 1
