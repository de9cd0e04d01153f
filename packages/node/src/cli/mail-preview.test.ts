import { describe, expect, it } from 'vitest'
import { startCommand } from '../testing/node-process.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'

async function run(...args: string[]) {
  const command = startCommand(['mail', 'preview', ...args], { TILLWRIGHT_DATA_DIR: await temporaryFolder() })
  const code = await command.ended
  return { code, output: command.output(), errors: command.errors() }
}

describe('tillwright mail preview', () => {
  it('lists the templates', async () => {
    const { code, output } = await run()
    expect(code).toBe(0)
    expect(output.split('\n')).toEqual(expect.arrayContaining(['invitation', 'reset-password', 'magic-link']))
  })

  it('shows one in a language, as text or as a page', async () => {
    const text = await run('invitation', '--language', 'de-AT')
    expect(text).toMatchObject({ code: 0, errors: '' })
    expect(text.output).toMatch(/^Subject: Ihre Einladung zu The Tea Shop\n\n/)
    const html = await run('invitation', '--format', 'html')
    expect(html.output).toMatch(/^<!doctype html><html lang="en"/)
  })

  it('says what is wrong', async () => {
    expect(await run('nothing')).toMatchObject({ code: 1, errors: expect.stringContaining('There are: verify-email') })
    expect(await run('invitation', '--format', 'pdf')).toMatchObject({ code: 2 })
  })
})
