import { seededRandom, shuffle } from '../../src/brain/intent/random.ts'
import type { LabelledText } from './read-examples.ts'

/** Cuts each label's texts, in a seeded random order, and takes the first `share` of them (rounded) for validation. */
export function split(
  examples: readonly LabelledText[],
  share: number,
  seed: number,
): { fit: LabelledText[]; validation: LabelledText[] } {
  const groups = shuffled(examples, seed).map((group) => ({ group, count: Math.round(group.length * share) }))
  return {
    fit: groups.flatMap(({ group, count }) => group.slice(count)),
    validation: groups.flatMap(({ group, count }) => group.slice(0, count)),
  }
}

/** `count` texts of each label, drawn by `seed`; all where there are fewer. */
export function draw(examples: readonly LabelledText[], count: number, seed: number): LabelledText[] {
  return shuffled(examples, seed).flatMap((group) => group.slice(0, count))
}

function shuffled(examples: readonly LabelledText[], seed: number): LabelledText[][] {
  const random = seededRandom(seed)
  const groups = Map.groupBy(examples, ({ label }) => label)
  return [...groups.keys()].sort().map((label) => shuffle([...groups.get(label)!], random))
}
