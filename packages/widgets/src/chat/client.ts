import type { Tillwright } from '@tillwright/core'
import type { ChatEvent, ChatInput, ChatPart } from '@tillwright/core/contract'
import type { TalkStore } from './stores.ts'
import type { Waiting } from './talk.ts'

type Chat = Tillwright['chat']

interface CallOptions {
  readonly signal?: AbortSignal
}

/** What the assistant asks of a client. Any client of `@tillwright/core` will do. */
export interface ChatClient {
  readonly chat: Pick<
    Chat,
    'send' | 'start' | 'messages' | 'updates' | 'rename' | 'remove' | 'export' | 'mailTranscript' | 'claim' | 'device'
  > & {
    conversations(input: object, options?: CallOptions): PromiseLike<Awaited<ReturnType<Chat['conversations']>>>
    /** `send` with the answer in pieces, as it comes. Without it answers come whole. */
    stream?(input: ChatInput, options?: CallOptions): AsyncIterable<{ readonly data: ChatEvent }>
  }
  readonly auth: Pick<Tillwright['auth'], 'reauthenticate'>
  /** Tells of signing in and out, in this page or in another tab. */
  readonly session?: {
    readonly state: { subscribe(run: (state: { readonly status: string }) => void): () => void }
  }
  readonly visitor?: { readonly visitorId?: string | undefined }
  /** Brings what keeps talks on the device. */
  openTalks?(): Promise<TalkStore>
  /** Brings what answers on the device, some 70 KiB; `null` where that is not wanted. */
  openDevice?(): Promise<ChatDevice | null>
}

/** What an answer comes in, whether or not the client can take it in pieces. */
export async function* answersTo(
  { chat }: ChatClient,
  input: ChatInput,
  options: CallOptions,
): AsyncGenerator<ChatEvent> {
  const stream = chat.stream ?? chat.send.stream
  if (stream) {
    for await (const { data } of stream(input, options)) yield data
    return
  }
  const { conversation, secret, messages } = await chat.send(input, options)
  yield { type: 'conversation', conversation, ...(secret && { secret }) }
  for (const message of messages) yield { type: 'message', message }
}

/** What answers while the server is away. */
export interface ChatDevice {
  /** Gets what is newer: model, products, settings. Throws where the server cannot be reached. */
  refresh(): Promise<void>
  /** The assistant's first words; `null` where nothing is kept to answer from. */
  greet(context: DeviceContext): Promise<DeviceAnswer | null>
  answer(said: Waiting, state: unknown, context: DeviceContext): Promise<DeviceAnswer | null>
}

export interface DeviceContext {
  readonly language: string
  readonly productId?: string | undefined
}

export interface DeviceAnswer {
  readonly parts: ChatPart[]
  /** Goes into the next question. */
  readonly state: unknown
  /** What was asked is for the server, and waits for it. */
  readonly needsServer: boolean
}
