import { buffer } from 'node:stream/consumers'
import type { FileStore } from '../ports.ts'
import type { WidgetFiles } from './widget-files.ts'

/**
 * Keeps a copy of the widgets' files under their version: a shop that has pinned an address and its digest goes on working
 * after the server was updated.
 */
export async function keepWidgetVersion(files: FileStore, widgets: WidgetFiles): Promise<void> {
  for (const [name, { content }] of widgets.files) {
    const key = keyOf(widgets.version, name)
    const kept = await files.get(key)
    await kept?.body.cancel()
    if (!kept) await files.put(key, once(content))
  }
}

/** Finds files of versions that were served before. */
export function olderWidgetFile(files: FileStore) {
  return async (version: string, name: string): Promise<Uint8Array | null> => {
    const file = await files.get(keyOf(version, name))
    return file && buffer(file.body as never)
  }
}

function keyOf(version: string, name: string): string {
  return `widgets/${version}/${name}`
}

async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content
}
