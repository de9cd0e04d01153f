import { findNames } from '../intent/entities/find-names.ts'
import type { Entity } from '../intent/entities/types.ts'
import { type Heard, phraseOf, spokenWords } from './hear.ts'
import { isItemOf, isSameValue, valueOfEntity, valueOfItem } from './slot-value.ts'
import type { DialogueItem, Json, PackSlot } from './types.ts'

export interface Filling {
  readonly heard: Heard
  /** The slots of the goal, in order. */
  readonly names: readonly string[]
  readonly slots: Readonly<Record<string, PackSlot>>
  /** What they hold, and in which order that came. */
  readonly held: Readonly<Record<string, Json>>
  readonly filled: readonly string[]
  /** The slot that was asked for. */
  readonly expected?: string | undefined
  /** A new goal, an answer, a correction of what is held, or a goal that ended gone through again with something else. */
  readonly mode: 'new' | 'answer' | 'correct' | 'again'
  readonly shown: readonly DialogueItem[]
  readonly pointed: readonly DialogueItem[]
  readonly currency: string
  readonly nameOf: (list: string, id: string) => string
  /** What a slot can hold: found by a single word of its name, if that tells it from the others. */
  readonly candidatesOf: (slot: string) => readonly DialogueItem[]
  readonly filler: ReadonlySet<string>
  readonly not: ReadonlySet<string>
}

export interface Filled {
  readonly values: ReadonlyMap<string, Json>
  /** Words beside the values that say something of their own. */
  readonly residue: number
  /** The same beside everything that was found, whether a slot takes it or not. */
  readonly bareResidue: number
}

const SHORTEST_TELLING = 3

interface Offer {
  readonly value: Json
  readonly slot: string
}

interface Span {
  readonly from: number
  readonly to: number
}

/** What an utterance says about the slots of a goal. O(entities · slots). */
export function fillSlots(filling: Filling): Filled {
  const { heard, names, slots, expected, mode } = filling
  const values = new Map<string, Json>()
  const covered: Span[] = []
  const give = (slot: string, value: Json, span: Span | undefined) => {
    values.set(slot, value)
    if (span) covered.push(span)
  }
  const isFree = ({ from, to }: Span) => !covered.some((one) => from < one.to && one.from < to)

  const negated = heard.entities.filter((entity) => isNegated(entity, filling))
  for (const entity of negated) covered.push(entity)
  for (const entity of heard.entities) {
    if (negated.includes(entity)) continue
    const offers = offersOf(entity, filling).filter(({ slot }) => !values.has(slot))
    const chosen = choose(offers, entity, negated, filling)
    if (chosen) give(chosen.slot, chosen.value, entity)
  }
  for (const name of names) {
    const slot = slots[name]!
    if (values.has(name) || !slot.choices || !mayFill(name, filling)) continue
    const choice = findChoice(heard.text, slot, filling.not)
    if (choice && isFree(choice)) give(name, choice.id, choice)
  }
  const ordinal = heard.entities.find(({ kind }) => kind === 'ordinal')
  if (ordinal?.kind === 'ordinal' && isFree(ordinal)) {
    const picked = pickShown(ordinal.value, filling, values)
    if (picked) give(picked.slot, picked.value, ordinal)
  }
  if (heard.hasPronoun && mode !== 'correct') {
    for (const name of names) {
      const slot = slots[name]!
      if (values.has(name) || (filling.held[name] !== undefined && name !== expected)) continue
      const item = filling.pointed.find((one) => isItemOf(one, slot, name))
      if (item && !slot.onlyWhenAsked) give(name, valueOfItem(item, slot), undefined)
    }
  }
  if (expected && slots[expected]?.kind === 'yes-no' && !values.has(expected)) {
    const said = heard.act ?? heard.lead
    if (said === 'yes' || said === 'no') give(expected, said === 'yes', { from: 0, to: heard.text.length })
  }
  for (const name of names) {
    const item = values.has(name) ? undefined : byOneWord(name, filling)
    if (item && isFree(item.span)) give(name, item.value, item.span)
  }
  const telling = heard.words.filter(
    (word) => isFree(word) && !filling.filler.has(word.word) && !isCue(word.word, filling),
  )
  const bare = telling.filter((word) => !heard.entities.some((one) => word.from < one.to && one.from < word.to))
  return { values, residue: telling.length, bareResidue: bare.length }
}

