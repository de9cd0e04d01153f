export {
  type DeviceAssistant,
  type DeviceAssistantOptions,
  type DeviceMoment,
  type DeviceReply,
  deviceAssistant,
  type SaidHere,
} from '../chat/device-assistant.ts'
export { idbTalks, type KeptTalk, type TalkStore } from '../chat/idb-talks.ts'
export {
  type DeviceAnswers,
  type DeviceFeature,
  type DeviceOptions,
  deviceAnswers,
  type WithDevice,
} from './device-answers.ts'
export { deviceLearning, type LearningOptions } from './device-learning.ts'
export { idbDeviceStore } from './idb-store.ts'
export type { DeviceLearner, LearningTask } from './learner.ts'
export { type DeviceStore, memoryDeviceStore } from './store.ts'
export type { Told } from './touches.ts'
