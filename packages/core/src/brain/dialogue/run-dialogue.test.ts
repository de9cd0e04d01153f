import { describe, expect, it } from 'vitest'
import { talk } from './conversation.suite.ts'
import type { ScriptExpectation, ScriptGoal } from './types.ts'

describe('a scripted dialogue', () => {
  it('that goes as expected passes and reaches its goal', () => {
    const report = talk(
      [{ user: 'where is order 1042', expect: { intent: 'order_status', calls: [{ skill: 'order-status' }] } }],
      {
        reaches: {
          ends: [{ flow: 'order_status', outcome: 'done', slots: { order: '1042' } }],
          says: ['order.status'],
          noCalls: ['transfer'],
          handOff: false,
        },
      },
    )
    expect(report).toMatchObject({ isPassed: true, isGoalReached: true, mismatches: [] })
    expect(report.transcript).toContain('› where is order 1042\n  → order-status {"order":"1042"}')
  })

  it.each([
    ['intent', { intent: 'balance' }],
    ['flow', { flow: 'balance' }],
    ['slot order', { slots: { order: '7' } }],
    ['effects', { effects: ['ask'] }],
    ['templates', { templates: ['order.status', 'core.greet'] }],
    ['asks', { asks: 'order' }],
    ['calls', { calls: [] }],
    ['calls', { calls: [{ skill: 'order-status', args: { order: '7' } }] }],
    ['text', { text: 'in the sea' }],
    ['no such text', { notText: 'on its way' }],
    ['button', { chips: ['Fly'] }],
  ] as [string, ScriptExpectation][])('that goes otherwise tells what: %s', (what, expected) => {
    const report = talk([{ user: 'where is order 1042', expect: expected }])
    expect(report.isPassed).toBe(false)
    expect(report.isGoalReached).toBe(true)
    expect(report.mismatches).toMatchObject([{ turn: 1, what }])
    expect(report.transcript).toContain(`✗ ${what}`)
  })

  it.each([
    { calls: [{ skill: 'order-status', args: { order: '7' } }] },
    { calls: [{ skill: 'order-status' }, { skill: 'order-status' }] },
    { noCalls: ['order-status'] },
    { ends: [{ flow: 'order_status', outcome: 'failed' }] },
    { says: ['hours'] },
    { handOff: true },
  ] as ScriptGoal[])('that misses its goal says so: %j', (reaches) => {
    const report = talk(['where is order 1042'], { reaches })
    expect(report).toMatchObject({ isPassed: false, isGoalReached: false })
    expect(report.transcript).toContain('✗ goal:')
  })

  it('tells of a button that there is not', () => {
    expect(talk(['[Fly]']).mismatches).toMatchObject([{ what: 'button' }])
  })

  it('gives the results of a skill in order, the last one again and again, and a turn’s own in place of them', () => {
    const state = (text: string) => ({ data: { state: text } })
    const { wrong } = talk(
      [
        { user: 'where is order 1042', expect: { text: 'packed' } },
        { user: 'where is order 1043', skills: { 'order-status': state('lost') }, expect: { text: 'lost' } },
        { user: 'where is order 1044', expect: { text: 'sent' } },
        { user: 'where is order 1045', expect: { text: 'sent' } },
      ],
      { skills: { 'order-status': [state('packed'), state('sent')] } },
    )
    expect(wrong).toBe('')
  })
})
