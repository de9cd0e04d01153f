import type { HeldOut } from './calibrate.ts'
import { type FitOptions, fitParts, type Sample } from './fit.ts'
import { areFew } from './plan.ts'
import { seededRandom, shuffle } from './random.ts'
import { createScorer } from './scorer.ts'

/** A tenth is held out once; of few examples a fifth, twice, so that more of them can tell. */
const MANY = { share: 0.1, rounds: 1 } as const
const FEW = { share: 0.2, rounds: 2 } as const
/** Networks that stand for all of them where only confidence is to be fitted: their logits are alike. */
const HELD_OUT_NETWORKS = 1

/** The work of `heldOutAnswers`, in parts of the work of fitting all samples with these options. */
export function heldOutWork(examples: number, { networks }: FitOptions): number {
  const { share, rounds } = areFew(examples) ? FEW : MANY
  return (rounds * (1 - share) * Math.min(networks, HELD_OUT_NETWORKS)) / Math.max(1, networks)
}

/** Learns without some of the samples, and says what the parts answer to those. */
export function heldOutAnswers(samples: readonly Sample[], options: FitOptions): HeldOut[] {
  const { share, rounds } = areFew(samples.length) ? FEW : MANY
  const cuts = cut(samples, share, seededRandom(options.seed))
  return Array.from({ length: rounds }, (_, round) => round).flatMap((round) => {
    const [kept, held] = cuts(round)
    const parts = fitParts(kept, {
      ...options,
      networks: Math.min(options.networks, HELD_OUT_NETWORKS),
      onProgress: (done) => options.onProgress?.((round + done) / rounds),
    })
    const score = createScorer(parts, options.conceptOf)
    return held.map(({ words, label }) => ({ scores: structuredClone(score(words)), label }))
  })
}

/** Cuts each intent's samples, in a random order, into what is kept and the `round`th part that is held out; never the last one of an intent. */
function cut(samples: readonly Sample[], share: number, random: () => number) {
  const byLabel = Map.groupBy(samples, ({ label }) => label)
  const groups = [...byLabel.keys()].sort((a, b) => a - b).map((label) => shuffle([...byLabel.get(label)!], random))
  return (round: number): [kept: Sample[], held: Sample[]] => {
    const kept: Sample[] = []
    const held: Sample[] = []
    for (const group of groups) {
      const count = group.length < 2 ? 0 : Math.max(1, Math.round(group.length * share))
      const from = (round * count) % group.length
      group.forEach((sample, i) => {
        const isHeld = (i - from + group.length) % group.length < count
        if (isHeld) held.push(sample)
        else kept.push(sample)
      })
    }
    return [kept, held]
  }
}
