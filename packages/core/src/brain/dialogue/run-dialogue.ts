import { valueAt } from './path.ts'
import type {
  CannedResult,
  Dialogue,
  DialogueContext,
  DialogueEffect,
  DialogueInput,
  DialogueScript,
  DialogueState,
  DialogueTurn,
  Json,
  JsonObject,
  ScriptExpectation,
  ScriptGoal,
  ScriptReport,
  ScriptTurn,
  SkillResult,
} from './types.ts'

/** The part of a dialogue that a script talks to. */
export type DialogueTester = Pick<Dialogue, 'start' | 'turn' | 'resume' | 'pack'>

type Canned = Readonly<Record<string, CannedResult | readonly CannedResult[]>>
type Call = Extract<DialogueEffect, { kind: 'call' }>

/** Calls that one turn may lead to: more is a flow that goes round in circles. */
const MOST_CALLS = 20
/** A Saturday, noon in London. */
const NOW = Date.UTC(2026, 10, 21, 12)
const CONTEXT: DialogueContext = {
  now: NOW,
  timeZone: 'Europe/London',
  language: 'en-GB',
  currency: 'GBP',
  user: { name: 'Ann' },
  isSignedIn: true,
  permissions: [],
  random: 0.5,
}

/**
 * Plays a scripted conversation and tells how it went. Skills give what the script says; one that it does not mention gives nothing,
 * successfully. Context: a person who is signed in and may do all that the pack asks for, in London at noon on 21 November 2026.
 */
export function runDialogue(script: DialogueScript, dialogue: DialogueTester): ScriptReport {
  const permissions = Object.values(dialogue.pack.skills).flatMap(({ permissions: needed = [] }) => needed)
  const isContextPermitted = script.context?.permissions !== undefined
  let context: DialogueContext = { ...CONTEXT, ...script.context, ...(!isContextPermitted && { permissions }) }
  const used = new Map<string, number>()
  const lines: string[] = []
  const mismatches: { turn: number; what: string; expected: string; got: string }[] = []
  const all: DialogueEffect[] = []
  let { state, effects: shown } = dialogue.start(context)
  record(lines, shown)
  let buttons = chipsOf(shown)
  for (const [index, turn] of script.turns.entries()) {
    context = { ...context, ...turn.context, now: context.now + 20_000, random: (context.random + 0.37) % 1 }
    const input = inputOf(turn.user, buttons)
    lines.push(`› ${typeof turn.user === 'string' ? turn.user : JSON.stringify(turn.user)}`)
    const played =
      input === undefined
        ? { state, effects: [] as DialogueEffect[] }
        : play(
            dialogue,
            dialogue.turn(state, input, context),
            context,
            { ...script.skills, ...turn.skills },
            used,
            turn.skills ?? {},
          )
    state = played.state
    shown = played.effects
    all.push(...shown)
    record(lines, shown)
    const missed =
      input === undefined
        ? [{ what: 'button', expected: JSON.stringify(turn.user), got: buttons.map(({ label }) => label).join(' | ') }]
        : compare(turn.expect ?? {}, state, shown)
    for (const one of missed) {
      mismatches.push({ turn: index + 1, ...one })
      lines.push(`  ✗ ${one.what}: expected ${one.expected}, got ${one.got}`)
    }
    const offered = chipsOf(shown)
    if (shown.length > 0) buttons = offered
  }
  const missedGoal = unreached(script.reaches, all)
  for (const one of missedGoal) lines.push(`✗ goal: ${one}`)
  return {
    name: script.name,
    isPassed: mismatches.length === 0 && missedGoal.length === 0,
    isGoalReached: missedGoal.length === 0,
    transcript: lines.join('\n'),
    mismatches: [
      ...mismatches,
      ...missedGoal.map((what) => ({ turn: script.turns.length, what: 'goal', expected: what, got: 'not' })),
    ],
  }
}

