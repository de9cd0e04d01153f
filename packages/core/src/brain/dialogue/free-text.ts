import { startRequest } from './answer-slot.ts'
import { doAct } from './do-act.ts'
import { fallBack } from './fall-back.ts'
import { goAgain, hearSlots, startGoal } from './goals.ts'
import type { Heard } from './hear.ts'
import { decideIntent, flowOf, sureIntent } from './intent-of.ts'
import type { ChipAction } from './memory.ts'
import { emit, offer, plainTextOf, say, textOf } from './say.ts'
import { type Session, topOf } from './session.ts'
import { isSameValue, valueOfItem } from './slot-value.ts'
import type { Json } from './types.ts'

/** Surer than this it must be to be a new request although the last one would take it. */
const NEW_REQUEST_FROM = 0.9

/** Takes what was said when nothing was asked: a request, or more of the last one. */
export function freeText(session: Session, heard: Heard): void {
  const { memory } = session
  if (heard.act && heard.act !== 'cancel') {
    doAct(session, heard.act, null)
    return
  }
  if (!topOf(session) && followsLast(session, heard)) return
  const decision = decideIntent(session, heard, !memory.hasClarified)
  if (heard.act === 'cancel') {
    // "Cancel it" may be about the order that was spoken of.
    const isAboutSomething = heard.hasPronoun && memory.pointed.length > 0
    const sure = isAboutSomething ? sureIntent(session, heard) : undefined
    if (sure === undefined) doAct(session, 'cancel', null)
    else startRequest(session, sure, heard, null)
    return
  }
  if (decision.kind === 'answer') {
    startRequest(session, decision.intent, heard, null)
    return
  }
  if (decision.kind === 'clarify') {
    clarify(session, decision.intents, heard.text)
    return
  }
  fallBack(session, heard, heard.text)
}

/** "And last month?", "the second one", "no, I meant savings": more of the goal that ended last. */
function followsLast(session: Session, heard: Heard): boolean {
  const { memory, pack } = session
  const { last } = memory
  if (!last || !Object.hasOwn(pack.flows, last.flow)) return false
  const isCorrection = heard.isCorrection || heard.lead === 'no'
  const asked = { flow: last.flow, held: last.slots, filled: last.filled }
  const {
    values: all,
    residue,
    bareResidue,
  } = hearSlots(session, heard, { ...asked, mode: isCorrection ? 'correct' : 'again' })
  const values = new Map([...all].filter(([name, value]) => !isSameValue(last.slots[name], value)))
  const sure = sureIntent(session, heard)
  const isOther = sure !== undefined && flowOf(session, sure) !== last.flow
  if (values.size === 0) return bareResidue === 0 && pick(session, heard)
  if (isCorrection && residue <= 1) {
    if (!last.isBinding) goAgain(session, values)
    else say(session, 'core.done_already')
    return true
  }
  const isEllipsis = heard.isContinuation && (!isOther || residue <= 1)
  const isBare = residue === 0 && !last.isBinding && !(isOther && heard.classification.confidence >= NEW_REQUEST_FROM)
  if (!isEllipsis && !isBare) return false
  goAgain(session, values)
  return true
}

/** One of the items that were shown, without a word of what for. */
function pick(session: Session, heard: Heard): boolean {
  const { memory, pack } = session
  const intent = pack.flows[memory.last!.flow]?.pick
  if (intent === undefined || !Object.hasOwn(pack.intents, intent)) return false
  const ordinal = heard.entities.find(({ kind }) => kind === 'ordinal')
  const named = heard.entities.find(({ kind }) => kind === 'name')
  const item =
    ordinal?.kind === 'ordinal'
      ? memory.shown.at(ordinal.value < 0 ? ordinal.value : ordinal.value - 1)
      : named?.kind === 'name'
        ? memory.shown.find(({ list, id }) => list === named.list && id === named.id)
        : heard.hasPronoun
          ? memory.pointed.at(-1)
          : undefined
  if (!item) return false
  const flow = flowOf(session, intent)
  const slots =
    flow === undefined ? [] : pack.flows[flow]!.steps.flatMap((step) => (step.kind === 'slot' ? [step.slot] : []))
  const known = [...slots, ...(flow === undefined ? [] : (pack.flows[flow]!.slots ?? []))]
  const slot = known.find((name) => pack.slots[name]?.list === item.list || name === item.list)
  const values: Record<string, Json> = slot === undefined ? {} : { [slot]: valueOfItem(item, pack.slots[slot]!) }
  startGoal(session, intent, undefined, values)
  return true
}

function clarify(session: Session, intents: readonly string[], text: string): void {
  const { memory, pack } = session
  const chips: { label: string; action: ChipAction }[] = intents.map((intent) => ({
    label: pack.intents[intent]!.label,
    action: { does: 'intent', intent, text },
  }))
  chips.push({ label: plainTextOf(session, 'core.chip_something_else'), action: { does: 'something-else' } })
  const said = textOf(session, 'core.clarify')
  memory.hasClarified = true
  memory.expect = { kind: 'clarify', intents, text: text.slice(0, 300).toWellFormed() }
  emit(session, { kind: 'clarify', template: 'core.clarify', text: said, chips: offer(session, chips) })
}
