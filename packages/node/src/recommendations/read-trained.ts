import { exportDevice, loadRecommender } from '@tillwright/core/brain'
import type { TrainedModel } from './ports.ts'

/** What a model file says of itself. Throws `ModelFileError` where it is not one. */
export function readTrained(file: Uint8Array): Omit<TrainedModel, 'file' | 'trainingCpuMs'> {
  const { version, trainedAt, counts, metrics } = loadRecommender(file)
  return { version, trainedAt, counts, metrics, deviceFile: exportDevice(file) }
}
