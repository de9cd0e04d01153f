import { sequence } from './sequence.ts'

/**
 * Boosted regression trees that rank the candidates of many questions: each tree follows the gradient of the listwise
 * softmax loss, −Σ y log p, where p is the softmax of the scores of one question and y spreads one over its right answers.
 * Sources: Friedman, "Greedy function approximation", 2001; Cao et al., "Learning to rank: from pairwise approach to
 * listwise approach" (ListNet), 2007.
 */
export interface RankingTask {
  /** Row-major, `featureCount` numbers for each candidate. */
  readonly features: Float32Array
  readonly featureCount: number
  /** 1 for a right answer, else 0. */
  readonly labels: Uint8Array
  /** For how many candidates each stands, where only some of them were drawn. */
  readonly weights: Float32Array
  /** Scores to begin with; `null` begins at zero. The trees add to them. */
  readonly offsets: Float32Array | null
  /** Candidates `starts[q]` … `starts[q + 1] - 1` belong to question `q`. */
  readonly starts: Uint32Array
}

export interface BoostOptions {
  readonly trees: number
  readonly leaves: number
  readonly learningRate: number
  /** Fewest candidates in a leaf. */
  readonly minRows: number
  /** Share of the questions that each tree is grown on, drawn anew for each: faster, and less taken in by chance. */
  readonly sample: number
  /** Added to the curvature of each leaf: holds back what little evidence says. */
  readonly ridge: number
}

/**
 * Trees as arrays: node `n` asks whether `feature[n]` ≤ `threshold[n]`, then goes to `left[n]` or `left[n] + 1`; where
 * `left[n]` is 0 it is a leaf of value `threshold[n]`. `roots` has one node for each tree.
 */
export interface Trees {
  readonly roots: Uint32Array
  readonly feature: Uint8Array
  readonly threshold: Float32Array
  readonly left: Uint32Array
}

const BINS = 64
/** Rows from which the borders of the bins are read. */
const SAMPLED_ROWS = 20_000

/**
 * Learns from `task`; where `check` holds other questions, as many of the first trees are kept as answer those best, which may
 * be none. Cost: O(trees · depth · rows · features).
 */
export function boost(task: RankingTask, options: BoostOptions, check?: RankingTask): Trees {
  const rows = task.labels.length
  const { featureCount } = task
  const borders = bordersOf(task)
  const bins = binned(task, borders)
  const scores = task.offsets ? Float64Array.from(task.offsets) : new Float64Array(rows)
  const gradient = new Float64Array(rows)
  const curvature = new Float64Array(rows)
  const order = new Uint32Array(rows)
  const random = sequence()
  const scratch = new Uint32Array(rows)
  const trees = growingTrees()
  const watch = check && lossWatch(check)
  const grower = { bins, borders, featureCount, gradient, curvature, order, scratch, options }
  for (let tree = 0; tree < options.trees; tree++) {
    followSoftmax(task, scores, gradient, curvature)
    growTree(grower, drawRows(task, options.sample, order, random), trees)
    for (let row = 0; row < rows; row++) scores[row]! += trees.lastValue(task.features, row * featureCount)
    watch?.(trees)
  }
  return trees.done(watch?.best() ?? options.trees)
}

/** Puts the rows of a share of the questions at the front of `order`; gives how many. */
function drawRows(
  { starts }: RankingTask,
  share: number,
  order: Uint32Array,
  random: (below: number) => number,
): number {
  let count = 0
  for (let q = 0; q + 1 < starts.length; q++) {
    if (random(SHARES) >= share * SHARES) continue
    for (let row = starts[q]!; row < starts[q + 1]!; row++) order[count++] = row
  }
  return count
}
const SHARES = 1_000

/** Follows the loss on other questions as trees are added. */
function lossWatch(task: RankingTask) {
  const scores = task.offsets ? Float64Array.from(task.offsets) : new Float64Array(task.labels.length)
  let least = softmaxLoss(task, scores)
  let best = 0
  let count = 0
  const watch = (trees: ReturnType<typeof growingTrees>) => {
    for (let row = 0; row < scores.length; row++)
      scores[row]! += trees.lastValue(task.features, row * task.featureCount)
    count++
    const loss = softmaxLoss(task, scores)
    if (loss >= least) return
    least = loss
    best = count
  }
  watch.best = () => best
  return watch
}

