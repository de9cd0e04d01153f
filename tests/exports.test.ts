import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const PACKAGES = ['core', 'node', 'widgets']

interface Manifest {
  readonly name: string
  readonly sideEffects: unknown
  readonly exports: Readonly<Record<string, unknown>>
}

let folder: string
const tarballs = new Map<string, Buffer>()

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillwright-pack-'))
  for (const name of PACKAGES) {
    const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
      cwd: join(root, 'packages', name),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    tarballs.set(name, readFileSync(join(folder, packed.trim().split('\n').at(-1)!)))
  }
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(PACKAGES)('@tillwright/%s', (name) => {
  const manifest = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8')) as Manifest

  test('says types first in every branch of its exports', () => {
    for (const [entry, conditions] of Object.entries(manifest.exports)) {
      for (const branch of branchesOf(conditions)) expect(Object.keys(branch)[0], entry).toBe('types')
    }
  })

  test('says that importing it does nothing', () => {
    expect(manifest.sideEffects === false || Array.isArray(manifest.sideEffects)).toBe(true)
  })

  test('passes publint', async () => {
    const { messages, pkg } = await publint({ pkgDir: join(root, 'packages', name), strict: true, pack: 'npm' })
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([])
  })

  test('gives every module system types that fit', async () => {
    const result = await checkPackage(createPackageFromTarballData(new Uint8Array(tarballs.get(name)!)))
    const problems = result.types ? result.problems : [{ kind: 'NoTypes' }]
    // Node 10 resolution knows no subpaths; no supported Node uses it.
    expect(problems.filter((problem) => !('resolutionKind' in problem && problem.resolutionKind === 'node10'))).toEqual(
      [],
    )
  }, 60_000)

  test('loads by import and by require, and gives both the same names', () => {
    for (const [entry, conditions] of Object.entries(manifest.exports)) {
      if (typeof conditions === 'string' || entry.includes('*')) continue
      const specifier = join(manifest.name, entry)
      expect(namesBy('import', specifier, name), specifier).toEqual(namesBy('require', specifier, name))
    }
  }, 60_000)
})

test('the worker that learns lies beside the module that names it, in one file', () => {
  const device = join(root, 'packages', 'core', 'dist', 'device')
  expect(readFileSync(join(device, 'index.js'), 'utf8')).toContain('new URL("./learning-worker.js", import.meta.url)')
  expect(readFileSync(join(device, 'learning-worker.js'), 'utf8')).not.toMatch(/\bimport\b\s*[("'{*]/)
})

function branchesOf(conditions: unknown): Record<string, unknown>[] {
  if (typeof conditions === 'string' || conditions === null) return []
  const branches = Object.values(conditions as Record<string, unknown>)
  const isLeaf = branches.every((value) => typeof value === 'string')
  return isLeaf ? [conditions as Record<string, unknown>] : branches.flatMap(branchesOf)
}

/** Names that an entry exports, asked of a process of its own, as a user's program would load it. */
function namesBy(kind: 'import' | 'require', specifier: string, name: string): string[] {
  const code =
    kind === 'import'
      ? `const m = await import(${JSON.stringify(specifier)}); console.log(JSON.stringify(Object.keys(m)))`
      : `const m = require(${JSON.stringify(specifier)}); console.log(JSON.stringify(Object.keys(m)))`
  const type = kind === 'import' ? 'module' : 'commonjs'
  // A package may load itself by its own name.
  const out = execFileSync(process.execPath, [`--input-type=${type}`, '--eval', code], {
    cwd: join(root, 'packages', name),
    encoding: 'utf8',
  })
  return (JSON.parse(out.trim().split('\n').at(-1)!) as string[])
    .filter((key) => key !== 'default' && key !== '__esModule')
    .sort()
}
