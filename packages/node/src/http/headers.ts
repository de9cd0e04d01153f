/** Sent with every answer, whatever its status. `cache-control`, CORS and content headers come on top. */
export const SECURITY_HEADERS = {
  // Not for subdomains: where an application mounts the server, the host's whole domain is not ours to pin.
  'strict-transport-security': 'max-age=63072000',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
} as const

export const REQUEST_ID_HEADER = 'x-request-id'

const SOUND_REQUEST_ID = /^[\w.-]{8,64}$/

/** The caller's own request id where it is harmless to write into a log, else `undefined`. */
export function soundRequestId(header: string | null): string | undefined {
  return header !== null && SOUND_REQUEST_ID.test(header) ? header : undefined
}
