export interface FoundOrdinal {
  /** From 1; −1 is the last. */
  readonly value: number
  readonly from: number
  readonly to: number
}

const WORDS = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ')
const NOUN = '(?:\\s+(?:one|item|option|choice|result|product|order)s?)?'
const FORMS = [
  `(?<!\\b(?:a|per|few|any|split)\\s)(?<word>${WORDS.join('|')})\\b(?!\\s+(?:of\\s+all|name|class|time|hand))${NOUN}`,
  `(?<digits>\\d{1,2})(?:st|nd|rd|th)\\b${NOUN}`,
  '(?<!\\border\\s)(?:number|option|item|choice)\\s+(?<count>\\d{1,2}|one|two|three|four|five|six)\\b(?![.,]?\\d)',
  '(?<last>last)\\s+(?:one|item|option|choice|result)\\b',
  '(?<=\\bthe\\s)(?<end>last)(?=[\\s.!?]*$)',
]
const ORDINAL = new RegExp(`\\b(?:${FORMS.join('|')})`, 'gi')
const COUNTS = ['one', 'two', 'three', 'four', 'five', 'six']

/** "the second one", "3rd", "option 2", "the last one" in English text. */
export function findOrdinals(text: string): FoundOrdinal[] {
  return [...text.matchAll(ORDINAL)].flatMap((match) => {
    const { word, digits, count, last, end } = match.groups!
    const value = (last ?? end) ? -1 : word ? WORDS.indexOf(word.toLowerCase()) + 1 : countOf((digits ?? count)!)
    return value === 0 ? [] : [{ value, from: match.index, to: match.index + match[0].length }]
  })
}

function countOf(said: string): number {
  const word = COUNTS.indexOf(said.toLowerCase())
  return word >= 0 ? word + 1 : Number(said)
}
