import type { LearningTask } from '../learner.ts'
import { FINE_TUNING, fineTune } from './fine-tune.ts'

/** The file that `deviceLearning` runs: one task, one answer. */
addEventListener('message', ({ data }: MessageEvent<LearningTask>) => {
  fineTune({ ...data, ...FINE_TUNING }).then(
    (weights) => postMessage({ weights }),
    (error: unknown) => postMessage({ error: String(error) }),
  )
})
