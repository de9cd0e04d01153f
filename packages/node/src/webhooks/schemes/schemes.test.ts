import { createHmac } from 'node:crypto'
import type { WebhookScheme } from '@tillwright/core/contract'
import { describe, expect, it } from 'vitest'
import { SCHEMES } from './index.ts'
import { signStandard, standardKey } from './standard.ts'

const URL = 'https://mycompany.com/myapp.php?foo=1&bar=2'

interface Known {
  readonly secret: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly nowMs: number
  readonly eventId: string
  readonly kind: string | null
}

/** Signatures that others published, or that `openssl dgst -hmac` gave. */
const KNOWN: Readonly<Record<WebhookScheme, Known>> = {
  // Of the reference libraries of Standard Webhooks.
  standard: {
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    headers: {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    },
    body: '{"test": 2432232314}',
    nowMs: 1_614_265_330_000,
    eventId: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    kind: null,
  },
  // printf '%s' '1614265330.{"id":…' | openssl dgst -sha256 -hmac whsec_test_secret_of_the_shop
  stripe: {
    secret: 'whsec_test_secret_of_the_shop',
    headers: {
      'stripe-signature': 't=1614265330,v1=14b888b2def5585a584068c4d49b9e98fb0440197d12da436357879145cf7a63,v0=ignored',
    },
    body: '{"id":"evt_1","type":"charge.succeeded"}',
    nowMs: 1_614_265_330_000,
    eventId: 'evt_1',
    kind: 'charge.succeeded',
  },
  // Of Twilio's documentation.
  twilio: {
    secret: '12345',
    headers: { 'x-twilio-signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' },
    body: 'CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212',
    nowMs: 0,
    eventId: 'sha256:a5286dca8260c1287df8cc2c12dc67524c09aaa600b3996d5d2bba902229a481',
    kind: null,
  },
  // printf '%s' '{"id":536365,"status":"completed"}' | openssl dgst -sha256 -hmac 'a shop of teapots' -binary | base64
  woocommerce: {
    secret: 'a shop of teapots',
    headers: {
      'x-wc-webhook-signature': '72jE6ebK70p+NzaeMM9HqFMvzdI7vXrikhMr3InFo+0=',
      'x-wc-webhook-topic': 'order.updated',
    },
    body: '{"id":536365,"status":"completed"}',
    nowMs: 0,
    eventId: 'order.updated:sha256:47f7b748d6c70ef8cb8575c3904b871b84deaafdcba134de5bfe3ea7db1a326e',
    kind: 'order.updated',
  },
  // Of GitHub's documentation.
  github: {
    secret: "It's a Secret to Everybody",
    headers: {
      'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
      'x-github-event': 'push',
    },
    body: 'Hello, World!',
    nowMs: 0,
    eventId: 'sha256:dffd6021bb2bd5b0af676290809ec3a53191dd81c7f70a4b28688a362182986f',
    kind: 'push',
  },
}

const NAMES = Object.keys(KNOWN) as WebhookScheme[]

function verify(name: WebhookScheme, change: Partial<Known> & { url?: string } = {}) {
  const { secret, headers, body, nowMs } = { ...KNOWN[name], ...change }
  const request = {
    header: (header: string) => headers[header] ?? null,
    body: Buffer.from(body),
    url: change.url ?? URL,
  }
  return SCHEMES[name](request, secret, nowMs)
}

const refused = (code: string) => expect.objectContaining({ name: 'WebhookSignatureError', code })

describe.each(NAMES)('a request signed as %s', (name) => {
  const known = KNOWN[name]
  const [header, signature] = Object.entries(known.headers).find(([key]) => key.includes('signature'))!

  it('is known by a signature that others made', () => {
    expect(verify(name)).toEqual({ eventId: known.eventId, kind: known.kind })
  })

  it('is refused where a byte of the body was changed, added or taken away', () => {
    const { body } = known
    const changed = String.fromCharCode(body.charCodeAt(0) ^ 1) + body.slice(1)
    for (const other of [changed, `${body}x`, body.slice(0, -1), '']) {
      expect(() => verify(name, { body: other })).toThrow(refused('wrong'))
    }
  })

  it('is refused under another secret, and where the signature was changed, shortened or left out', () => {
    const other = name === 'standard' ? `whsec_${Buffer.alloc(24, 7).toString('base64')}` : `${known.secret}.`
    expect(() => verify(name, { secret: other })).toThrow(refused('wrong'))
    const swap = (text: string) => text.replace(/[\w+/](?=[\w+/]{3})(?=[^,]*$)/, (one) => (one === 'A' ? 'B' : 'A'))
    const target = name === 'stripe' ? signature.replace(',v0=ignored', '') : signature
    for (const broken of [swap(target), target.slice(0, -4), target.toUpperCase().toLowerCase().slice(0, 12)]) {
      expect(() => verify(name, { headers: { ...known.headers, [header]: broken } })).toThrow(
        expect.objectContaining({ name: 'WebhookSignatureError' }),
      )
    }
    const { [header]: _, ...without } = known.headers
    expect(() => verify(name, { headers: without })).toThrow(refused('missing'))
  })
})

