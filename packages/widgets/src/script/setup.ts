import type { ScriptSettings } from './tillwright.ts'

/** The script tag as it stands in the page. */
export interface ScriptTag {
  /** Its absolute address. */
  readonly src: string
  /** `data-key` or, on the server's own pages, `data-tenant`; `data-server`, `data-language`, `data-visitor`. */
  readonly dataset: Readonly<Record<string, string | undefined>>
  /** `<html lang>`. */
  readonly pageLanguage: string
}

export interface Setup extends ScriptSettings {
  /** Folder of the script's other files, with a trailing slash. */
  readonly folder: string
}

/**
 * What a script tag says. The server serves the files of a version under `/widgets/<version>/` and the newest loader as
 * `/widgets/loader.js`, too; a shop may also host a version's folder itself and name the server in `data-server`. Throws
 * a sentence about what is wrong with the tag.
 */
export function readSetup({ src, dataset, pageLanguage }: ScriptTag, version: string): Setup {
  const { key = '', visitor = 'page' } = dataset
  const server = dataset.server ?? /^(.+)\/widgets\/([^/]+\/)?[^/]+$/.exec(src)?.[1]
  if (!/^https?:\/\/[^/]/.test(server ?? '')) fail('data-server must be the address of the server, https://…')
  if (key.startsWith('sk_')) fail('data-key holds a secret key, which everyone can read here: use a pk_ key')
  if (!key.startsWith('pk_') && !dataset.tenant) fail('data-key must be a publishable key, pk_…')
  if (!isVisitor(visitor)) fail('data-visitor must be page, session or device')
  return {
    folder: src.replace(/[^/]*$/, '').replace(/\/widgets\/$/, `/widgets/${version}/`),
    server: server!.replace(/\/+$/, ''),
    key,
    tenant: dataset.tenant,
    language: dataset.language || pageLanguage || 'en',
    visitor,
  }
}

function fail(sentence: string): never {
  throw new TypeError(sentence)
}

function isVisitor(text: string): text is ScriptSettings['visitor'] {
  return ['page', 'session', 'device'].includes(text)
}
