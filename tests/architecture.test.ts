import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

interface SourceFile {
  /** From the repository's root, with `/`. */
  readonly path: string
  readonly text: string
  /** What it imports: packages by name, own files by their path from the root. */
  readonly imports: readonly string[]
}

interface Rule {
  readonly says: string
  /** Files that the rule is about. */
  readonly of: (file: SourceFile) => boolean
  /** What is wrong with a file, if anything. */
  readonly breaks: (file: SourceFile) => string | undefined
  /** Where the code belongs instead. */
  readonly instead: string
}

const files = ['core', 'node', 'widgets'].flatMap((name) => sourcesBelow(join(root, 'packages', name, 'src')))

const within = (folder: string) => (file: SourceFile) => file.path.startsWith(folder)
const importsOutside =
  (...allowed: (string | RegExp)[]) =>
  (file: SourceFile) =>
    file.imports.find(
      (name) => !allowed.some((rule) => (typeof rule === 'string' ? name.startsWith(rule) : rule.test(name))),
    )
const onlyIn = (name: RegExp, ...places: string[]): Pick<Rule, 'of' | 'breaks'> => ({
  of: (file) => !places.some((place) => file.path.startsWith(place)),
  breaks: (file) => file.imports.find((imported) => name.test(imported)),
})
const mentions =
  (pattern: RegExp) =>
  ({ text }: SourceFile) =>
    pattern.exec(withoutComments(text))?.[0]

/** Domains of the server: each has handlers, a service and a store of its own. */
const DOMAINS = ['products', 'customers', 'orders', 'events', 'recommendations', 'models', 'status', 'system']

const RULES: readonly Rule[] = [
  {
    says: 'the contract imports zod/mini and itself',
    of: within('packages/core/src/contract/'),
    breaks: importsOutside('packages/core/src/contract/', /^zod\/mini$/),
    instead: 'Move what needs more into client/, openapi/ or a domain folder.',
  },
  {
    says: 'the brain imports nothing but itself',
    of: within('packages/core/src/brain/'),
    breaks: importsOutside('packages/core/src/brain/'),
    instead: 'Pass what it needs in as an argument.',
  },
  {
    says: 'the brain has no clock, no chance and no I/O that is not passed in',
    of: within('packages/core/src/brain/'),
    breaks: mentions(
      /\b(Date\.now|new Date\(\)|Math\.random|performance\.now|fetch|process|document|window|localStorage|crypto\.subtle)\b/,
    ),
    instead: 'Take it as a parameter.',
  },
  {
    says: 'packs are data: they import the brain and themselves',
    of: within('packages/core/src/packs/'),
    breaks: importsOutside('packages/core/src/packs/', 'packages/core/src/brain/'),
    instead: 'What a skill does belongs into the server.',
  },
  {
    says: 'OpenAPI is made from the contract alone',
    of: within('packages/core/src/openapi/'),
    breaks: importsOutside('packages/core/src/openapi/', 'packages/core/src/contract/', /^zod\/mini$/),
    instead: 'State it in the contract.',
  },
  {
    says: 'core imports nothing of Node',
    of: within('packages/core/src/'),
    breaks: (file) => file.imports.find((name) => name.startsWith('node:')),
    instead: 'It belongs into packages/node, or behind a port in platform/.',
  },
  {
    says: 'globals are reached through core/platform only',
    of: (file) =>
      within('packages/core/src/')(file) &&
      !within('packages/core/src/platform/')(file) &&
      !within('packages/core/src/testing/')(file),
    breaks: mentions(
      /\b(window|document|process|localStorage|sessionStorage|navigator)\.|\b(Date\.now|Math\.random)\b|\bglobalThis\.(?!indexedDB)/,
    ),
    instead: 'Add it to the Platform port and its implementations in platform/.',
  },
  {
    says: 'ky has one importer',
    ...onlyIn(/^ky$/, 'packages/core/src/client/ky-transport.ts'),
    instead: 'Use the Transport.',
  },
  { says: 'msw is for testing', ...onlyIn(/^msw/, 'packages/core/src/testing/'), instead: 'Move it to testing/.' },
  {
    says: 'the server takes contract, brain, packs and openapi of core, never the client',
    of: within('packages/node/src/'),
    breaks: (file) => file.imports.find((name) => /^@tillwright\/core(?!\/(contract|brain|packs|openapi)$)/.test(name)),
    instead: 'Handlers do not call the API; tests may.',
  },
  {
    says: 'widgets import the public entries of core, never the server',
    of: within('packages/widgets/src/'),
    breaks: (file) => file.imports.find((name) => /^@tillwright\/node|packages\/(core|node)\//.test(name)),
    instead: 'Use @tillwright/core and its entries.',
  },
  {
    says: 'handlers use services, never stores',
    of: (file) => /^packages\/node\/src\/\w+\/handlers\.ts$/.test(file.path),
    breaks: (file) => file.imports.find((name) => /[/-](store|tables)\.ts$/.test(name)),
    instead: 'Add a method to the service of the domain.',
  },
  {
    says: 'a domain of the server imports no other domain',
    of: (file) => DOMAINS.some((name) => within(`packages/node/src/${name}/`)(file)),
    breaks: (file) => {
      const [, own] = /^packages\/node\/src\/(\w+)\//.exec(file.path)!
      return file.imports.find((name) =>
        DOMAINS.some((other) => other !== own && name.startsWith(`packages/node/src/${other}/`)),
      )
    },
    instead: 'State what it needs in its ports.ts, and wire it in domains.ts.',
  },
  {
    says: 'SQL is written in db/, stores and table files only',
    ...onlyIn(/^kysely/, 'packages/node/src/db/'),
    of: (file) =>
      within('packages/node/src/')(file) &&
      !within('packages/node/src/db/')(file) &&
      !/[/-](store|tables|baskets)\.ts$/.test(file.path),
    instead: 'Put the query into the store of its domain.',
  },
  {
    says: 'raw SQL stays in db/: no tenant filter reaches into it',
    of: (file) => within('packages/node/src/')(file) && /[/-](store|baskets)\.ts$/.test(file.path),
    breaks: mentions(/sql(<[^>]*>)?`[^`]*(?<!\.)\b(from|join|into|update)\b/i),
    instead: 'Use the query builder, which the tenant plugin narrows.',
  },
  { says: 'pg has one importer', ...onlyIn(/^pg$/, 'packages/node/src/db/postgres.ts'), instead: 'Use the Database.' },
  {
    says: 'node:sqlite has one importer',
    ...onlyIn(/^node:sqlite$/, 'packages/node/src/db/sqlite.ts'),
    instead: 'Use the Database.',
  },
  {
    says: 'hono has one importer beside its adapter',
    ...onlyIn(/^hono/, 'packages/node/src/router.ts', 'packages/node/src/adapters/'),
    instead: 'Use the router.',
  },
  {
    says: 'pino has one importer',
    ...onlyIn(/^pino$/, 'packages/node/src/observe/log.ts'),
    instead: 'Use the Logger port.',
  },
  {
    says: 'idb has one importer',
    ...onlyIn(/^idb$/, 'packages/core/src/idb/open.ts'),
    instead: 'Use a QueueStore.',
  },
  {
    says: 'TensorFlow.js has one folder of importers',
    ...onlyIn(/^@tensorflow\//, 'packages/core/src/device/learning/'),
    instead: 'Use a DeviceLearner.',
  },
  {
    says: 'nodemailer has one importer',
    ...onlyIn(/^nodemailer$/, 'packages/node/src/providers/smtp/transport.ts'),
    instead: 'Use a MailTransport.',
  },
  {
    says: 'ioredis has one importer',
    ...onlyIn(/^ioredis$/, 'packages/node/src/providers/redis/client.ts'),
    instead: 'Use what providers/redis offers behind a port.',
  },
  {
    says: "the server's clock and chance are passed in",
    of: (file) =>
      within('packages/node/src/')(file) &&
      !['server.ts', 'cli/', 'cli.ts', 'observe/log.ts'].some((place) => within(`packages/node/src/${place}`)(file)),
    breaks: mentions(/\b(Date\.now|new Date\(\)|Math\.random|process\.env)\b/),
    instead: 'Take clock and random from the ports.',
  },
  {
    says: 'adapters know the HTTP layer and nothing behind it',
    of: within('packages/node/src/adapters/'),
    breaks: (file) =>
      file.imports.find((name) => name.startsWith('packages/node/src/') && !/\/(adapters|http)\//.test(name)),
    instead: 'Adapters turn one host’s requests into Incoming and answers back; the rest is the server’s.',
  },
]

describe('the house stands as docs/architecture.md draws it', () => {
  test('there are sources to look at', () => {
    expect(files.length).toBeGreaterThan(150)
  })

  for (const { says, of, breaks, instead } of RULES) {
    test(says, () => {
      const faults = files.filter(of).flatMap((file) => {
        const fault = breaks(file)
        return fault === undefined ? [] : [`${file.path}: ${fault}. ${instead}`]
      })
      expect(faults).toEqual([])
    })
  }

  test('no file imports itself in a circle', () => {
    expect(circles()).toEqual([])
  })
})

function sourcesBelow(folder: string): SourceFile[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return isForTestsOnly(path) ? [] : sourcesBelow(path)
    if (!/\.tsx?$/.test(entry.name) || /\.(test|suite|test-d)\.tsx?$/.test(entry.name)) return []
    const text = readFileSync(path, 'utf8')
    return [{ path: fromRoot(path), text, imports: importsOf(text, path) }]
  })
}

