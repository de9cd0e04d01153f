/** Type-checks every ```ts block of README and docs/*.md, as a reader would paste it: each block is a module of its own. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const scratch = join(root, '.cache', 'docs-check')
rmSync(scratch, { recursive: true, force: true })
mkdirSync(scratch, { recursive: true })

const guides = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]
const packages = ['core', 'node', 'widgets'].map((name) => join('packages', name, 'README.md'))
let count = 0
for (const guide of [...guides, ...packages]) {
  const text = readFileSync(join(root, guide), 'utf8')
  for (const match of text.matchAll(/^```(tsx?)\n([\s\S]*?)^```/gm)) {
    const line = text.slice(0, match.index).split('\n').length
    const name = `${guide.replace(/[^\w]/g, '-')}-${line}.${match[1]}`
    // `export {}` keeps the names of one block out of the others.
    writeFileSync(join(scratch, name), `// ${guide}:${line}\n${match[2]}\nexport {}\n`)
    count++
  }
}
/** What examples import besides Tillwright is installed for the packages: `express`, `msw`. */
const installed = ['core', 'node', 'widgets'].flatMap((name) => {
  const folder = join(root, 'packages', name, 'node_modules')
  return [join(folder, '@types', '*'), join(folder, '*')]
})
const config = {
  extends: '../../tsconfig.json',
  compilerOptions: {
    noUnusedLocals: false,
    noUnusedParameters: false,
    rootDir: '../..',
    paths: { ...pathsFrom(root), '*': installed },
  },
  include: ['./**/*.ts', './**/*.tsx'],
}
writeFileSync(join(scratch, 'tsconfig.json'), JSON.stringify(config))
const { status, stdout } = spawnSync('tsc', ['-p', scratch], { cwd: root, encoding: 'utf8' })
console.log(status === 0 ? `${count} examples are sound` : stdout)
process.exitCode = status ?? 1

function pathsFrom(folder: string): Record<string, string[]> {
  const { compilerOptions } = JSON.parse(readFileSync(join(folder, 'tsconfig.json'), 'utf8')) as {
    compilerOptions: { paths: Record<string, string[]> }
  }
  const entries = Object.entries(compilerOptions.paths)
  return Object.fromEntries(entries.map(([name, targets]) => [name, targets.map((target) => join(folder, target))]))
}
