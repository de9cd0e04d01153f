const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** How long what has had its day is kept, in ms. */
export const RETENTION = {
  /** Answers under an Idempotency-Key. */
  idempotency: DAY_MS,
  /** Jobs that are done, with their files. */
  doneJobs: 30 * DAY_MS,
  /** Jobs that nobody has retried, with their files. */
  deadJobs: 90 * DAY_MS,
  /** Uploads that belong to no job, and files that were never written to their end. */
  strayFiles: DAY_MS,
  /** Sessions that have ended, with their refresh tokens. */
  endedSessions: 30 * DAY_MS,
  /** Browsers that somebody was signed in with; their cookie lives as long. */
  knownDevices: 365 * DAY_MS,
  /** Entries of the audit log. */
  audit: 90 * DAY_MS,
  /** People who were removed, and can be brought back until then. */
  removedPeople: 30 * DAY_MS,
} as const
