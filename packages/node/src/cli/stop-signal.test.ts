import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import { stopSignal } from './stop-signal.ts'

function host() {
  let now = 5_000
  const exits: number[] = []
  const emitter = Object.assign(new EventEmitter(), { exit: (code: number) => void exits.push(code) })
  const signal = stopSignal(emitter, () => now)
  return { signal, exits, ask: (name: string) => emitter.emit(name), wait: (ms: number) => (now += ms) }
}

it.each(['SIGINT', 'SIGTERM'])('%s asks to stop, and ends nothing by itself', (name) => {
  const { signal, exits, ask } = host()
  expect(signal.aborted).toBe(false)
  ask(name)
  expect([signal.aborted, exits]).toEqual([true, []])
})

it('a Ctrl+C that npm passes on once more counts as the same one', () => {
  const { exits, ask, wait } = host()
  ask('SIGINT')
  ask('SIGINT')
  wait(999)
  ask('SIGINT')
  ask('SIGTERM')
  expect(exits).toEqual([])
})

it('asking again a second later ends the process at once', () => {
  const { exits, ask, wait } = host()
  ask('SIGTERM')
  wait(1_000)
  ask('SIGINT')
  expect(exits).toEqual([130])
})
