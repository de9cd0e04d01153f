import { describe, expect, it } from 'vitest'
import { decide, gainOfAsking } from './decide.ts'
import type { Classification } from './types.ts'

const classified = (confidences: Readonly<Record<string, number>>, isInScope = true): Classification => {
  const alternatives = Object.entries(confidences).map(([intent, confidence]) => ({ intent, confidence }))
  const [first] = alternatives
  return { intent: isInScope ? first!.intent : null, confidence: first!.confidence, alternatives, scope: 0 }
}
const unsure = classified({ returns: 0.45, refund: 0.4, exchange: 0.1, hours: 0.05 })

describe('a decision', () => {
  it('is to answer where the model is sure enough', () => {
    const sure = classified({ returns: 0.9, refund: 0.1 })
    expect(decide(sure, { answerFrom: 0.9 })).toEqual({ kind: 'answer', intent: 'returns' })
  })

  it('is to ask which of the three likeliest was meant where it is not', () => {
    expect(decide(unsure, { answerFrom: 0.6 })).toEqual({ kind: 'clarify', intents: ['returns', 'refund', 'exchange'] })
  })

  it('is to ask where two are close, not where the first is unlikely and so is everything else', () => {
    const close = classified({ returns: 0.5, refund: 0.48, exchange: 0.01 })
    const vague = classified({ returns: 0.4, refund: 0.1, exchange: 0.1 })
    expect(decide(close, { askFrom: 0.3 })).toMatchObject({ kind: 'clarify' })
    expect(decide(vague, { askFrom: 0.3 })).toEqual({ kind: 'answer', intent: 'returns' })
    expect(gainOfAsking(close)).toBeCloseTo(0.49)
    expect(gainOfAsking(close, 2)).toBeCloseTo(0.48)
    expect(gainOfAsking(classified({ only: 1 }))).toBe(0)
  })

  it('offers as many as it is told to, and none that is far behind', () => {
    expect(decide(unsure, { answerFrom: 0.6, choices: 2 })).toMatchObject({ intents: ['returns', 'refund'] })
    expect(decide(unsure, { answerFrom: 0.6, leastShare: 0.5 })).toMatchObject({ intents: ['returns', 'refund'] })
  })

  it('is to answer where asking is not allowed again, or there is nothing to choose from', () => {
    expect(decide(unsure, { answerFrom: 0.6, mayClarify: false })).toEqual({ kind: 'answer', intent: 'returns' })
    expect(decide(classified({ only: 0.3 }), { answerFrom: 0.6 })).toEqual({ kind: 'answer', intent: 'only' })
  })

  it('is to fall back where nothing was understood, however sure the nearest guess', () => {
    expect(decide(classified({ returns: 0.99 }, false), { answerFrom: 0.1 })).toEqual({ kind: 'fall-back' })
  })
})
