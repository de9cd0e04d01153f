export { type OutgoingPorts, type WebhooksOptions, webhooksDomain } from './domain.ts'
export { tellingOfPeople } from './people-taps.ts'
export type { IncomingEvent, IncomingHandler } from './ports.ts'
export { type Publish, webhookPublisher } from './publish.ts'