/** Mean of −log p over the right answers. */
function softmaxLoss({ labels, weights, starts }: RankingTask, scores: Float64Array): number {
  let loss = 0
  for (let q = 0; q + 1 < starts.length; q++) {
    let sum = 0
    let right = 0
    let score = 0
    for (let row = starts[q]!; row < starts[q + 1]!; row++) {
      sum += weights[row]! * Math.exp(scores[row]!)
      if (labels[row] === 0) continue
      right++
      score += scores[row]!
    }
    loss += Math.log(sum) - score / right
  }
  return loss
}

/** The score of the candidate whose features begin at `at`. */
export function treeScore(trees: Trees, features: Float32Array, at: number): number {
  const { roots, feature, threshold, left } = trees
  let sum = 0
  for (let t = 0; t < roots.length; t++) {
    let node = roots[t]!
    for (let next = left[node]!; next !== 0; next = left[node]!) {
      node = features[at + feature[node]!]! <= threshold[node]! ? next : next + 1
    }
    sum += threshold[node]!
  }
  return sum
}

function followSoftmax(
  { labels, weights, starts }: RankingTask,
  scores: Float64Array,
  gradient: Float64Array,
  curvature: Float64Array,
): void {
  for (let q = 0; q + 1 < starts.length; q++) {
    const start = starts[q]!
    const end = starts[q + 1]!
    let most = Number.NEGATIVE_INFINITY
    let right = 0
    for (let row = start; row < end; row++) {
      most = Math.max(most, scores[row]!)
      right += labels[row]!
    }
    let sum = 0
    for (let row = start; row < end; row++) sum += weights[row]! * Math.exp(scores[row]! - most)
    for (let row = start; row < end; row++) {
      const share = (weights[row]! * Math.exp(scores[row]! - most)) / sum
      gradient[row] = labels[row]! / right - share
      curvature[row] = share * (1 - share)
    }
  }
}

interface Grower {
  readonly bins: Uint8Array
  readonly borders: readonly Float32Array[]
  readonly featureCount: number
  readonly gradient: Float64Array
  readonly curvature: Float64Array
  readonly order: Uint32Array
  readonly scratch: Uint32Array
  readonly options: BoostOptions
}

interface Leaf {
  readonly start: number
  readonly end: number
  readonly node: number
  readonly histogram: Float64Array
  readonly gain: number
  readonly feature: number
  readonly bin: number
}

/** Splits the leaf that gains most, until there are enough leaves. */
function growTree(grower: Grower, rows: number, trees: ReturnType<typeof growingTrees>): void {
  const { order, options } = grower
  const root = trees.addRoot()
  let leaves: Leaf[] = [bestSplit(grower, 0, rows, root, histogramOf(grower, 0, rows))]
  while (leaves.length < options.leaves) {
    const best = leaves.reduce((most, leaf) => (leaf.gain > most.gain ? leaf : most))
    if (!(best.gain > 0)) break
    const middle = partition(grower, best)
    const threshold = grower.borders[best.feature]![best.bin]!
    const left = trees.split(best.node, best.feature, threshold)
    const isLeftSmaller = middle - best.start <= best.end - middle
    const small = isLeftSmaller ? histogramOf(grower, best.start, middle) : histogramOf(grower, middle, best.end)
    const large = best.histogram
    for (let i = 0; i < large.length; i++) large[i]! -= small[i]!
    leaves = leaves.filter((leaf) => leaf !== best)
    leaves.push(bestSplit(grower, best.start, middle, left, isLeftSmaller ? small : large))
    leaves.push(bestSplit(grower, middle, best.end, left + 1, isLeftSmaller ? large : small))
  }
  for (const { start, end, node } of leaves) {
    let gradient = 0
    let curvature = options.ridge
    for (let at = start; at < end; at++) {
      gradient += grower.gradient[order[at]!]!
      curvature += grower.curvature[order[at]!]!
    }
    const value = Math.fround((options.learningRate * gradient) / curvature)
    trees.settle(node, value)
  }
}

/** Sums of gradient, curvature and rows for each bin of each feature. */
function histogramOf({ bins, featureCount, gradient, curvature, order }: Grower, start: number, end: number) {
  const histogram = new Float64Array(featureCount * BINS * 3)
  for (let at = start; at < end; at++) {
    const row = order[at]!
    const slope = gradient[row]!
    const bend = curvature[row]!
    const base = row * featureCount
    for (let f = 0; f < featureCount; f++) {
      const slot = (f * BINS + bins[base + f]!) * 3
      histogram[slot]! += slope
      histogram[slot + 1]! += bend
      histogram[slot + 2]!++
    }
  }
  return histogram
}

