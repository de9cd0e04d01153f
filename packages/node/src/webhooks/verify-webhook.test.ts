import type { WebhookMessage } from '@tillwright/core/contract'
import { describe, expect, it } from 'vitest'
import { signTestWebhook, verifyWebhook } from './verify-webhook.ts'

const NOW = Date.parse('2026-11-22T09:00:00Z')
const secret = `whsec_${Buffer.alloc(32, 3).toString('base64')}`
const message: WebhookMessage = {
  id: 'msg_01jj6w2m8p0000000000000000',
  type: 'user.deleted',
  at: '2026-11-22T09:00:00.000Z',
  data: { userId: 'usr_01jj6w2m8p0000000000000000' },
}
const signed = () => signTestWebhook({ message, secret, now: NOW })
const refused = (code: string) => expect.objectContaining({ name: 'WebhookSignatureError', code })

describe('a receiver', () => {
  it('gets the message of a request that was signed, from headers of either kind and a body of either kind', () => {
    const { headers, body } = signed()
    const shouting = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), [value]]))
    for (const each of [headers, new Headers(headers), shouting]) {
      for (const raw of [body, Buffer.from(body), new Uint8Array(Buffer.from(body))]) {
        expect(verifyWebhook({ headers: each, body: raw, secret, now: NOW })).toEqual(message)
      }
    }
  })

  it('is told why a request is refused', () => {
    const { headers, body } = signed()
    const verify = (change: object) => () => verifyWebhook({ headers, body, secret, now: NOW, ...change })
    expect(verify({ body: body.replace('deleted', 'created') })).toThrow(refused('wrong'))
    expect(verify({ body: `${body} ` })).toThrow(refused('wrong'))
    expect(verify({ secret: `whsec_${Buffer.alloc(32, 4).toString('base64')}` })).toThrow(refused('wrong'))
    expect(verify({ secret: 'whsec_' })).toThrow(refused('bad_secret'))
    expect(verify({ now: NOW + 301_000 })).toThrow(refused('too_old'))
    expect(verify({ now: NOW - 301_000 })).toThrow(refused('too_new'))
    expect(verify({ headers: {} })).toThrow(refused('missing'))
    expect(verify({ headers: { ...headers, 'webhook-id': 'msg_other' } })).toThrow(refused('wrong'))
  })

  it('refuses a body whose id is another than the one that was signed', () => {
    const other = { ...message, id: 'msg_01jj6w2m8p1111111111111111' }
    const { headers } = signTestWebhook({ message: other, secret, now: NOW })
    const forged = signTestWebhook({ message, secret, now: NOW })
    expect(() => verifyWebhook({ headers, body: forged.body, secret, now: NOW })).toThrow(refused('wrong'))
  })

  it('may bring its own HMAC, which is asked for the key and what is signed', () => {
    const asked: [number, string][] = []
    const hmac = (key: Uint8Array, text: Uint8Array) => {
      asked.push([key.length, Buffer.from(text).toString()])
      return new Uint8Array(32)
    }
    const { headers, body } = signTestWebhook({ message, secret, now: NOW, hmac })
    expect(verifyWebhook({ headers, body, secret, now: NOW, hmac })).toEqual(message)
    const text = `${message.id}.${NOW / 1_000}.${body}`
    expect(asked).toEqual([
      [32, text],
      [32, text],
    ])
  })
})
