import { createHash } from 'node:crypto'
import type { Answer } from '../http/answer.ts'
import { escapeHtml, htmlAnswer, type Page } from './page.ts'

type Json = Record<string, unknown>

interface Operation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly description?: string
  readonly security: readonly Json[]
  readonly parameters: readonly { name: string; in: string; required: boolean; schema: Json }[]
  readonly requestBody?: { content: Record<string, { schema: Json }> }
  readonly responses: Record<string, { description: string; content?: Record<string, { schema: Json }> }>
}

/** `/openapi.json`, and `/docs` for people where it is switched on. */
export function docsPage(document: Json, { isShown }: { isShown: boolean }): Page {
  const json = JSON.stringify(document)
  const html = isShown ? render(document) : ''
  return ({ path }) => {
    if (path === '/openapi.json') return jsonAnswer(json)
    return path === '/docs' && isShown ? htmlAnswer(html, POLICY) : null
  }
}

function jsonAnswer(body: string): Answer {
  const headers = {
    'content-type': 'application/json',
    'cache-control': 'public, max-age=300',
    'access-control-allow-origin': '*',
  }
  return { status: 200, headers, body }
}

const STYLE = `
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{max-width:60rem;margin:0 auto;padding:2rem 1rem}
h2{margin-top:3rem;text-transform:capitalize;border-bottom:1px solid color-mix(in srgb,currentColor 20%,transparent)}
article{margin:2rem 0}
h3{font:600 1rem ui-monospace,monospace;margin:0;overflow-wrap:anywhere}
h3 b{display:inline-block;min-width:4.5rem}
p{margin:.4rem 0}
table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.5rem 0}
th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-top:1px solid color-mix(in srgb,currentColor 12%,transparent)}
code,pre{font:.85rem ui-monospace,monospace}
pre{overflow:auto;padding:.75rem;border-radius:.5rem;background:color-mix(in srgb,currentColor 7%,transparent)}
summary{cursor:pointer;font-size:.9rem}
.muted{opacity:.7}`

const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'`

function render(document: Json): string {
  const { title, description, version } = document.info as { title: string; description: string; version: string }
  const { schemas } = document.components as { schemas: Record<string, Json> }
  const operations = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(
    ([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const tags = [...new Set(operations.map(({ operation }) => operation.tags[0]!))]
  const sections = tags.map((tag) => {
    const own = operations.filter(({ operation }) => operation.tags[0] === tag)
    return `<h2 id="${escapeHtml(tag)}">${escapeHtml(tag)}</h2>${own.map(renderOperation).join('')}`
  })
  const shapes = Object.entries(schemas).map(
    ([name, schema]) =>
      `<article id="schema-${escapeHtml(name)}"><h3>${escapeHtml(name)}</h3>${jsonBlock(schema)}</article>`,
  )
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
    `<title>${escapeHtml(title)} API</title><style>${STYLE}</style></head><body><h1>${escapeHtml(title)} API ${escapeHtml(version)}</h1>` +
    `<p>${code(description)}</p><p><a href="openapi.json">openapi.json</a></p>` +
    `<nav>${tags.map((tag) => `<a href="#${escapeHtml(tag)}">${escapeHtml(tag)}</a>`).join(' · ')} · <a href="#schemas">schemas</a></nav>` +
    `${sections.join('')}<h2 id="schemas">schemas</h2>${shapes.join('')}</body></html>`
  )
}

function renderOperation({ path, method, operation }: { path: string; method: string; operation: Operation }): string {
  const { summary, description, security, parameters, requestBody, responses } = operation
  const access = security.length === 0 ? 'Anyone' : security.length === 1 ? 'Secret key' : 'Publishable or secret key'
  const body = Object.entries(requestBody?.content ?? {}).map(([type, { schema }]) =>
    schemaBlock(`Body, ${type}`, schema),
  )
  const answers = Object.entries(responses).map(([status, { description: meaning, content = {} }]) => {
    const [type, { schema = {} } = {}] = Object.entries(content)[0] ?? []
    const isGood = status.startsWith('2')
    return isGood
      ? schemaBlock(`Answer ${status}${type ? `, ${type}` : ''}`, schema)
      : `<p class="muted">${status}: ${code(meaning)}</p>`
  })
  return (
    `<article id="${escapeHtml(operation.operationId)}"><h3><b>${method.toUpperCase()}</b> ${escapeHtml(path)}</h3>` +
    `<p>${code(summary)}. ${description ? code(description) : ''} <span class="muted">${access}.</span></p>` +
    `${parameterTable(parameters)}${body.join('')}${answers.join('')}</article>`
  )
}

function parameterTable(parameters: Operation['parameters']): string {
  if (parameters.length === 0) return ''
  const rows = parameters.map(
    ({ name, in: place, required, schema }) =>
      `<tr><td><code>${escapeHtml(name)}</code></td><td>${place}${required ? ', required' : ''}</td>` +
      `<td><code>${escapeHtml(brief(schema))}</code></td></tr>`,
  )
  return `<table>${rows.join('')}</table>`
}

function brief({ type, enum: values, default: fallback, items, maximum, maxLength, maxItems }: Json): string {
  const kind = Array.isArray(values)
    ? values.join(' | ')
    : type === 'array'
      ? `${brief(items as Json)}[]`
      : String(type)
  const limit = maximum ?? maxItems ?? maxLength
  return [kind, limit === undefined ? '' : `≤ ${limit}`, fallback === undefined ? '' : `default ${fallback}`]
    .filter(Boolean)
    .join(', ')
}

function schemaBlock(title: string, schema: Json): string {
  const name = typeof schema.$ref === 'string' ? schema.$ref.split('/').at(-1)! : undefined
  if (name) return `<p>${escapeHtml(title)}: <a href="#schema-${escapeHtml(name)}">${escapeHtml(name)}</a></p>`
  return Object.keys(schema).length === 0
    ? ''
    : `<details><summary>${escapeHtml(title)}</summary>${jsonBlock(schema)}</details>`
}

function jsonBlock(value: unknown): string {
  return `<pre>${escapeHtml(JSON.stringify(value, null, 2))}</pre>`
}

/** Text with its `code` marked as such. */
function code(text: string): string {
  return escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>')
}
