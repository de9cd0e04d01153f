import type { RecommendationQuery, Recommendations } from '@tillwright/core/contract'
import { LRUCache } from 'lru-cache'
import type { CheckedJson } from '../http/checked-json.ts'
import type { Shelf } from './shelf-content.ts'

/** Questions whose answers are remembered, of each tenant. */
const REMEMBERED_QUESTIONS = 20_000

/** An answer as it is written, but for its id. */
export type WrittenAnswer = CheckedJson<Recommendations>

/** An answer that holds for whoever asks the same. */
export interface RememberedAnswer {
  readonly answer: WrittenAnswer
  /** What the answer's id says behind its fresh part. */
  readonly label: string
  /** Until when it holds, ms since 1970. */
  readonly until: number
}

export interface RememberedAnswers {
  /** By the query itself: requests of one text share one. */
  readonly byQuery: WeakMap<RecommendationQuery, RememberedAnswer>
  /** By what the question says, whatever text it came in. */
  readonly byQuestion: LRUCache<string, WrittenAnswer>
}

/** What was answered from each shelf. It goes with the shelf, which another replaces when anything in it changes. */
export function rememberedAnswers(): (shelf: Shelf) => RememberedAnswers {
  const ofShelves = new WeakMap<Shelf, RememberedAnswers>()
  return (shelf) => {
    let known = ofShelves.get(shelf)
    if (!known) {
      known = { byQuery: new WeakMap(), byQuestion: new LRUCache({ max: REMEMBERED_QUESTIONS }) }
      ofShelves.set(shelf, known)
    }
    return known
  }
}
