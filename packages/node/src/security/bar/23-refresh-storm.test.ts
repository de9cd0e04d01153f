import { expect, it } from 'vitest'
import { describeStatement } from './bar-site.ts'

describeStatement(
  '23 refreshes at the same time share one successor, and a lost answer can be asked for again',
  (bar) => {
    const refresh = (refreshToken: string) => bar.post('/auth/refresh', { refreshToken })
    const storedOf = async (sessionId: string) =>
      bar.shop.db.query
        .selectFrom('refresh_tokens')
        .where('session_id', '=', sessionId)
        .select(['digest', 'used_at as usedAt'])
        .execute()

    it('gives twenty at a time the same successor, which works', async () => {
      const person = await bar.newPerson()
      const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(person.refreshToken)))
      expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
      const successors = new Set(answers.map(({ body }) => body.refreshToken))
      expect(successors.size).toBe(1)
      expect((await refresh([...successors][0]!)).status).toBe(200)
    })

    it('forks nothing: one unused token is left', async () => {
      const person = await bar.newPerson()
      await Promise.all(Array.from({ length: 20 }, () => refresh(person.refreshToken)))
      const stored = await storedOf(person.sessionId)
      expect(stored).toHaveLength(2)
      expect(stored.filter(({ usedAt }) => usedAt === null)).toHaveLength(1)
    })

    it('logs nobody out in ten storms, one answer in ten lost', async () => {
      const person = await bar.newPerson()
      let token = person.refreshToken
      for (let round = 0; round < 10; round++) {
        const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(token)))
        expect(answers.every(({ status }) => status === 200)).toBe(true)
        // Nobody heard the answers of the fifth round.
        if (round !== 5) token = answers[0]!.body.refreshToken!
        await bar.advance(1_000)
      }
      expect((await storedOf(person.sessionId)).filter(({ usedAt }) => usedAt === null)).toHaveLength(1)
    })

    it('does the same across two processes', async () => {
      const person = await bar.newPerson()
      const other = bar.otherServer()
      await other.migrate()
      const answers = await Promise.all(
        Array.from({ length: 20 }, async (_, index) => {
          if (index % 2 === 0) return (await refresh(person.refreshToken)).body.refreshToken
          const request = new Request('http://tillwright.test/auth/refresh', {
            method: 'POST',
            headers: { authorization: `Bearer ${bar.shop.publishableKey}`, 'content-type': 'application/json' },
            body: JSON.stringify({ refreshToken: person.refreshToken }),
          })
          const response = await other.fetch(request, { remoteAddress: `192.0.2.${index}` })
          return ((await response.json()) as { refreshToken?: string }).refreshToken
        }),
      )
      expect(new Set(answers).size).toBe(1)
      expect(answers[0]).toMatch(/^rt_/)
    })

    it('answers again within thirty seconds, with the same successor, and not a moment later', async () => {
      const person = await bar.newPerson()
      const first = (await refresh(person.refreshToken)).body.refreshToken
      await bar.advance(30_000)
      expect((await refresh(person.refreshToken)).body.refreshToken).toBe(first)
      await bar.advance(1)
      expect((await refresh(person.refreshToken)).status).toBe(401)
    })
  },
)
