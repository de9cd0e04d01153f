import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

export interface WidgetFile {
  readonly content: Uint8Array
  readonly gzip: Uint8Array
  /** `sha384-…`, for the `integrity` attribute. */
  readonly integrity: string
}

/** The built widgets, as they are served. */
export interface WidgetFiles {
  readonly version: string
  readonly files: ReadonlyMap<string, WidgetFile>
  /** Files of the console: its entry, then the chunks that it imports. */
  readonly console: readonly string[]
}

interface Manifest {
  readonly version: string
  readonly files: Readonly<Record<string, { readonly integrity: string }>>
  readonly console: readonly string[]
}

/**
 * Reads the built widgets from `folder`, or from the installed package `@tillwright/widgets`. `null` where there are none:
 * the server then says so in `/ready` and answers 404 below `/widgets`.
 */
export function readWidgetFiles(folder = installedFolder()): WidgetFiles | null {
  if (folder === null || !existsSync(join(folder, 'manifest.json'))) return null
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest
  const files = Object.entries(manifest.files).map(([name, { integrity }]): [string, WidgetFile] => {
    return [name, widgetFile(readFileSync(join(folder, name)), integrity)]
  })
  return { version: manifest.version, files: new Map(files), console: manifest.console }
}

/** Packed when somebody first asks for it. */
function widgetFile(content: Uint8Array, integrity: string): WidgetFile {
  let gzip: Uint8Array | undefined
  return {
    content,
    integrity,
    get gzip() {
      gzip ??= gzipSync(content, { level: 9 })
      return gzip
    },
  }
}

function installedFolder(): string | null {
  try {
    const require = createRequire(import.meta.url)
    return join(dirname(require.resolve('@tillwright/widgets/package.json')), 'dist', 'browser')
  } catch {
    return null // Not installed: widgets are optional.
  }
}