/** core/testing is published; other folders of that name serve the tests beside them. */
function isForTestsOnly(path: string): boolean {
  return path.endsWith('/testing') && fromRoot(path) !== 'packages/core/src/testing'
}

function importsOf(text: string, path: string): string[] {
  const found = withoutComments(text).matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]|(?:^|\n)import\s+['"]([^'"]+)['"]/g,
  )
  return [...found].map(([, from, dynamic, bare]) => {
    const name = from ?? dynamic ?? bare!
    return name.startsWith('.') ? fromRoot(resolve(dirname(path), name)) : name
  })
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/[^\n]*/g, '$1')
}

function fromRoot(path: string): string {
  return relative(root, path).replaceAll('\\', '/')
}

/** Circles among the files, type-only imports aside. */
function circles(): string[] {
  const graph = new Map(files.map((file) => [file.path, valueImports(file)]))
  const done = new Set<string>()
  const found: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      found.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
      return
    }
    if (done.has(path)) return
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path])
    done.add(path)
  }
  for (const path of graph.keys()) visit(path, [])
  return found
}

function valueImports({ text, path }: SourceFile): string[] {
  const statements = withoutComments(text).matchAll(
    /(?:^|\n)\s*(import|export)\s+(?!type\b)([^'"`;]*?)from\s*['"](\.[^'"]+)['"]/g,
  )
  return [...statements]
    .filter(([, , names]) => !/^\{\s*(type\s+\w+(\s+as\s+\w+)?\s*,?\s*)+\}\s*$/.test(names!))
    .map(([, , , name]) => fromRoot(resolve(root, dirname(path), name!)))
}