function bestSplit(
  { borders, featureCount, options }: Grower,
  start: number,
  end: number,
  node: number,
  histogram: Float64Array,
): Leaf {
  let best = { gain: 0, feature: 0, bin: 0 }
  let gradient = 0
  let curvature = 0
  for (let bin = 0; bin < BINS; bin++) {
    gradient += histogram[bin * 3]!
    curvature += histogram[bin * 3 + 1]!
  }
  const rows = end - start
  const { ridge, minRows } = options
  const whole = (gradient * gradient) / (curvature + ridge)
  for (let feature = 0; feature < featureCount; feature++) {
    let [slope, bend, count] = [0, 0, 0]
    for (let bin = 0; bin < borders[feature]!.length; bin++) {
      const slot = (feature * BINS + bin) * 3
      slope += histogram[slot]!
      bend += histogram[slot + 1]!
      count += histogram[slot + 2]!
      if (count < minRows) continue
      if (rows - count < minRows) break
      const rest = gradient - slope
      const gain = (slope * slope) / (bend + ridge) + (rest * rest) / (curvature - bend + ridge) - whole
      if (gain > best.gain + 1e-9) best = { gain, feature, bin }
    }
  }
  return { start, end, node, histogram, ...best }
}

/** Moves the rows that go left to the front of their leaf, in order; gives where the others begin. */
function partition({ bins, featureCount, order, scratch }: Grower, { start, end, feature, bin }: Leaf): number {
  let left = start
  let right = 0
  for (let at = start; at < end; at++) {
    const row = order[at]!
    if (bins[row * featureCount + feature]! <= bin) order[left++] = row
    else scratch[right++] = row
  }
  order.set(scratch.subarray(0, right), left)
  return left
}

/** Values of each feature that part its rows into at most `BINS` bins of equal size. */
function bordersOf({ features, featureCount, labels }: RankingTask): Float32Array[] {
  const step = Math.max(1, Math.floor(labels.length / SAMPLED_ROWS))
  const sampled = Math.ceil(labels.length / step)
  return Array.from({ length: featureCount }, (_, f) => {
    const values = Float32Array.from({ length: sampled }, (_, i) => features[i * step * featureCount + f]!).sort()
    const borders = new Set<number>()
    for (let bin = 1; bin < BINS; bin++) borders.add(values[Math.floor((bin * sampled) / BINS)]!)
    borders.delete(values[sampled - 1]!)
    return Float32Array.from(borders)
  })
}

function binned({ features, featureCount, labels }: RankingTask, borders: readonly Float32Array[]): Uint8Array {
  const bins = new Uint8Array(labels.length * featureCount)
  for (let at = 0; at < bins.length; at++) {
    const limits = borders[at % featureCount]!
    const value = features[at]!
    let low = 0
    let high = limits.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (value <= limits[middle]!) high = middle
      else low = middle + 1
    }
    bins[at] = low
  }
  return bins
}

function growingTrees() {
  const roots: number[] = []
  const feature: number[] = []
  const threshold: number[] = []
  const left: number[] = []
  const add = (): number => {
    feature.push(0)
    threshold.push(0)
    return left.push(0) - 1
  }
  return {
    addRoot(): number {
      const node = add()
      roots.push(node)
      return node
    },
    split(node: number, by: number, at: number): number {
      const child = add()
      add()
      feature[node] = by
      threshold[node] = at
      left[node] = child
      return child
    },
    settle(node: number, value: number): void {
      threshold[node] = value
    },
    /** What the newest tree says. */
    lastValue(features: Float32Array, at: number): number {
      let node = roots[roots.length - 1]!
      for (let next = left[node]!; next !== 0; next = left[node]!) {
        node = features[at + feature[node]!]! <= threshold[node]! ? next : next + 1
      }
      return threshold[node]!
    },
    /** The first `count` trees. */
    done(count: number): Trees {
      const end = roots[count] ?? left.length
      return {
        roots: Uint32Array.from(roots.slice(0, count)),
        feature: Uint8Array.from(feature.slice(0, end)),
        threshold: Float32Array.from(threshold.slice(0, end)),
        left: Uint32Array.from(left.slice(0, end)),
      }
    },
  }
}