describe.each(['standard', 'stripe'] as const)('the time in a request signed as %s', (name) => {
  const { nowMs } = KNOWN[name]

  it('may be five minutes from now, either way, and no second more', () => {
    for (const seconds of [-300, 300]) expect(verify(name, { nowMs: nowMs + seconds * 1_000 })).toBeTruthy()
    expect(() => verify(name, { nowMs: nowMs + 301_000 })).toThrow(refused('too_old'))
    expect(() => verify(name, { nowMs: nowMs - 301_000 })).toThrow(refused('too_new'))
  })

  it('is digits and nothing else', () => {
    for (const time of ['', ' 1614265330', '1614265330.0', '1.6e9', '-1', '0x60380d72', '9'.repeat(12), 'now']) {
      const headers: Record<string, string> =
        name === 'standard'
          ? { ...KNOWN.standard.headers, 'webhook-timestamp': time }
          : { 'stripe-signature': `t=${time},v1=00` }
      // Headers of HTTP carry no blanks at their ends; Stripe's parts are trimmed, and signed with what is left.
      expect(() => verify(name, { headers })).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/malformed|missing|wrong/) }),
      )
    }
  })
})

describe('Standard Webhooks', () => {
  const { secret, body, nowMs, headers } = KNOWN.standard
  const sign = (under: string) =>
    signStandard({ id: headers['webhook-id']!, timestamp: 1_614_265_330, body: Buffer.from(body) }, under)
  const otherSecret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`

  it('takes one good signature among several, and none of another version', () => {
    const among = `v1a,AAAA v1,${'A'.repeat(43)}= ${sign(secret)}`
    expect(verify('standard', { headers: { ...headers, 'webhook-signature': among } }).eventId).toBeTruthy()
    for (const bad of [sign(secret).replace('v1,', 'v2,'), sign(secret).slice(3), sign(otherSecret)]) {
      expect(() => verify('standard', { headers: { ...headers, 'webhook-signature': bad } })).toThrow(refused('wrong'))
    }
  })

  it('looks at eight signatures and no more, so that nobody buys work with a long header', () => {
    const many = (before: number) => `${'v1,AAAA '.repeat(before)}${sign(secret)}`
    expect(verify('standard', { headers: { ...headers, 'webhook-signature': many(7) } })).toBeTruthy()
    expect(() => verify('standard', { headers: { ...headers, 'webhook-signature': many(8) } })).toThrow(
      refused('wrong'),
    )
  })

  it('refuses an id with a dot, with which the parts of what is signed could be moved', () => {
    const key = Buffer.from(standardKey(secret))
    const moved = createHmac('sha256', key)
      .update(`a.${nowMs / 1_000}.${nowMs / 1_000}.x`)
      .digest('base64')
    const shifted = {
      'webhook-id': `a.${nowMs / 1_000}`,
      'webhook-timestamp': String(nowMs / 1_000),
      'webhook-signature': `v1,${moved}`,
    }
    expect(() => verify('standard', { headers: shifted, body: 'x' })).toThrow(refused('malformed'))
  })

  it('has secrets of 24 to 64 bytes in base64, with or without the prefix', () => {
    expect(standardKey(secret)).toEqual(standardKey(secret.slice(6)))
    for (const bytes of [24, 32, 64]) expect(standardKey(Buffer.alloc(bytes).toString('base64'))).toHaveLength(bytes)
    for (const bad of [
      '',
      'whsec_',
      'whsec_short',
      Buffer.alloc(23).toString('base64'),
      Buffer.alloc(65).toString('base64'),
      '!'.repeat(40),
    ]) {
      expect(() => standardKey(bad)).toThrow(refused('bad_secret'))
    }
  })
})

describe('Stripe', () => {
  const { secret, nowMs } = KNOWN.stripe
  const signed = (body: string) => {
    const hex = createHmac('sha256', secret)
      .update(`${nowMs / 1_000}.${body}`)
      .digest('hex')
    return { body, headers: { 'stripe-signature': `t=${nowMs / 1_000},v1=${hex}` } }
  }

  it.each([
    'no JSON',
    'null',
    '[]',
    '{}',
    '{"id":7}',
    '{"id":"a b"}',
    `{"id":"${'x'.repeat(201)}"}`,
    '{"id":"\\u0000"}',
  ])('knows an event without a sound id by its body: %s', (body) => {
    expect(verify('stripe', signed(body))).toEqual({
      eventId: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      kind: null,
    })
  })

  it('takes no second time', () => {
    const { body, headers } = signed('{}')
    const twice = { 'stripe-signature': `t=1,${headers['stripe-signature']}` }
    expect(() => verify('stripe', { body, headers: twice })).toThrow(refused('malformed'))
  })
})

describe('Twilio', () => {
  it('signs the address too', () => {
    expect(() => verify('twilio', { url: 'https://mycompany.com/myapp.php' })).toThrow(refused('wrong'))
  })

  it('knows a form that was cut into other fields as the same event', () => {
    const cut = KNOWN.twilio.body.replace('Digits=1234', 'Digits1=234')
    expect(cut).not.toBe(KNOWN.twilio.body)
    expect(verify('twilio', { body: cut })).toEqual(verify('twilio'))
  })
})
