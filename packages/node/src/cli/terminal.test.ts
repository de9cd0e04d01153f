import { expect, it } from 'vitest'
import { terminal } from './terminal.ts'

function screen(isTTY: boolean) {
  let out = ''
  let err = ''
  const streams = {
    out: { write: (text: string) => (out += text) },
    err: { write: (text: string) => (err += text), isTTY },
  }
  return { ...terminal(streams), out: () => out, err: () => err }
}

it('keeps results and progress apart', () => {
  const { line, progress, done, out, err } = screen(false)
  progress('Importing', 0.5, '12 rows')
  done('Importing', 'all in')
  line('42 rows')
  expect([out(), err()]).toEqual(['42 rows\n', 'Importing  50% 12 rows\nImporting ✓ all in\n'])
})

it('draws a bar over itself where somebody watches', () => {
  const { progress, done, err } = screen(true)
  progress('Importing', 0.25)
  progress('Importing', null, 'no end in sight')
  done('Importing')
  const fresh = '\r\u001b[2K'
  const bar = `${'█'.repeat(6)}${'░'.repeat(18)}`
  expect(err()).toBe(`${fresh}Importing ${bar}  25% ${fresh}Importing … no end in sight${fresh}Importing ✓ \n`)
})

it('writes a line a tenth where nobody does, and begins anew with each step', () => {
  const { progress, err } = screen(false)
  for (const fraction of [0, 0.05, 0.25, 0.3, 0.5, 1]) progress('One', fraction)
  progress('One', null)
  progress('Two', 0)
  expect(err()).toBe('One   0% \nOne  25% \nOne  50% \nOne 100% \nTwo   0% \n')
})
