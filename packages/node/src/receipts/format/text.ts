import type { SaidReceipt } from './say.ts'

/** Columns of a line, as terminals and mail readers have them. */
const WIDTH = 80
const RULE = '-'.repeat(WIDTH)

/** The receipt as plain text, no line wider than 80 columns; wide characters count as two (UAX #11). */
export function receiptText(said: SaidReceipt): string {
  const { words, seller, buyer, facts, lines, sums, total, since, closing } = said
  const blocks: string[][] = [
    [seller.name, ...seller.lines].flatMap((line) => wrapped(line, WIDTH)),
    [said.title.toUpperCase(), ...facts.slice(1).flatMap(([label, value]) => wrapped(`${label}: ${value}`, WIDTH))],
    buyer.length > 0 ? [`${words.soldTo}:`, ...buyer].flatMap((line) => wrapped(line, WIDTH)) : [],
    [
      RULE,
      ...lines.flatMap(({ name, quantity, price, amount }) => [
        ...wrapped(name, WIDTH),
        apart(`  ${quantity} x ${price}`, amount),
      ]),
      RULE,
      ...[...sums, total].map(([label, value]) => apart(label, value)),
    ],
    since.map(([label, value]) => apart(label, value)),
    closing.flatMap((line) => wrapped(line, WIDTH)),
  ]
  const shown = blocks.filter((block) => block.length > 0).map((block) => block.join('\n'))
  return `${shown.join('\n\n')}\n`
}

/** Two texts at the two ends of a line, or of two where one does not hold both. */
function apart(left: string, right: string): string {
  const space = WIDTH - widthOf(left) - widthOf(right)
  if (space >= 1) return left + ' '.repeat(space) + right
  return [...wrapped(left, WIDTH), ' '.repeat(Math.max(0, WIDTH - widthOf(right))) + right].join('\n')
}

/** Breaks between words, and within one that is wider than a line. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.replace(/\s+/g, ' ').trim().split(' ')) {
    for (const piece of pieces(word, width)) {
      const longer = line === '' ? piece : `${line} ${piece}`
      if (widthOf(longer) <= width) {
        line = longer
      } else {
        lines.push(line)
        line = piece
      }
    }
  }
  return [...lines, line]
}

function pieces(word: string, width: number): string[] {
  if (widthOf(word) <= width) return [word]
  const found: string[] = []
  let piece = ''
  for (const character of word) {
    if (widthOf(piece + character) > width) {
      found.push(piece)
      piece = ''
    }
    piece += character
  }
  return [...found, piece]
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
const NONE = /\p{M}|[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u

function widthOf(text: string): number {
  let width = 0
  for (const character of text) width += NONE.test(character) ? 0 : WIDE.test(character) ? 2 : 1
  return width
}
