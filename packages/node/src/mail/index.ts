export { type DiskTransportOptions, diskTransport, type OutboxMail, readOutbox } from './disk-transport.ts'
export { mailsHandlers } from './handlers.ts'
export { mailJob } from './jobs.ts'
export { mailsService } from './mails-service.ts'
export {
  type MailAttachment,
  type MailMessage,
  MailServerAwayError,
  type MailTransport,
  PermanentMailError,
} from './message.ts'
export {
  MAIL_SEND,
  type MailRequest,
  MailRequestError,
  type MailService,
  mailService,
  type QueueMail,
  type QueueMails,
} from './service.ts'
export { isTemplate, type MailData, TEMPLATES, type TemplateName } from './templates/index.ts'
export { previewMail, type RenderedMail } from './templates/render.ts'
