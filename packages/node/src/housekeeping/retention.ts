const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS

/** How long entries of the audit log are kept, where a setting does not say. */
export const DEFAULT_AUDIT_RETENTION_DAYS = 90
/** Less would leave reports of a month, and removals that can still be undone, without what they go by. */
export const MIN_AUDIT_RETENTION_DAYS = 30

/** How long what has had its day is kept, in ms. */
export const RETENTION = {
  /** Answers under an Idempotency-Key. */
  idempotency: DAY_MS,
  /** Jobs that are done, with their files. */
  doneJobs: 30 * DAY_MS,
  /** Jobs that nobody has retried, with their files. */
  deadJobs: 90 * DAY_MS,
  /** What became of mail, without its links. */
  endedMail: 30 * DAY_MS,
  /** What went to webhooks. */
  webhookDeliveries: 30 * DAY_MS,
  /** What came in from their sources; until then a replay is known. */
  webhookEvents: 30 * DAY_MS,
  /** Uploads that belong to no job, and files that were never written to their end. */
  strayFiles: DAY_MS,
  /** Sessions that have ended, with their refresh tokens. */
  endedSessions: 30 * DAY_MS,
  /** Browsers that somebody was signed in with; their cookie lives as long. */
  knownDevices: 365 * DAY_MS,
  /** Statements that were uploaded and never committed, with their files. */
  statementPreviews: 7 * DAY_MS,
  /** People who were removed, and can be brought back until then. */
  removedPeople: 30 * DAY_MS,
} as const
