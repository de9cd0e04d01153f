import { bare } from './fold.ts'
import { keyed, type Topic } from './keywords.ts'
import type { Layout, Row } from './lay-out.ts'
import { type Cut, LEGAL_END, REGISTRATION } from './name-cuts.ts'

/** What a name itself says, and what it leaves of its source. */
export function cutFeatures(name: string, { way }: Cut, source: string, row: number): string[] {
  const { words, topics } = keyed(name)
  const digits = (name.match(/\d/g) ?? []).length
  const left = bare(source).length - bare(name).length
  const legalEnds = [...name.matchAll(LEGAL_END)]
  const last = legalEnds.at(-1)
  const endsLegally = last !== undefined && last.index + last[0].length >= name.length - 1
  const claims: Readonly<Record<string, boolean>> = {
    'ends-legally': endsLegally,
    'legal-inside': last !== undefined && !endsLegally,
    'registered-inside': REGISTRATION.test(name),
    'mostly-digits': digits * 2 > bare(name).length,
    'some-digits': digits > 0 && digits * 2 <= bare(name).length,
    'many-digits': digits > 3,
    web: /www\.|https?:|@\S+\.|\.(?:com|net|org|de|fr|es|co|my)\b/i.test(name),
    'ends-comma': /,\s*$/.test(name) || /,/.test(name),
    colon: name.includes(':'),
    bracket: /[()]/.test(name),
    apostrophe: name.includes("'"),
    ampersand: name.includes('&'),
    lower: /\p{Ll}/u.test(name) && !/^\p{Lu}/u.test(name),
    sentence: words.length > 7,
  }
  return [
    `way:${way}`,
    ...Object.keys(claims).filter((claim) => claims[claim]),
    ...[...new Set(topics)].map((topic) => `t:${topic}`),
    `first:${topics.length > 0 ? keyed(words[0]!).topics[0] : 'none'}`,
    `words:${Math.min(words.length, 7)}`,
    `letters:${Math.min(Math.floor(bare(name).length / 5), 8)}`,
    ...[...new Set(words)].filter((word) => /^\p{L}{2,}$/u.test(word)).map((word) => `w:${word}`),
    ...(words.length > 0 ? [`end:${words.slice(-2).join(' ')}`] : []),
    `left:${left === 0 ? 0 : left < 5 ? 'few' : left < 15 ? 'some' : 'many'}`,
    ...(endsLegally
      ? [`legal+left:${left > 0}`, `legal+${way}`, `legal@${Math.min(row, 9)}`]
      : [`plain@${Math.min(row, 9)}`]),
  ]
}

/** What stands around rows `i` to `last`, and where they stand. */
export function placeFeatures(
  { left, right, hasBoxes }: Layout,
  rows: readonly Row[],
  i: number,
  last: number,
  tallest: number,
): string[] {
  const row = rows[i]!
  const above = rows[i - 1]
  const below = rows[last + 1]
  const legalAbove = rows.slice(0, i).some(({ text }) => text.search(LEGAL_END) >= 0)
  const legalBelow = rows.slice(last + 1, last + 4).some(({ text }) => text.search(LEGAL_END) >= 0)
  const features = [
    `row:${Math.min(i, 9)}`,
    ...(above ? [...new Set(above.keyed.topics)].map((topic) => `u:${topic}`) : ['top']),
    ...(below ? [...new Set(below.keyed.topics)].map((topic) => `d:${topic}`) : []),
    ...(below && REGISTRATION.test(` ${below.text}`) ? ['registration-below'] : []),
    ...(below && /\d/.test(below.text) ? ['digits-below'] : []),
    ...(above && /\d/.test(above.text) ? ['digits-above'] : []),
    ...(legalAbove ? ['legal-above'] : []),
    ...(legalBelow ? ['legal-below'] : []),
    ...(row.pieces.length > 1 ? ['pieces'] : []),
    `nth:${Math.min(4, rows.slice(0, i).filter(looksLikeName).length)}`,
    ...(rows.slice(0, i).some(({ keyed }) => keyed.topics.includes('street')) ? ['address-above'] : []),
    ...(rows.slice(0, i).some(({ keyed }) => keyed.topics.includes('phone')) ? ['phone-above'] : []),
    ...(rows.slice(0, i).some(({ keyed }) => keyed.topics.includes('invoice')) ? ['invoice-above'] : []),
  ]
  if (!hasBoxes) return features
  const centre = (row.pieces[0]!.edges!.left + row.pieces.at(-1)!.edges!.right) / 2
  const off = Math.abs(centre - (left + right) / 2) / Math.max(1, right - left)
  const rest = rows.filter((_, n) => n !== i).map((other) => other.height)
  return [
    ...features,
    `off:${Math.min(4, Math.floor(off * 12))}`,
    ...(row.height >= tallest ? ['tallest'] : []),
    ...(row.height > 1.2 * Math.max(...rest, 0) ? ['towers'] : []),
    `height:${Math.min(5, Math.floor(row.height * 3))}`,
  ]
}

const NOT_NAMES: readonly Topic[] = [
  'invoice',
  'greeting',
  'phone',
  'street',
  'identity',
  'date',
  'person',
  'price',
  'web',
]

function looksLikeName({ text, keyed }: Row): boolean {
  return bare(text).length > 4 && !/\d{2}/.test(text) && !keyed.topics.some((topic) => NOT_NAMES.includes(topic))
}

/** How well rows that follow one another make one name. */
export function joinFeatures(parts: readonly Row[]): string[] {
  const before = parts.slice(0, -1)
  const end = parts.at(-1)!
  const texts = before.map(({ text }) => text).join(' ')
  const way = `${texts.search(LEGAL_END) >= 0 ? 'legal' : 'plain'}+${end.text.search(LEGAL_END) >= 0 ? 'legal' : 'plain'}`
  const heights = parts.map(({ height }) => height)
  const isOpen = (texts.match(/\(/g)?.length ?? 0) > (texts.match(/\)/g)?.length ?? 0)
  return [
    `join:${way}`,
    `join-words:${Math.min(3, before.at(-1)!.keyed.words.length)}+${Math.min(3, end.keyed.words.length)}`,
    Math.min(...heights) > ALIKE * Math.max(...heights) ? 'join-alike' : 'join-unlike',
    ...(isOpen ? ['join-open'] : []),
    ...(LEADS_ON.test(texts) ? ['join-leads-on'] : []),
    ...(/^\s*[&(]/.test(end.text) ? ['join-goes-on'] : []),
    ...(/\d/.test(end.text) ? ['join-digits'] : []),
    ...[...new Set(parts.slice(1).flatMap(({ keyed }) => keyed.topics))].map((topic) => `j:${topic}`),
  ]
}

/** Share of the taller row's height from which two rows look alike. */
const ALIKE = 0.85
/** What no name ends with. */
const LEADS_ON = /(?:&|\b(?:AND|OF|THE|BY|DE|UND|ET|Y)|[-,(])\s*$/i
