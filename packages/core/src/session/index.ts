export { sessionMessage } from './messages.ts'
export type { Observable } from './observable.ts'
export {
  type PersonSession,
  personSession,
  type SessionFeature,
  type SessionOptions,
  type WithSession,
} from './session.ts'
export type { SessionState, SignedOutBecause } from './state.ts'
export type { TokenStorage } from './storage.ts'
export type { WantedPage } from './wanted-page.ts'
