export { type LedgerDomainPorts, ledgerDomain } from './domain.ts'
export type { LedgerOwner, LedgerPort } from './ports.ts'
