import type { Mail } from '@tillwright/core/contract'
import { contract } from '@tillwright/core/contract'
import { exampleOf } from '@tillwright/core/testing'
import { expect, it } from 'vitest'
import { exampleClient, refusal } from '../../../testing/example-client.ts'
import { pageContext } from '../../../testing/page-context.ts'
import { connectMails } from './connect.ts'

const [MAIL] = exampleOf(contract.mails.list.output).items as [Mail]

async function open(answers = {}) {
  const fake = exampleClient(answers)
  const context = pageContext(fake.client)
  const page = connectMails(context)
  page.open([])
  await context.platform.advance(0)
  return { ...page, ...fake, ...context, value: () => page.state.value }
}

it('lists mail by its state, and forgets an answer that is late', async () => {
  const late: ((page: object) => void)[] = []
  const { filter, platform, of, value } = await open({
    'mails.list': ({ state }: { state?: string }) =>
      state ? { items: [MAIL], nextCursor: null } : new Promise((resolve) => late.push(resolve)),
  })
  filter('failed')
  await platform.advance(0)
  late[0]!({ items: [], nextCursor: null })
  await platform.advance(0)
  expect(of('mails.list')).toEqual([{ limit: 50 }, { limit: 50, state: 'failed' }])
  expect(value().mails).toEqual([MAIL])
})

it('adds older mail to what is there', async () => {
  const { more, value, of } = await open({ 'mails.list': () => ({ items: [MAIL], nextCursor: 'older' }) })
  await more()
  expect(of('mails.list')[1]).toEqual({ limit: 50, cursor: 'older' })
  expect(value().mails).toHaveLength(2)
})

it('puts mail that failed back, and says why not', async () => {
  const { retry, of, value, answers } = await open()
  const jobId = `job_${'a'.repeat(26)}`
  await retry({ ...MAIL, jobId })
  expect(of('jobs.retry')).toEqual([{ jobId }])
  answers['jobs.retry'] = () => {
    throw refusal(409, 'conflict', 'The job is not dead')
  }
  await retry({ ...MAIL, jobId })
  expect(value().failure?.message).toBe('The job is not dead')
})

it('shows a template in the language that is asked for', async () => {
  const { show, of, value } = await open()
  await show('welcome', 'de')
  expect(of('mails.preview')).toEqual([{ template: 'welcome', language: 'de' }])
  expect(value().preview).not.toBeNull()
})
