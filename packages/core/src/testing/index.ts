export { exampleOf } from '../contract/example-of.ts'
export { type FakeClock, fakeClock } from './fake-clock.ts'
export {
  type MemoryPlatform,
  type MemoryPlatformOptions,
  memoryPlatform,
  type ScriptedAnswer,
} from './memory-platform.ts'
export { type MockOptions, type MockOverrides, type MswHttp, mockHandlers } from './mock-handlers.ts'
export { type ProblemResponseOptions, problemResponse } from './problem-response.ts'
export { seededRandom } from './seeded-random.ts'
