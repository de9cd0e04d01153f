import { describe, expect, it } from 'vitest'
import { calibrate, type HeldOut } from './calibrate.ts'
import { classificationOf } from './classification.ts'
import { calibrationError } from './measure.ts'
import { seededRandom } from './random.ts'

/** Two intents, the logits three times as sure as they should be; a third of the answers out of scope where asked for. */
function overconfident(count: number, withOutside: boolean): HeldOut[] {
  const random = seededRandom(11)
  return Array.from({ length: count }, (_, i) => {
    const lean = 4 * random() - 2
    const isOutside = withOutside && i % 3 === 0
    const label = isOutside ? 2 : random() < 1 / (1 + Math.exp(-lean)) ? 0 : 1
    const outside = (isOutside ? 2 : -2) + 2 * random()
    const linear = Float32Array.from([1.5 * lean, -1.5 * lean, ...(withOutside ? [outside] : [])])
    return { scores: { linear, networks: [Float64Array.from(linear)], known: 1 }, label }
  })
}

describe('calibration', () => {
  it('takes certainty back to what held-out answers bear out', () => {
    const heldOut = overconfident(3_000, false)
    const weighing = calibrate(heldOut, 2)
    const gap = (weighed: typeof weighing) =>
      calibrationError(
        heldOut.map(({ scores, label }) => {
          const { confidences } = classificationOf(scores, 2, weighed)
          const top = confidences[0]! > confidences[1]! ? 0 : 1
          return { confidence: confidences[top]!, isRight: top === label }
        }),
      )
    const raw = { ...weighing, linearPower: 0.5, networkPower: 0.5 }
    expect(gap(raw)).toBeGreaterThan(0.1)
    expect(gap(weighing)).toBeLessThan(0.03)
    expect(weighing.linearPower + weighing.networkPower).toBeCloseTo(1 / 3, 1)
  })

  it('tells what is in scope from what is not, in log odds', () => {
    const heldOut = overconfident(900, true)
    const weighing = calibrate(heldOut, 2)
    const likelihoods = heldOut.map(({ scores, label }) => {
      const { scope } = classificationOf(scores, 2, weighing)
      return { likelihood: 1 / (1 + Math.exp(-scope)), isIn: label < 2 }
    })
    const mean = (isIn: boolean) => {
      const some = likelihoods.filter((one) => one.isIn === isIn)
      return some.reduce((sum, { likelihood }) => sum + likelihood, 0) / some.length
    }
    expect(mean(true)).toBeGreaterThan(0.8)
    expect(mean(false)).toBeLessThan(0.4)
  })

  it('changes nothing where nothing was held out', () => {
    expect(calibrate([], 2)).toMatchObject({ linearPower: 0.5, networkPower: 0.5 })
  })
})

describe('the calibration error', () => {
  it('is nothing where certainty is borne out, and the gap where it is not', () => {
    const answers = (confidence: number, right: number, of: number) =>
      Array.from({ length: of }, (_, i) => ({ confidence, isRight: i < right }))
    expect(calibrationError(answers(0.75, 3, 4))).toBeCloseTo(0)
    expect(calibrationError(answers(0.9, 5, 10))).toBeCloseTo(0.4)
    expect(calibrationError([...answers(0.9, 10, 10), ...answers(0.3, 1, 10)])).toBeCloseTo((0.1 + 0.2) / 2)
  })
})
