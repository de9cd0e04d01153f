import type { Block } from '@tillwright/core/contract'
import type { Tillwright } from '@tillwright/core/script'
import { type PageState, pageStore } from '../../kit/page-store.ts'
import type { PageConnection, PageContext } from '../../page.ts'

const HOUR_SECONDS = 3_600
/** How long an address can be blocked from here, in seconds. */
export const LENGTHS = [900, HOUR_SECONDS, 24 * HOUR_SECONDS, 30 * 24 * HOUR_SECONDS] as const

export interface BlocksClient {
  readonly blocks: Pick<Tillwright['blocks'], 'list' | 'create' | 'remove'>
}

export interface BlocksState extends PageState {
  readonly blocks: readonly Block[] | null
  /** Counts up with each block that was made, so that the form is fresh again. */
  readonly made: number
}

export interface BlocksConnection extends PageConnection<BlocksState> {
  block(input: { readonly address: string; readonly forSeconds: number; readonly reason: string }): Promise<void>
  lift(block: Block): Promise<void>
}

export function connectBlocks({ client }: PageContext<BlocksClient>): BlocksConnection {
  const store = pageStore<BlocksState>({ blocks: null, made: 0, failure: null, busy: [] })
  const { state, set, run } = store
  const options = { signal: store.signal }

  async function load(): Promise<void> {
    const { items } = await client.blocks.list({}, options)
    set({ blocks: items })
  }

  return {
    state,
    open: () => void run('load', load),
    block: (input) =>
      run('block', async () => {
        await client.blocks.create(input, options)
        set({ made: state.value.made + 1 })
        await load()
      }),
    lift: ({ id }) =>
      run(id, async () => {
        await client.blocks.remove({ blockId: id }, options)
        await load()
      }),
    dispose: store.dispose,
  }
}
