import type { RerankCase } from '../brain/rerank/learn.ts'

/** What a visitor's own events teach a network. */
export interface LearningTask {
  /** Of the network as the server trained it. */
  readonly weights: Float32Array
  /** Features of a candidate. */
  readonly inputs: number
  /** Questions that the visitor answered by what they did, with the candidates that they had. */
  readonly cases: readonly RerankCase[]
}

/** Learns away from the page's own thread. `deviceLearning()` is one. */
export interface DeviceLearner {
  /** The visitor's own weights. Rejects where nothing can be learned here; the answers go on without. */
  learn(task: LearningTask): Promise<Float32Array>
}