/**
 * "Holiday" for the holiday fund: a word that stands in one name or choice only. It counts in an answer, and right after a cue of the
 * slot: "to Anna".
 */
function byOneWord(name: string, filling: Filling): { value: Json; span: Span } | undefined {
  const { heard, expected, slots, candidatesOf, filler, not } = filling
  const slot = slots[name]!
  const isAsked = name === expected
  if (!isAsked && (slot.kind !== 'name' || !slot.cues?.length)) return undefined
  const named = (slot.choices ?? []).map(({ id, label, words = [] }) => ({
    value: id as Json,
    names: [label, ...words],
  }))
  const listed = candidatesOf(name).map((item) => ({ value: valueOfItem(item, slot), names: [item.name] }))
  const options = [...named, ...listed].map(({ value, names }) => ({
    value,
    words: new Set(names.flatMap((one) => spokenWords(one).map(({ word }) => word))),
  }))
  for (const said of heard.words) {
    if (filler.has(said.word) || said.word.length < SHORTEST_TELLING || not.has(said.word)) continue
    const cued = cuedSlots(said, filling)
    if (cued.length > 0 ? !cued.includes(name) : !isAsked) continue
    const matches = options.filter(({ words }) => words.has(said.word))
    if (matches.length === 1 && !isNegated(said, filling)) return { value: matches[0]!.value, span: said }
  }
  return undefined
}

/** Slots that an entity may be for, with what it is worth to them. */
function offersOf(entity: Entity, filling: Filling): Offer[] {
  const { names, slots, expected, mode, currency, nameOf, heard } = filling
  const cued = cuedSlots(entity, filling)
  return names.flatMap((name) => {
    const slot = slots[name]!
    if (cued.length > 0 && !cued.includes(name)) return []
    if (!mayFill(name, filling) && !cued.includes(name)) return []
    const isLoose =
      name === expected || mode === 'correct' || mode === 'again' || (cued.includes(name) && slot.kind === 'money')
    const read = slot.prefer === 'future' ? sameAhead(entity, heard) : entity
    const value = valueOfEntity(read, { slot, name, currency, isLoose })
    if (value === undefined) return []
    const named =
      read.kind === 'name' && slot.kind === 'name'
        ? { list: read.list, id: read.id, name: nameOf(read.list, read.id) }
        : value
    return [{ slot: name, value: named }]
  })
}

/** Which of the slots that would take it: the one that is named, then asked for, then empty, then (to correct it) filled last. */
function choose(
  offers: readonly Offer[],
  entity: Entity,
  negated: readonly Entity[],
  filling: Filling,
): Offer | undefined {
  const { expected, held, filled, mode } = filling
  if (offers.length === 0) return undefined
  const cued = cuedSlots(entity, filling)
  const byCue = offers.find(({ slot }) => cued.includes(slot))
  if (byCue) return byCue
  if (mode === 'correct') {
    const replaced = offers.find(({ slot }) =>
      negated.some((one) => {
        const value = valueOfEntity(one, {
          slot: filling.slots[slot]!,
          name: slot,
          currency: filling.currency,
          isLoose: true,
        })
        return value !== undefined && isSameValue(value, held[slot])
      }),
    )
    const named = offers.find(({ slot }) => isNamed(slot, filling))
    const recent = filled.toReversed().find((name) => offers.some(({ slot }) => slot === name))
    const asked = offers.find(({ slot }) => slot === expected && held[slot] === undefined)
    const sameAsHeld = (offer: Offer | undefined) => offer && isSameValue(offer.value, held[offer.slot])
    const latest = offers.find(({ slot }) => slot === recent)
    const other = sameAsHeld(latest) ? offers.find((one) => one !== latest && !sameAsHeld(one)) : undefined
    return replaced ?? named ?? other ?? latest ?? asked ?? offers[0]
  }
  const asked = offers.find(({ slot }) => slot === expected)
  const empty = offers.find(({ slot }) => held[slot] === undefined)
  return (
    asked ??
    empty ??
    (mode === 'again' || mode === 'answer' ? offers.find(({ slot }) => held[slot] !== undefined) : offers[0])
  )
}

/** The same entity with its days ahead. */
function sameAhead(entity: Entity, { ahead }: Heard): Entity {
  return ahead.find(({ kind, from }) => kind === entity.kind && from === entity.from) ?? entity
}

