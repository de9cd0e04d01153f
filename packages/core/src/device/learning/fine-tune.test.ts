import { beforeAll, describe, expect, it } from 'vitest'
import { bundleLearning } from '../../../build-learning.ts'
import { meanLoss, type RerankCase } from '../../brain/rerank/learn.ts'
import { networkScores, partsOf } from '../../brain/rerank/network.ts'
import type * as FineTune from './fine-tune.ts'

const INPUTS = 5
/** As it is shipped: TensorFlow.js with what is in use, and nothing more. */
let lean: typeof FineTune

beforeAll(async () => {
  const code = await bundleLearning('fine-tune')
  lean = await import(/* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`)
})

/** Numbers between -1 and 1, the same ones each time. */
function numbers(count: number, seed = 1): Float32Array {
  let state = seed
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  })
}

const weights = numbers(partsOf(INPUTS).length)
/** Visitors who always choose the candidate whose second feature is the greatest. */
const cases: RerankCase[] = Array.from({ length: 12 }, (_, i) => {
  const rows = 8 + (i % 3)
  const features = numbers(rows * INPUTS, i + 2)
  const seconds = Array.from({ length: rows }, (_, row) => features[row * INPUTS + 1]!)
  return { features, right: [seconds.indexOf(Math.max(...seconds))] }
})

describe('fine-tuning', () => {
  it('scores by TensorFlow.js as the plain code does that answers', async () => {
    const features = numbers(50 * INPUTS, 7)
    const theirs = await lean.tensorScores(weights, features, INPUTS)
    const ours = networkScores(weights, features, INPUTS)
    expect(theirs).toHaveLength(50)
    for (const [row, score] of ours.entries()) expect(theirs[row]).toBeCloseTo(score, 5)
  })

  it('makes what was chosen likelier, step by step', async () => {
    const before = meanLoss(weights, INPUTS, cases)
    const some = await lean.fineTune({ weights, inputs: INPUTS, cases, steps: 5, rate: 0.02, pull: 0 })
    const more = await lean.fineTune({ weights, inputs: INPUTS, cases, steps: 60, rate: 0.02, pull: 0 })
    expect(meanLoss(some, INPUTS, cases)).toBeLessThan(before)
    expect(meanLoss(more, INPUTS, cases)).toBeLessThan(meanLoss(some, INPUTS, cases) - 0.2)
  })

  it('gives the same weights for the same events', async () => {
    const task = { weights, inputs: INPUTS, cases, ...lean.FINE_TUNING }
    expect(await lean.fineTune(task)).toEqual(await lean.fineTune(task))
  })

  it('stays where it began the more it is pulled there', async () => {
    const far = async (pull: number) => {
      const learned = await lean.fineTune({ weights, inputs: INPUTS, cases, steps: 60, rate: 0.02, pull })
      return learned.reduce((sum, weight, i) => sum + (weight - weights[i]!) ** 2, 0)
    }
    expect(await far(1)).toBeLessThan((await far(0)) / 4)
  })

  it('leaves the weights that it was given as they are', async () => {
    const given = weights.slice()
    await lean.fineTune({ weights: given, inputs: INPUTS, cases, steps: 3, rate: 0.1, pull: 0 })
    expect(given).toEqual(weights)
  })
})
