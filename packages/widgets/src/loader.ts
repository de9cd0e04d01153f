import { readSetup, type Setup } from './script/setup.ts'
import type { LoadableFile, LoadableModule, ScriptCall, TillwrightGlobal } from './script/tillwright.ts'

type Load = (module: LoadableModule) => Promise<void>

/** Baked in by the build. */
declare const VERSION: string
declare const CLIENT: LoadableModule
declare const ELEMENTS: Readonly<Record<string, LoadableModule>>

/** How far outside the viewport an element may be when its code is loaded, in CSS pixels. */
const NEAR_PX = 800

try {
  start(document.currentScript as HTMLScriptElement | null)
} catch (error) {
  warn((error as Error).message)
}

/** The script that a shop pastes: finds widgets on the page and loads what these need, and nothing else. */
function start(tag: HTMLScriptElement | null): void {
  if (window.tillwright?.settings) return
  if (!tag) throw new TypeError('the loader is a plain script: <script async src="…">, without type="module"')
  const { src, dataset, nonce } = tag
  const setup = readSetup({ src, dataset, pageLanguage: document.documentElement.lang }, VERSION)
  const load = moduleLoader(setup.folder, nonce)
  takeCalls(setup, load)
  loadElements(load)
}

function warn(message: string): void {
  console.warn(`Tillwright: ${message}`)
}

/** Loads files once each and with their digests, as a strict CSP and Trusted Types want it. */
function moduleLoader(folder: string, nonce: string): Load {
  const policy = window.trustedTypes?.createPolicy('tillwright', {
    createScriptURL(url) {
      if (url.startsWith(folder)) return url
      throw new TypeError(`${url} is not in ${folder}`)
    },
  })
  const files = new Map<string, Promise<void>>()

  // An `import` carries no digest, and one that follows a preload which failed fetches again, unchecked. So chunks come
  // first, as scripts with digests; the module that imports them comes when all of them are sound, and finds them loaded.
  return ([file, ...chunks]) => {
    append('link', { rel: 'preload', as: 'script', href: folder + file[0], integrity: file[1] })
    return Promise.all(chunks.map(loadFile)).then(() => loadFile(file))
  }

  function loadFile([name, integrity]: LoadableFile): Promise<void> {
    const loading = files.get(name) ?? loadScript(folder + name, integrity)
    files.set(name, loading)
    return loading
  }

  function loadScript(url: string, integrity: string): Promise<void> {
    return new Promise((onload, reject) => {
      const src = policy ? policy.createScriptURL(url) : url
      const onerror = () => reject(`${url} could not be loaded, or was changed on the way`)
      append('script', { type: 'module', src, integrity, onload, onerror })
    })
  }

  function append(tag: 'link' | 'script', attributes: object): void {
    document.head.append(Object.assign(document.createElement(tag), { nonce, crossOrigin: '' }, attributes))
  }
}

/** Keeps calls until the client is there to carry them out. */
function takeCalls(settings: Setup, load: Load): void {
  const waiting = [...((window.tillwright?.q ?? []) as Iterable<ScriptCall>)]
  const tillwright: TillwrightGlobal = (...call) => {
    tillwright.q!.push(call)
    load(CLIENT).catch(warn)
  }
  tillwright.q = waiting as unknown as NonNullable<TillwrightGlobal['q']>
  tillwright.settings = settings
  tillwright.load = load
  window.tillwright = tillwright
  if (waiting.length > 0) load(CLIENT).catch(warn)
}

/** Loads the module of each element that comes near the viewport, also of those that are added later. */
function loadElements(load: Load): void {
  const missing = new Set(Object.keys(ELEMENTS))
  const view = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) found(target.localName)
    },
    { rootMargin: `${NEAR_PX}px` },
  )
  const find = () => {
    for (const tag of missing) {
      for (const element of document.querySelectorAll(tag)) {
        // What floats over the page is near wherever it stands.
        if (tag.startsWith('tw-chat')) found(tag)
        else view.observe(element)
      }
    }
  }
  const additions = new MutationObserver(find)
  const found = (tag: string) => {
    load(ELEMENTS[tag]!).catch(warn)
    missing.delete(tag)
    if (missing.size > 0) return
    view.disconnect()
    additions.disconnect()
  }
  additions.observe(document, { childList: true, subtree: true })
  find()
}
