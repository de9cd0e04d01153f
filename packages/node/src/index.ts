export { listenNearby } from './adapters/listen-nearby.ts'
export { type Listening, type ListenOptions, listen, nodeListener } from './adapters/node.ts'
export type { ChainReport } from './audit/service.ts'
export { stopSignal } from './cli/stop-signal.ts'
export type { Principal, Tenant } from './context.ts'
export { type Database, openDatabase, type TenantDb } from './db/open.ts'
export type { DirectImport, ImportKind, Tools } from './domains.ts'
export { folderStore } from './files/folder-store.ts'
export type { ImportReport } from './imports/report.ts'
export type { Jobs } from './jobs/runner.ts'
export { type CreatedKey, KeySettingsError, type NewKey } from './keys/service.ts'
export { type MailMessage, type MailTransport, PermanentMailError } from './mail/index.ts'
export { jsonLog, type LogLevel, silentLog } from './observe/log.ts'
export { databaseUrlOf, readSettings, type Settings, SettingsError } from './options.ts'
export {
  type IdentityProvider,
  IdentityProviderError,
  type IdentityProviderSetup,
  type ProvenIdentity,
  type ProviderWorld,
  type Return,
  type Visit,
} from './people/identity-provider.ts'
export type { Clock, FileStore, Logger, Random, SecretBytes } from './ports.ts'
export { type GithubOptions, githubProvider } from './providers/github/provider.ts'
export { type GoogleOptions, googleProvider } from './providers/google/provider.ts'
export { type OidcOptions, oidcProvider } from './providers/oidc/provider.ts'
export { type SmtpOptions, SmtpUrlError, smtpTransport } from './providers/smtp/transport.ts'
export { createServer, type Server, type ServerFetch, type ServerFetchInfo, type ServerOptions } from './server.ts'
export { type TenantSettings, TenantSettingsError } from './tenants/service.ts'
export { type CreatedPerson, type NewPersonSettings, PersonSettingsError, type SetupTools } from './tools.ts'
export type { IncomingEvent, IncomingHandler, WebhooksOptions } from './webhooks/index.ts'
export { type SignatureProblem, WebhookSignatureError } from './webhooks/schemes/scheme.ts'
export type { HmacSha256 } from './webhooks/schemes/standard.ts'
export {
  type SignWebhookInput,
  signTestWebhook,
  type VerifyWebhookInput,
  verifyWebhook,
  type WebhookHeaders,
} from './webhooks/verify-webhook.ts'
