export {
  type DeviceAnswers,
  type DeviceFeature,
  type DeviceOptions,
  deviceAnswers,
  type WithDevice,
} from './device-answers.ts'
export { deviceLearning, type LearningOptions } from './device-learning.ts'
export type { DeviceLearner, LearningTask } from './learner.ts'
export { type DeviceStore, memoryDeviceStore } from './store.ts'
export type { Told } from './touches.ts'
