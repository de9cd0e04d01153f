/** Writes what is derived from the contract and kept in the repository. With `--check` it only says what is stale. */
import { readFileSync, writeFileSync } from 'node:fs'
import { type ShapeTable, shapeTable } from '../packages/core/src/client/shape-of.ts'
import { wireTable } from '../packages/core/src/client/wire.ts'
import { type Contract, contract, forPages } from '../packages/core/src/contract/index.ts'
import { tillwrightOpenApi } from '../packages/core/src/openapi/index.ts'
import { type PackedRoutes, packRoutes } from '../packages/core/src/script/unpack.ts'
import { permissionsPage } from './permissions-page.ts'

const root = new URL('..', import.meta.url)
const { version } = JSON.parse(readFileSync(new URL('packages/core/package.json', root), 'utf8')) as { version: string }

const packed = (
  name: string,
  routes: PackedRoutes,
) => `// Written by scripts/generate.ts from the contract. Do not edit.
import type { PackedRoutes } from './unpack.ts'

export const ${name}: PackedRoutes = ${JSON.stringify(routes)}
`
const shapesFile = (
  name: string,
  shapes: ShapeTable,
) => `// Written by scripts/generate.ts from the contract. Do not edit.
import type { ShapeTable } from './shape-of.ts'

export const ${name}: ShapeTable = ${JSON.stringify(shapes)}
`
const pageShapes = shapeTable(forPages(contract) as Contract)
/** Of what pages do not call: staff and servers load them when they do. */
const staffShapes = Object.fromEntries(
  Object.entries(shapeTable(contract)).map(([domain, shapes]) => [
    domain,
    Object.fromEntries(Object.entries(shapes).filter(([name]) => pageShapes[domain]?.[name] === undefined)),
  ]),
)
const files = {
  'packages/core/src/client/page-shapes.gen.ts': shapesFile('pageShapes', pageShapes),
  'packages/core/src/client/staff-shapes.gen.ts': shapesFile('staffShapes', staffShapes),
  'packages/core/src/script/routes.gen.ts': packed('allRoutes', packRoutes(wireTable(contract))),
  'packages/core/src/script/page-routes.gen.ts': packed(
    'pageRoutes',
    packRoutes(wireTable(forPages(contract) as Contract)),
  ),
  'docs/permissions.md': permissionsPage(contract),
  'docs/openapi.json': `${JSON.stringify(tillwrightOpenApi(version), null, 2)}\n`,
}

let stale = 0
for (const [path, content] of Object.entries(files)) {
  const url = new URL(path, root)
  let before = ''
  try {
    before = readFileSync(url, 'utf8')
  } catch {
    // Not written yet: it is stale.
  }
  if (before === content) continue
  stale++
  if (!process.argv.includes('--check')) writeFileSync(url, content)
  console.log(`${process.argv.includes('--check') ? 'stale' : 'wrote'}: ${path}`)
}
if (stale > 0 && process.argv.includes('--check')) {
  console.log('Run: npm run generate')
  process.exit(1)
}
