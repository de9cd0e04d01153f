import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Event } from '@tillwright/core/contract'
import type { BrowserManifest } from '../../build-browser.ts'
import { type Received, type Reply, serve, type TestServer } from './http.ts'

/** The server is there a second time, below a path, as it is when it is part of another server. */
export const MOUNTED = '/shop/brain'

type Answer = (request: Received) => Promise<Reply | null> | Reply | null

/** A stand-in for the Tillwright server: the built files, and canned answers of the API. */
export interface Brain extends TestServer {
  /** Requests to the API so far, preflights aside. */
  readonly calls: Received[]
  /** Names of the built files that were asked for. */
  readonly files: string[]
  /** Answers the API from now on. */
  answer: Answer
  /** Changes a file on its way, as an attacker between server and browser would. */
  tamperWith: string | null
  /** Files wait for it. */
  filesHeld: Promise<void>
  /** Events that arrived, in order. */
  events(): Event[]
}

export async function startBrain(folder: string, manifest: BrowserManifest): Promise<Brain> {
  const server = await serve('127.0.0.1', async (request) => {
    const pathname = request.url.pathname.slice(request.url.pathname.startsWith(`${MOUNTED}/`) ? MOUNTED.length : 0)
    if (pathname.startsWith('/widgets/')) return file(pathname)
    if (pathname === '/console') return consolePage(manifest)
    const cors = {
      'access-control-allow-origin': request.headers.origin ?? '*',
      'access-control-allow-headers': 'content-type, idempotency-key',
      'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'retry-after',
    }
    if (request.method === 'OPTIONS') return { status: 204, headers: cors }
    brain.calls.push(request)
    const reply = await brain.answer({ ...request, url: new URL(pathname + request.url.search, request.url) })
    return reply && { ...reply, headers: { 'content-type': 'application/json', ...cors, ...reply.headers } }
  })

  async function file(pathname: string): Promise<Reply> {
    const [, version, name] = /^\/widgets\/(?:([\w.-]+)\/)?([\w-]+\.js)$/.exec(pathname) ?? []
    if (!name || (version ?? manifest.version) !== manifest.version || !manifest.files[name]) return { status: 404 }
    await brain.filesHeld
    brain.files.push(name)
    const content = await readFile(join(folder, name), 'utf8')
    return {
      headers: { 'content-type': 'text/javascript; charset=utf-8', 'access-control-allow-origin': '*' },
      body: brain.tamperWith === name ? `${content};` : content,
    }
  }

  const brain: Brain = {
    ...server,
    calls: [],
    files: [],
    answer: () => json({}),
    tamperWith: null,
    filesHeld: Promise.resolve(),
    events: () =>
      brain.calls
        .filter(({ url }) => url.pathname === '/api/v1/events')
        .flatMap(({ body }) => (JSON.parse(body) as { events: Event[] }).events),
  }
  return brain
}

/** The page that the server serves to merchants, under the policy that it sets. */
function consolePage({ version, files, console: [entry, ...chunks] }: BrowserManifest): Reply {
  const attributes = (name: string) => `"widgets/${version}/${name}" integrity="${files[name]!.integrity}"`
  const main = `<main id="console" data-loader="widgets/${version}/loader.js" data-integrity="${files['loader.js']!.integrity}" data-shop="Corner Shop" data-tenant="ten_0123456789abcdefghijklmnop"></main>`
  const preloads = chunks.map((name) => `<link rel="modulepreload" href=${attributes(name)}>`).join('')
  return {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data: https:; require-trusted-types-for 'script'; trusted-types tillwright",
    },
    body:
      '<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>Console</title>' +
      '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">' +
      `${preloads}<script type="module" src=${attributes(entry!)}></script></head><body>${main}</body></html>`,
  }
}

export function json(body: unknown, status = 200): Reply {
  return { status, body: JSON.stringify(body) }
}
