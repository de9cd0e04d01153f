import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const FILES = {
  'loader.js': '// loader',
  'console.js': 'import "./chunk-a1.js"',
  'chunk-a1.js': 'export const word = "one"',
}

/** For the `integrity` attribute. */
export function integrityOf(content: string | Uint8Array): string {
  return `sha384-${createHash('sha384').update(content).digest('base64')}`
}

/** Makes a folder with widgets as the build leaves it, below `parent`. */
export async function widgetsFolder(
  parent: string,
  { version = '1.0.0', files = FILES }: { version?: string; files?: Readonly<Record<string, string>> } = {},
): Promise<string> {
  const folder = join(parent, `widgets-${version}`)
  await mkdir(folder, { recursive: true })
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  const entries = Object.entries(files).map(([name, content]) => [name, { integrity: integrityOf(content) }])
  const manifest = { version, files: Object.fromEntries(entries), console: ['console.js', 'chunk-a1.js'] }
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest))
  return folder
}
