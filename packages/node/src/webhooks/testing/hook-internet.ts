import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { pinnedFetch } from '../../security/outgoing-url.ts'
import { HOOK_CERTIFICATE, HOOK_KEY } from '../../testing/hook-certificate.ts'
import type { OutgoingPorts } from '../domain.ts'

/** Where `hook.example` is, unless a test says otherwise. */
export const PUBLIC_ADDRESS = '93.184.216.34'
/** Tests do not wait as long as the server does. */
const TEST_TIMEOUT_MS = 300

export interface HookRequest {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** An internet of one machine that is called `hook.example` and has a certificate for it, beside one that nobody may reach. */
export interface HookInternet extends OutgoingPorts {
  /** Addresses of names; a test changes them. */
  readonly names: Map<string, string[]>
  /** Names that were looked up, in order. */
  readonly lookups: string[]
  /** Where connections went, and how long they were given. */
  readonly calls: { readonly address: string; readonly timeoutMs: number | undefined }[]
  /** What arrived at `hook.example`. */
  readonly received: HookRequest[]
  /** How `hook.example` answers; `200` and no body, unless a test says otherwise. */
  answer: (request: HookRequest, response: ServerResponse) => void
  /** What arrived at the machine inside. */
  readonly inside: HookRequest[]
  readonly insideUrl: string
  open(): Promise<void>
  close(): void
}

export function hookInternet(): HookInternet {
  const received: HookRequest[] = []
  const inside: HookRequest[] = []
  const calls: HookInternet['calls'] = []
  const lookups: string[] = []
  const names = new Map([['hook.example', [PUBLIC_ADDRESS]]])
  const hook = createHttpsServer({ key: HOOK_KEY, cert: HOOK_CERTIFICATE }, async (request, response) => {
    const one = await read(request)
    received.push(one)
    internet.answer(one, response)
  })
  const machineInside = createHttpServer(async (request, response) => {
    inside.push(await read(request))
    response.end()
  })
  const internet: HookInternet = {
    names,
    lookups,
    calls,
    received,
    inside,
    answer: (_request, response) => void response.end(),
    get insideUrl() {
      return `http://127.0.0.1:${(machineInside.address() as AddressInfo).port}/`
    },
    async lookup(host) {
      lookups.push(host)
      const addresses = names.get(host)
      if (!addresses) throw Object.assign(new Error(`no such host: ${host}`), { code: 'ENOTFOUND' })
      return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    },
    async fetch(pinned, request) {
      calls.push({ address: pinned.address, timeoutMs: request.timeoutMs })
      if (pinned.address !== PUBLIC_ADDRESS) return pinnedFetch(pinned, { ...request, timeoutMs: TEST_TIMEOUT_MS })
      const url = new URL(pinned.url)
      url.port = String((hook.address() as AddressInfo).port)
      const here = { url, address: '127.0.0.1', family: 4 }
      return pinnedFetch(here, { ...request, timeoutMs: TEST_TIMEOUT_MS, ca: HOOK_CERTIFICATE })
    },
    async open() {
      for (const server of [hook, machineInside]) {
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      }
    },
    close() {
      for (const server of [hook, machineInside]) {
        server.closeAllConnections()
        server.close()
      }
    },
  }
  return internet
}

async function read(request: IncomingMessage): Promise<HookRequest> {
  let body = ''
  for await (const piece of request) body += piece
  return { path: request.url!, headers: request.headers, body }
}
