import type { Answer } from '../http/answer.ts'
import type { Page } from './page.ts'
import type { WidgetFile, WidgetFiles } from './widget-files.ts'

const IMMUTABLE = 'public, max-age=31536000, immutable'
/** The address without a version follows updates within this time. */
const FOLLOWING = 'public, max-age=300'

/**
 * `/widgets/<version>/<file>`: the content behind an address never changes, so shops can pin its digest. `/widgets/<file>`
 * is the newest. `older` finds files of versions that this installation served before.
 */
export function widgetsPage(
  widgets: WidgetFiles,
  older: (version: string, name: string) => Promise<Uint8Array | null>,
): Page {
  return async ({ path, acceptsGzip }) => {
    const [, version, name] = /^\/widgets\/(?:([\w.-]+)\/)?([\w-]+\.js)$/.exec(path) ?? []
    if (name === undefined) return null
    if (version !== undefined && version !== widgets.version) {
      const content = await older(version, name)
      return content && script(content, IMMUTABLE)
    }
    const file = widgets.files.get(name)
    if (!file) return null
    return served(file, version === undefined ? FOLLOWING : IMMUTABLE, acceptsGzip)
  }
}

function served({ content, gzip }: WidgetFile, cacheControl: string, acceptsGzip: boolean): Answer {
  if (!acceptsGzip) return script(content, cacheControl)
  const answer = script(gzip, cacheControl)
  return { ...answer, headers: { ...answer.headers, 'content-encoding': 'gzip' } }
}

function script(body: Uint8Array, cacheControl: string): Answer {
  return {
    status: 200,
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': cacheControl,
      // Public files for the pages of any shop; they carry nothing of anybody.
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    },
    body,
  }
}
