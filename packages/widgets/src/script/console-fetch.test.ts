import { expect, it } from 'vitest'
import { renewingFetch } from './console-fetch.ts'

const SERVER = 'https://brain.example/'
const ran = () => Response.json({ code: 'invalid_token' }, { status: 401 })
const ok = () => Response.json({ ok: true })

/** A fetch over a server that gives the next of `answers` each time. */
function open(...answers: (() => Response)[]) {
  const asked: string[] = []
  const fetch = renewingFetch({
    server: SERVER,
    async fetch(request) {
      asked.push(`${request.method} ${new URL(request.url).pathname} ${await request.text()}`)
      return answers.shift()!()
    },
    inTurn: (_name, work) => work(),
  })
  return { asked, put: () => fetch(new Request(`${SERVER}api/v1/x`, { method: 'PUT', body: 'body' })) }
}

it('hands on what comes', async () => {
  const { asked, put } = open(ok)
  expect((await put()).status).toBe(200)
  expect(asked).toEqual(['PUT /api/v1/x body'])
})

it('renews access that has run out, and sends the call again as it was', async () => {
  const { asked, put } = open(ran, ok, ok)
  expect((await put()).status).toBe(200)
  expect(asked).toEqual(['PUT /api/v1/x body', 'POST /auth/v1/refresh {}', 'PUT /api/v1/x body'])
})

it('gives the first answer where there is nothing to renew', async () => {
  const { put } = open(ran, () => Response.json({ code: 'session_ended' }, { status: 401 }))
  expect(await (await put()).json()).toEqual({ code: 'invalid_token' })
})

it('renews nothing for other refusals', async () => {
  const { asked, put } = open(() => Response.json({ code: 'missing_key' }, { status: 401 }))
  expect((await put()).status).toBe(401)
  expect(asked).toHaveLength(1)
})
