import type { Mail } from '@tillwright/core/contract'
import type { Tillwright } from '@tillwright/core/script'
import { type PageState, pageStore } from '../../kit/page-store.ts'
import type { PageConnection, PageContext } from '../../page.ts'

const LIMIT = 50

export interface MailsClient {
  readonly mails: Pick<Tillwright['mails'], 'list' | 'preview'>
  readonly jobs: Pick<Tillwright['jobs'], 'retry'>
}

export type MailPreview = Awaited<ReturnType<MailsClient['mails']['preview']>>

export interface MailsState extends PageState {
  readonly mails: readonly Mail[] | null
  /** Where the next older ones begin. */
  readonly nextCursor: string | null
  /** Only those of this state; `null`: all. */
  readonly only: Mail['state'] | null
  readonly preview: MailPreview | null
}

export interface MailsConnection extends PageConnection<MailsState> {
  filter(only: Mail['state'] | null): void
  more(): Promise<void>
  /** Puts a mail that failed back into the queue. */
  retry(mail: Mail): Promise<void>
  show(template: string, language?: string): Promise<void>
}

export function connectMails({ client, language }: PageContext<MailsClient>): MailsConnection {
  const store = pageStore<MailsState>({
    mails: null,
    nextCursor: null,
    only: null,
    preview: null,
    failure: null,
    busy: [],
  })
  const { state, set, run } = store
  const options = { signal: store.signal }

  async function load(cursor: string | null): Promise<void> {
    const { only, mails } = state.value
    const page = await client.mails.list(
      { limit: LIMIT, ...(only && { state: only }), ...(cursor !== null && { cursor }) },
      options,
    )
    if (state.value.only !== only) return
    set({ mails: cursor === null ? page.items : [...(mails ?? []), ...page.items], nextCursor: page.nextCursor })
  }

  const reload = () => run(`load ${state.value.only}`, () => load(null))

  return {
    state,
    open: () => void reload(),
    filter(only) {
      set({ only })
      void reload()
    },
    more: () => run('more', () => load(state.value.nextCursor)),
    retry: ({ id, jobId }) =>
      run(id, async () => {
        if (jobId === null) return
        await client.jobs.retry({ jobId }, options)
        await load(null)
      }),
    show: (template, of = language()) =>
      run('preview', async () => {
        set({ preview: await client.mails.preview({ template, language: of }, options) })
      }),
    dispose: store.dispose,
  }
}
