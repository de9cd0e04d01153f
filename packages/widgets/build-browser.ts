import { createHash } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type BuiltModule, buildLoader, buildModule } from './build-modules.ts'
import packageJson from './package.json' with { type: 'json' }
import { PAGE_NAMES } from './src/console/page.ts'

/** The module of each custom element. */
const ELEMENTS = {
  'tw-recommendations': 'recommendations',
  'tw-sign-in': 'sign-in',
  'tw-account': 'account',
  'tw-chat': 'chat',
  'tw-chat-panel': 'chat-panel',
} as const

/** What a module asks for once it runs, by name: built first, since they are imported by names that hold digests. */
const LATER = ['chat-talks', 'chat-device'] as const

/**
 * Modules that several others import, and what they hold. They import nothing themselves, so that the loader can check each
 * of them before it runs. The client comes first.
 */
const SHARED = [
  { entry: 'client', sources: ['script/client.ts'] },
  { entry: 'runtime', sources: ['preact', 'i18n.ts', 'mount.ts', 'registry.ts', 'signal.ts'] },
  {
    entry: 'people',
    sources: [
      'people/client.ts',
      'people/failure.ts',
      'people/form-style.ts',
      'people/password-strength.ts',
      'people/return-to.ts',
      'people/words.ts',
      'script/people-client.ts',
    ],
  },
] as const

/** What the console and its pages share, in a file of its own beside the runtime. */
const CONSOLE_KIT = {
  entry: 'console-kit',
  sources: [
    'ui/quantities.ts',
    ...['failure.ts', 'fill.ts', 'page-store.ts', 'quantities.ts', 'ui.tsx'].map((name) => `console/kit/${name}`),
  ],
} as const

export interface BrowserFile {
  /** For `integrity` attributes: `sha384-…`. */
  readonly integrity: string
  readonly bytes: number
  /** Bytes after gzip at level 9. */
  readonly gzip: number
}

/** `manifest.json`. */
export interface BrowserManifest {
  /** The package's version and a digest of all files: what is served under a version never changes. */
  readonly version: string
  readonly files: Readonly<Record<string, BrowserFile>>
  /** By tag: the element's module, then the chunks that it imports. */
  readonly elements: Readonly<Record<string, readonly string[]>>
  /** The console's module, then the chunks that it imports. */
  readonly console: readonly string[]
  /** By name: the module of each page of the console, which comes when the page is opened, then the chunks that it imports. */
  readonly consolePages: Readonly<Record<string, readonly string[]>>
}

/** Builds the files that a server hands to browsers as they are, into `folder`, which is emptied first. */
export async function buildBrowser(folder: string): Promise<BrowserManifest> {
  const [client, ...shared] = await Promise.all(SHARED.map(({ entry }) => buildModule(entry)))
  const provided = [client!, ...shared].map((module, index) => ({ module, sources: SHARED[index]!.sources }))
  const kit = await buildModule(CONSOLE_KIT.entry, provided)
  const ofConsole = [...provided, { module: kit, sources: CONSOLE_KIT.sources }]
  const pages = await Promise.all(PAGE_NAMES.map((name) => buildModule(pageEntry(name), ofConsole)))
  const PAGES = Object.fromEntries(
    PAGE_NAMES.map((name, index) => [name, [pages[index]!.name, integrityOf(pages[index]!.code)]]),
  )
  const later = await Promise.all(LATER.map((entry) => buildModule(entry)))
  const importable = [...provided, ...later.map((module) => ({ module, sources: [`script/${module.entry}.ts`] }))]
  const loadLater = Object.fromEntries(later.map(({ entry, name, code }) => [entry, [name, integrityOf(code)]]))
  const entries = await Promise.all([
    ...Object.values(ELEMENTS).map((entry) => buildModule(entry, importable, { LATER: loadLater })),
    buildModule('console', ofConsole, { PAGES }),
  ])
  const modules = [client!, ...shared, kit, ...later, ...pages, ...entries]
  const elements = mapValues(ELEMENTS, (entry) => withChunks(entry, modules))
  const loadable = (name: string) => [name, integrityOf(modules.find((module) => module.name === name)!.code)]
  const known = { CLIENT: [loadable(client!.name)], ELEMENTS: mapValues(elements, (names) => names.map(loadable)) }
  const unversioned = await buildLoader({ ...known, VERSION: '' })
  const version = `${packageJson.version}-${digestOf([unversioned, ...modules.map(({ code }) => code)]).slice(0, 8)}`
  const code = {
    'loader.js': await buildLoader({ ...known, VERSION: version }),
    ...Object.fromEntries(modules.map((module) => [module.name, module.code])),
  }
  const manifest = {
    version,
    files: mapValues(code, fileOf),
    elements,
    console: withChunks('console', modules),
    consolePages: Object.fromEntries(PAGE_NAMES.map((name) => [name, withChunks(pageEntry(name), modules)])),
  }
  await writeFiles(folder, { ...code, 'manifest.json': `${JSON.stringify(manifest, null, 2)}\n` })
  return manifest
}

function pageEntry(name: string): string {
  return `console-${name}`
}

function withChunks(entry: string, modules: readonly BuiltModule[]): string[] {
  const module = modules.find((candidate) => candidate.entry === entry)!
  return [module.name, ...module.imports]
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)))
}

function fileOf(code: string): BrowserFile {
  return {
    integrity: integrityOf(code),
    bytes: Buffer.byteLength(code),
    gzip: gzipSync(code, { level: 9 }).length,
  }
}

function integrityOf(code: string): string {
  return `sha384-${createHash('sha384').update(code).digest('base64')}`
}

function digestOf(texts: readonly string[]): string {
  return createHash('sha256').update(texts.join('\0')).digest('hex')
}

function mapValues<T, U>(object: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]))
}