function mayFill(name: string, { slots, expected, mode }: Filling): boolean {
  return !slots[name]!.onlyWhenAsked || name === expected || mode === 'correct'
}

/** Slots whose cue stands right before the entity: "from" savings. */
function cuedSlots({ from }: Span, { heard, names, slots, filler }: Filling): string[] {
  const before = heard.words.filter((word) => word.to <= from).map(({ word }) => word)
  const lengthOf = (cue: string): number => {
    const words = cue.split(' ')
    for (let end = before.length; end > Math.max(0, before.length - 4); end--) {
      if (before.slice(Math.max(0, end - words.length), end).join(' ') === cue) return words.length
      // Only words that say nothing may stand between the cue and the value.
      if (!filler.has(before[end - 1]!) || allCues(slots, names).has(before[end - 1]!)) return 0
    }
    return 0
  }
  let longest = 0
  let found: string[] = []
  for (const name of names) {
    const length = Math.max(0, ...(slots[name]!.cues ?? []).map((cue) => lengthOf(phraseOf(cue))))
    if (length === 0 || length < longest) continue
    found = length > longest ? [name] : [...found, name]
    longest = length
  }
  return found
}

function allCues(slots: Readonly<Record<string, PackSlot>>, names: readonly string[]): ReadonlySet<string> {
  return new Set(names.flatMap((name) => slots[name]!.cues ?? []).map(phraseOf))
}

function isCue(word: string, { slots, names }: Filling): boolean {
  return allCues(slots, names).has(word)
}

/** "not current": what is not meant. A "no" that begins the answer is an answer by itself. */
function isNegated({ from }: Span, { heard, not, filler }: Filling): boolean {
  const before = heard.words.filter((word) => word.to <= from)
  for (let at = before.length - 1; at >= Math.max(0, before.length - 3); at--) {
    const { word } = before[at]!
    if (not.has(word)) return word !== 'no' || at > 0
    if (!filler.has(word)) return false
  }
  return false
}

/** Whether the utterance names a slot: by its own words or those of its label. */
export function isNamed(name: string, { heard, slots, filler }: Pick<Filling, 'heard' | 'slots' | 'filler'>): boolean {
  const { label, words = [] } = slots[name]!
  const spoken = ` ${heard.words.map(({ word }) => word).join(' ')} `
  if (words.some((word) => spoken.includes(` ${phraseOf(word)} `))) return true
  const nouns = spokenWords(label).map(({ word }) => word)
  const telling = nouns.filter((word) => !filler.has(word) || nouns.length === 1)
  const own = telling.length > 0 ? telling : nouns.slice(-1)
  return own.every((word) => spoken.includes(` ${word} `))
}

function findChoice(text: string, slot: PackSlot, not: ReadonlySet<string>): (Span & { id: string }) | undefined {
  const names = slot.choices!.flatMap(({ id, label, words = [] }) =>
    [label, id.replaceAll('_', ' '), ...words].map((name) => ({ id, name })),
  )
  const found = findNames(text, { choices: names }).filter(({ from }) => {
    const before = spokenWords(text.slice(0, from)).at(-1)
    return !before || !not.has(before.word) || before.from === 0
  })
  const best = found.toSorted((a, b) => b.score - a.score || b.to - b.from - (a.to - a.from))[0]
  return best && { id: best.id, from: best.from, to: best.to }
}

/** "the second one", of what was shown and a slot can hold. */
function pickShown(
  ordinal: number,
  { names, slots, shown, held, expected, mode }: Filling,
  values: ReadonlyMap<string, Json>,
): Offer | undefined {
  const order = expected ? [expected, ...names.filter((name) => name !== expected)] : names
  for (const name of order) {
    const slot = slots[name]
    if (!slot || values.has(name) || (held[name] !== undefined && mode === 'answer' && name !== expected)) continue
    const items = shown.filter((one) => isItemOf(one, slot, name))
    const item = items.at(ordinal < 0 ? ordinal : ordinal - 1)
    if (item) return { slot: name, value: valueOfItem(item, slot) }
    const choice = name === expected ? slot.choices?.at(ordinal < 0 ? ordinal : ordinal - 1) : undefined
    if (choice) return { slot: name, value: choice.id }
  }
  return undefined
}
