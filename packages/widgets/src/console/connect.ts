import type { Permission } from '@tillwright/core/contract'
import type { Tillwright } from '@tillwright/core/script'
import type { Connection, WidgetContext } from '../mount.ts'
import { signal } from '../signal.ts'
import { type ConsolePage, PAGES, type PageConnection, type PageName, placeOf } from './page.ts'

/** Longest wait for who is here, in ms: beyond it the pages say what is wrong. */
const TIMEOUT_MS = 10_000

/** As much of a client as the shell uses itself; pages use the rest. */
export type ConsoleClient = Tillwright

export interface ConsoleProps {
  /** BCP 47. */
  readonly language: string
  /** What shops paste to have Tillwright on their pages. */
  readonly scriptTag: string | null
  /** The shop's name, and its public id. */
  readonly shop: string | null
  readonly tenant: string | null
}

/** A page that is open. */
export interface OpenPage {
  readonly name: PageName
  readonly page: ConsolePage
  readonly connection: PageConnection
  readonly state: unknown
}

export interface ConsoleState {
  readonly props: ConsoleProps
  readonly place: ReturnType<typeof placeOf>
  /** What whoever is here may do; `all` for the holder of a link; `null` until it is known. */
  readonly permissions: ReadonlySet<Permission> | 'all' | null
  /** Who is here: an e-mail address; `null` for the holder of a link. */
  readonly person: string | null
  readonly open: OpenPage | null
  /** Whether the file of the page could not be loaded. */
  readonly isBroken: boolean
  /** When this was drawn, in ms since 1970. */
  readonly nowAt: number
}

export interface ConsoleConnection extends Connection<ConsoleProps, ConsoleState> {
  /** Opens the page that an address names: `#rules/new`. */
  open(hash: string): void
  /** Tries again to load the page. */
  retry(): void
  /** The console comes into view, or goes out of it: nobody is asked on behalf of a page that nobody sees. */
  seen(isVisible: boolean): void
}

export interface ConsolePorts {
  readonly loadPage: (name: PageName) => Promise<ConsolePage>
  /** Changes the address: the console is told of it by `open`. */
  readonly go: (hash: string) => void
}

export function can({ permissions }: Pick<ConsoleState, 'permissions'>, permission: Permission): boolean {
  return permissions === 'all' || permissions?.has(permission) === true
}

export function connectConsole({ loadPage, go }: ConsolePorts) {
  return (props: ConsoleProps, context: WidgetContext<ConsoleClient>): ConsoleConnection => {
    const { client, clock } = context
    const life = new AbortController()
    let isVisible = false
    let stopWatching = () => {}
    const state = signal<ConsoleState>({
      props,
      place: placeOf(''),
      permissions: null,
      person: null,
      open: null,
      isBroken: false,
      nowAt: clock(),
    })
    const set = (change: Partial<ConsoleState>) => {
      if (!life.signal.aborted) state.value = { ...state.value, ...change, nowAt: clock() }
    }
    const knownBy = askWhoIsHere()

    async function askWhoIsHere(): Promise<void> {
      const options = { signal: life.signal, retries: 0, timeoutMs: TIMEOUT_MS }
      const headers: Record<string, string> = props.tenant === null ? {} : { 'x-tillwright-tenant': props.tenant }
      try {
        const session = await client.auth.session({}, { ...options, headers })
        if (session.status === 'signed_in' || session.status === 'expired') {
          const { permissions, user } = await client.auth.validate({}, options)
          return set({ permissions: new Set(permissions), person: user.email })
        }
      } catch {
        // Each call of a page meets the same trouble, and the page says so.
      }
      set({ permissions: 'all' })
    }

    function close(): void {
      stopWatching()
      state.value.open?.connection.dispose()
    }

    async function show(place: ConsoleState['place']): Promise<void> {
      const { open } = state.value
      if (open?.name === place.name) {
        open.connection.open(place.path)
        return set({ place })
      }
      close()
      set({ place, open: null, isBroken: false })
      const isCurrent = () => !life.signal.aborted && state.value.place === place
      try {
        const [page] = await Promise.all([loadPage(place.name), knownBy])
        if (isCurrent() && can(state.value, PAGES[place.name])) start(place, page)
      } catch {
        if (isCurrent()) set({ isBroken: true })
      }
    }

    function start({ name, path }: ConsoleState['place'], page: ConsolePage): void {
      const connection: PageConnection = page.connect({
        ...context,
        language: () => state.value.props.language,
        can: (permission) => can(state.value, permission),
        go: (place) => go(`#${place}`),
      })
      connection.open(path)
      stopWatching = connection.state.subscribe((ofPage) => set({ open: { name, page, connection, state: ofPage } }))
      connection.seen?.(isVisible)
    }

    return {
      state,
      open: (hash) => void show(placeOf(hash)),
      retry: () => void show({ ...state.value.place }),
      seen(isNow) {
        isVisible = isNow
        state.value.open?.connection.seen?.(isNow)
      },
      update: (changed) => set({ props: changed }),
      dispose() {
        close()
        life.abort()
      },
    }
  }
}
