import { clip } from './clean-text.ts'
import { clipSaid } from './goals.ts'
import type { Heard } from './hear.ts'
import { runFlow } from './run-flow.ts'
import { emit, offer, plainTextOf, say } from './say.ts'
import { type Session, topOf } from './session.ts'
import { textHash } from './text-hash.ts'

const PERSON_AFTER = 3
const MAX_UNANSWERED = 300

/** What was said is not understood: it is admitted in steps, and in the end a person is offered. */
export function fallBack(session: Session, heard: Heard | undefined, text: string): void {
  const { memory, pack } = session
  const guess = heard?.classification.alternatives[0]?.intent
  session.effects.push({ kind: 'unanswered', text: clip(text, MAX_UNANSWERED), ...(guess !== undefined && { guess }) })
  const skill = pack.settings?.unknown
  const found = skill === undefined ? undefined : pack.skills[skill]
  const isAsked =
    heard !== undefined && found !== undefined && (session.context.isOnline !== false || found.onDevice === true)
  if (isAsked && !memory.stack.length) {
    memory.calls++
    const args = { text: clip(text, MAX_UNANSWERED) }
    const callId = `${memory.calls}.${memory.turn}.${textHash(args.text)}`
    memory.pending = {
      wait: 'call',
      callId,
      skill: skill!,
      args,
      isConfirmed: false,
      as: null,
      text: args.text,
      turns: 0,
    }
    session.effects.push({
      kind: 'call',
      callId,
      skill: skill!,
      args,
      permissions: found.permissions ?? [],
      isConfirmed: false,
    })
    return
  }
  admit(session, text)
}

/** Says that something was not understood: with an example, then with topics, then with the offer of a person. */
export function admit(session: Session, text: string): void {
  const { memory, pack } = session
  memory.misses++
  const topics = pack.help.topics
  if (memory.misses >= (pack.settings?.personAfter ?? PERSON_AFTER)) {
    offerPerson(session)
    return
  }
  const topic = topics[(memory.turn + memory.misses) % Math.max(1, topics.length)]
  if (memory.misses === 1) say(session, 'core.fallback', { said: clipSaid(text), example: topic?.example ?? '' })
  else {
    say(session, 'core.fallback_topics', { said: clipSaid(text) })
    offerTopics(session, true)
  }
  if (topOf(session)) runFlow(session)
}

export function offerTopics(session: Session, hasPerson = false): void {
  const { pack } = session
  const chips = pack.help.topics.map(({ intent }) => ({
    label: pack.intents[intent]?.label ?? intent,
    action: { does: 'intent', intent } as const,
  }))
  const person = { label: plainTextOf(session, 'core.chip_person'), action: { does: 'act', act: 'person' } as const }
  emit(session, { kind: 'chips', chips: offer(session, hasPerson ? [...chips, person] : chips) })
}

export function offerPerson(session: Session): void {
  const { memory } = session
  say(session, 'core.offer_person')
  const act = (chip: string, name: 'yes' | 'no') => ({
    label: plainTextOf(session, chip),
    action: { does: 'act', act: name } as const,
  })
  emit(session, { kind: 'chips', chips: offer(session, [act('core.chip_yes', 'yes'), act('core.chip_no', 'no')]) })
  memory.expect = { kind: 'offer-person' }
}
