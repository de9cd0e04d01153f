import { describe, expect, it } from 'vitest'
import { ERROR_CODES, type ErrorCode } from '../contract/problem.ts'
import { ApiError, NetworkError, sessionMessage, TimeoutError } from '../index.ts'

const refusal = (code: ErrorCode, retryAfterMs?: number) => {
  const [status, title] = ERROR_CODES[code]
  return new ApiError({ status, title, code, requestId: 'req_1' }, { retryAfterMs })
}

describe('sessionMessage', () => {
  it.each([
    ['invalid_credentials', /did not match/],
    ['email_not_verified', /Confirm your e-mail/],
    ['expired_link', /link does not work/],
    ['weak_password', /easy to guess/],
    ['identity_cancelled', /called off/],
    ['identity_email_unverified', /at the provider first/],
    ['identity_expired', /too long/],
    ['identity_provider_failed', /did not tell us/],
    ['identity_taken', /another account/],
    ['last_way_in', /only way/],
    ['session_ended', /signed out/],
    ['invalid_token', /signed out/],
    ['internal_error', /Try again later/],
  ] as const)('speaks of %s', (code, words) => {
    expect(sessionMessage(refusal(code))).toMatch(words)
  })

  it.each([
    ['en', 20_000, 'Too many tries. Try again in 20 seconds.'],
    ['en-GB', 400, 'Too many tries. Try again in 1 second.'],
    ['de-AT', 61_500, 'Zu viele Versuche. Versuchen Sie es in 62 Sekunden noch einmal.'],
    ['fr', 15 * 60_000, 'Trop d’essais. Réessayez dans 15 minutes.'],
    ['es', 121_000, 'Demasiados intentos. Vuelva a intentarlo en 3 minutos.'],
  ])('says in %s how long %d ms are', (language, retryAfterMs, message) => {
    expect(sessionMessage(refusal('rate_limited', retryAfterMs), language)).toBe(message)
  })

  it('says to wait a moment where the server does not say how long', () => {
    expect(sessionMessage(refusal('rate_limited'))).toBe('Too many tries. Wait a moment, then try again.')
  })

  it('speaks of the network where no answer came', () => {
    expect(sessionMessage(new NetworkError('x'))).toMatch(/No connection/)
    expect(sessionMessage(new TimeoutError('x'))).toMatch(/No connection/)
  })

  it('has a sentence of its own for every topic in every language, and English for other languages', () => {
    const codes = Object.keys(ERROR_CODES) as ErrorCode[]
    const inEnglish = codes.map((code) => sessionMessage(refusal(code), 'en'))
    for (const language of ['de', 'fr', 'es']) {
      codes.forEach((code, index) => {
        const message = sessionMessage(refusal(code), language)
        expect(message.length).toBeGreaterThan(10)
        expect(message).not.toBe(inEnglish[index])
      })
    }
    expect(codes.map((code) => sessionMessage(refusal(code), 'fi'))).toEqual(inEnglish)
  })

  it.each([
    undefined,
    null,
    'x',
    new Error('x'),
    new ApiError({ status: 418, title: '', code: 'toString', requestId: '' }),
  ])('never fails, whatever was thrown: %s', (thrown) => {
    expect(sessionMessage(thrown)).toBe('That did not work. Try again later.')
  })
})