/** Runs the skills of a turn until there is nothing left to run. */
function play(
  dialogue: DialogueTester,
  first: DialogueTurn,
  context: DialogueContext,
  skills: Canned,
  used: Map<string, number>,
  own: Canned,
): { state: DialogueState; effects: DialogueEffect[] } {
  let state = first.state
  const effects = [...first.effects]
  let call = callOf(first.effects)
  for (let i = 0; call && i < MOST_CALLS; i++) {
    const next = dialogue.resume(state, resultOf(call, skills, used, Object.hasOwn(own, call.skill)), context)
    state = next.state
    effects.push(...next.effects)
    call = callOf(next.effects)
  }
  return { state, effects }
}

function callOf(effects: readonly DialogueEffect[]): Call | undefined {
  return effects.find((effect): effect is Call => effect.kind === 'call')
}

function resultOf({ callId, skill }: Call, skills: Canned, used: Map<string, number>, isOwn: boolean): SkillResult {
  const canned = Object.hasOwn(skills, skill) ? skills[skill]! : {}
  const list = Array.isArray(canned) ? (canned as readonly CannedResult[]) : [canned as CannedResult]
  // What a turn names is for that turn; what the script names is used up in order over all of it.
  const place = isOwn ? 0 : (used.get(skill) ?? 0)
  if (!isOwn) used.set(skill, place + 1)
  const result = list[Math.min(place, list.length - 1)] ?? {}
  return result.ok === false ? { ...result, callId } : { ...result, callId, ok: true }
}

function inputOf(
  user: ScriptTurn['user'],
  buttons: readonly { id: string; label: string }[],
): DialogueInput | undefined {
  if (typeof user === 'string') return { kind: 'text', text: user }
  if ('kind' in user) return user
  if ('form' in user) return { kind: 'form', values: user.form }
  const chip = buttons.find(({ label }) => label.toLowerCase() === user.chip.toLowerCase())
  return chip && { kind: 'chip', id: chip.id, label: chip.label }
}

function chipsOf(effects: readonly DialogueEffect[]): { id: string; label: string }[] {
  return effects.flatMap((effect) => ('chips' in effect ? [...effect.chips] : []))
}

function compare(expect: ScriptExpectation, state: DialogueState, effects: readonly DialogueEffect[]) {
  const missed: { what: string; expected: string; got: string }[] = []
  const check = (what: string, isMet: boolean, expected: unknown, got: unknown) => {
    if (!isMet) missed.push({ what, expected: show(expected), got: show(got) })
  }
  const frame = state.stack.at(-1)
  const ended = effects.findLast((effect) => effect.kind === 'end')
  const slots = frame?.slots ?? (ended?.kind === 'end' ? ended.slots : {})
  const calls = effects.flatMap((effect) => (effect.kind === 'call' ? [effect] : []))
  const texts = effects
    .flatMap((effect) => ('text' in effect && effect.kind !== 'unanswered' ? [effect.text] : []))
    .join('\n')
  const templates = effects.flatMap((effect) => ('template' in effect ? [effect.template] : []))
  const kinds = effects.map(({ kind }) => kind).filter((kind) => kind !== 'end' && kind !== 'unanswered')
  const chips = chipsOf(effects).map(({ label }) => label)
  const asked = effects.findLast((effect) => effect.kind === 'ask')
  const has = (text: string) => texts.toLowerCase().includes(text.toLowerCase())

  if (expect.intent !== undefined)
    check('intent', (state.heard?.intent ?? null) === expect.intent, expect.intent, state.heard)
  if (expect.flow !== undefined) check('flow', (frame?.flow ?? null) === expect.flow, expect.flow, frame?.flow ?? null)
  for (const [name, value] of Object.entries(expect.slots ?? {})) {
    check(`slot ${name}`, value === null ? slots[name] === undefined : covers(slots[name], value), value, slots[name])
  }
  if (expect.effects) check('effects', show(kinds) === show(expect.effects), expect.effects, kinds)
  if (expect.templates)
    check(
      'templates',
      isInOrder(expect.templates, templates, (a, b) => a === b),
      expect.templates,
      templates,
    )
  if (expect.asks !== undefined) {
    const slot = asked?.kind === 'ask' ? asked.slot : undefined
    check('asks', slot === expect.asks, expect.asks, slot)
  }
  if (expect.calls) {
    const isSame = calls.length === expect.calls.length && expect.calls.every((one, i) => isCall(calls[i]!, one))
    check(
      'calls',
      isSame,
      expect.calls,
      calls.map(({ skill, args }) => ({ skill, args })),
    )
  }
  for (const text of [expect.text ?? []].flat()) check('text', has(text), text, texts)
  for (const text of [expect.notText ?? []].flat()) check('no such text', !has(text), text, texts)
  for (const label of expect.chips ?? [])
    check(
      'button',
      chips.some((one) => one.toLowerCase() === label.toLowerCase()),
      label,
      chips,
    )
  return missed
}

