import type { DeviceLearner } from './learner.ts'

export interface LearningOptions {
  /**
   * Makes the worker, where a bundler or a policy wants it made in another way. Default: a module worker from the file
   * `learning-worker.js` beside the module that this is in. A worker's file must come from the page's own origin.
   */
  readonly worker?: () => Worker
}

/** How long a worker may take before it is given up, in ms. */
const PATIENCE_MS = 60_000

/**
 * Learns with TensorFlow.js in a worker, which begins when there is something to learn and ends with it. Nothing is loaded before,
 * and nothing leaves the browser. For `deviceAnswers({ learning: deviceLearning() })`.
 */
export function deviceLearning({ worker = workerBeside }: LearningOptions = {}): DeviceLearner {
  return {
    learn(task) {
      return new Promise<Float32Array>((resolve, reject) => {
        const hired = worker()
        const giveUp = setTimeout(() => end(() => reject(new Error('The learning worker took too long'))), PATIENCE_MS)
        const end = (settle: () => void) => {
          clearTimeout(giveUp)
          hired.terminate()
          settle()
        }
        hired.onmessage = ({ data }: MessageEvent<{ weights?: Float32Array; error?: string }>) =>
          end(() => (data.weights ? resolve(data.weights) : reject(new Error(data.error))))
        hired.onerror = ({ message }) =>
          end(() => reject(new Error(`The learning worker cannot run: ${message ?? 'its file was not loaded'}`)))
        hired.postMessage(task)
      })
    },
  }
}

function workerBeside(): Worker {
  return new Worker(new URL('./learning-worker.js', import.meta.url), { type: 'module' })
}
