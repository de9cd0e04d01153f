export { type DiskTransportOptions, diskTransport, type OutboxMail, readOutbox } from './disk-transport.ts'
export { mailJob } from './jobs.ts'
export { type MailAttachment, type MailMessage, type MailTransport, PermanentMailError } from './message.ts'
export {
  MAIL_SEND,
  type MailRequest,
  MailRequestError,
  type MailService,
  mailService,
  type QueueMail,
} from './service.ts'
export { type MailData, TEMPLATES, type TemplateName } from './templates/index.ts'
export { previewMail, type RenderedMail } from './templates/render.ts'