/** What of the goal did not come to pass. */
function unreached(goal: ScriptGoal, effects: readonly DialogueEffect[]): string[] {
  const missed: string[] = []
  const calls = effects.flatMap((effect) => (effect.kind === 'call' ? [effect] : []))
  const ends = effects.flatMap((effect) => (effect.kind === 'end' ? [effect] : []))
  const said = effects.flatMap((effect) => ('template' in effect ? [effect.template] : []))
  if (goal.calls && !isInOrder(goal.calls, calls, (wanted, call) => isCall(call, wanted))) {
    missed.push(`calls ${show(goal.calls)}, made ${show(calls.map(({ skill, args }) => ({ skill, args })))}`)
  }
  for (const skill of goal.noCalls ?? [])
    if (calls.some((call) => call.skill === skill)) missed.push(`no call of ${skill}`)
  for (const { flow, outcome, slots } of goal.ends ?? []) {
    const isThere = ends.some(
      (end) =>
        end.flow === flow && (outcome === undefined || end.outcome === outcome) && (!slots || covers(end.slots, slots)),
    )
    if (!isThere)
      missed.push(`ends ${flow} ${outcome ?? ''}, ended ${show(ends.map((end) => [end.flow, end.outcome]))}`)
  }
  for (const template of goal.says ?? [])
    if (!said.includes(template)) missed.push(`says ${template}, said ${show(said)}`)
  if (goal.handOff !== undefined && effects.some(({ kind }) => kind === 'hand-off') !== goal.handOff) {
    missed.push(goal.handOff ? 'hand-off' : 'no hand-off')
  }
  return missed
}

function isCall(call: Call, { skill, args }: { readonly skill: string; readonly args?: JsonObject }): boolean {
  return call.skill === skill && (args === undefined || covers(call.args, args))
}

/** Objects by the keys given, all else exactly. */
function covers(got: Json | undefined, wanted: Json): boolean {
  if (wanted === null || typeof wanted !== 'object' || Array.isArray(wanted)) return show(got ?? null) === show(wanted)
  return Object.keys(wanted).every((key) => covers(valueAt(got, key) ?? null, valueAt(wanted, key)!))
}

function isInOrder<W, G>(wanted: readonly W[], got: readonly G[], isSame: (wanted: W, got: G) => boolean): boolean {
  let at = 0
  for (const one of got) if (at < wanted.length && isSame(wanted[at]!, one)) at++
  return at === wanted.length
}

function record(lines: string[], effects: readonly DialogueEffect[]): void {
  for (const effect of effects) {
    const chips =
      'chips' in effect && effect.chips.length > 0 ? ` [${effect.chips.map(({ label }) => label).join(' | ')}]` : ''
    if ('text' in effect && effect.kind !== 'unanswered') lines.push(`  ${effect.text}${chips}`)
    else if (effect.kind === 'chips') lines.push(` ${chips}`)
    else if (effect.kind === 'call') lines.push(`  → ${effect.skill} ${show(effect.args)}`)
    else if (effect.kind === 'cards') lines.push(`  ▤ ${effect.cards.map(({ title }) => title).join(' | ')}`)
    else if (effect.kind === 'end') lines.push(`  · ${effect.flow} ${effect.outcome}`)
    else lines.push(`  · ${effect.kind}`)
  }
}

function show(value: unknown): string {
  return JSON.stringify(value ?? null)
}
