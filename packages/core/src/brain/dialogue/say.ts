import { pruneJson } from './bound-state.ts'
import { type ChipAction, copyOf } from './memory.ts'
import { formatMessage } from './message-format.ts'
import { valueAt } from './path.ts'
import type { Session } from './session.ts'
import { topOf } from './session.ts'
import { textHash } from './text-hash.ts'
import type { DialogueChip, DialogueEffect, Json, JsonObject, PackTemplate } from './types.ts'
import { writeValue } from './write-value.ts'

/** Templates whose last variant is remembered. */
const MAX_SAID = 30
const MAX_CHIPS = 12
const MAX_SPOKEN = 3_000
const MAX_TEXT = 2_000

type Data = Readonly<Record<string, unknown>>

/** Says a template. The same way is never said twice in a row where there are several. */
export function say(session: Session, template: string, data: Data = {}): void {
  const text = textOf(session, template, data)
  if (text)
    emit(session, {
      kind: 'say',
      template,
      text,
      ...(Object.keys(data).length > 0 && { data: pruneJson(data, 1_000) as JsonObject }),
    })
}

/** A template filled in, in a way other than the last time. */
export function textOf(session: Session, template: string, data: Data = {}): string {
  const variants = variantsOf(session, template)
  const { memory, context } = session
  const last = memory.said.find(([name]) => name === template)?.[1]
  const others = variants.map((_, i) => i).filter((i) => i !== last)
  const mixed = Number.parseInt(textHash(`${template}.${memory.turn}`).slice(0, 6), 36) / 36 ** 6
  const chosen = others.length > 0 ? others[Math.floor(((context.random + mixed) % 1) * others.length)]! : 0
  memory.said = [...memory.said.filter(([name]) => name !== template), [template, chosen] as [string, number]].slice(
    -MAX_SAID,
  )
  return fill(session, variants[chosen]!, data)
}

/** The same each time: for labels of buttons, and to tell whether a text would be another than before. */
export function plainTextOf(session: Session, template: string, data: Data = {}): string {
  return fill(session, variantsOf(session, template)[0]!, data)
}

/** What templates, values and conditions may refer to. */
export function scopeOf(session: Session): JsonObject {
  const { context, memory } = session
  const frame = topOf(session)
  const { name, isReturning = false, lastTopic } = context.user ?? {}
  return {
    slots: frame?.slots ?? memory.last?.slots ?? {},
    results: frame?.results ?? {},
    user: { ...(name !== undefined && { name }), isReturning, ...(lastTopic !== undefined && { lastTopic }) },
    context: {
      isSignedIn: context.isSignedIn,
      isOnline: context.isOnline !== false,
      ...(context.currency !== undefined && { currency: context.currency }),
    },
    text: session.text,
  }
}

/** Offers buttons: remembers what each of them does. */
export function offer(session: Session, chips: readonly { label: string; action: ChipAction }[]): DialogueChip[] {
  const { memory } = session
  return chips.slice(0, MAX_CHIPS).map(({ label, action }) => {
    const same = memory.offered.find(
      (one) => one.label === label && JSON.stringify(one.action) === JSON.stringify(action),
    )
    if (same) return { id: same.id, label }
    const id = `c${memory.turn}.${memory.offered.length}`
    memory.offered = [...memory.offered, { id, label, action }].slice(-MAX_CHIPS * 2)
    return { id, label }
  })
}

/** Adds an effect, and keeps what was said for "repeat". */
export function emit(session: Session, effect: DialogueEffect): void {
  session.effects.push(effect)
  const { memory } = session
  if (!['say', 'ask', 'confirm', 'clarify', 'chips'].includes(effect.kind)) return
  memory.spoken = [...memory.spoken, copyOf(effect)]
  while (JSON.stringify(memory.spoken).length > MAX_SPOKEN && memory.spoken.length > 0)
    memory.spoken = memory.spoken.slice(1)
}

/** Values as people read them: a choice by its label. */
export function displayOf(session: Session, name: string, value: Json | undefined): Json | undefined {
  const slot = session.pack.slots[name]
  const choice = slot?.choices?.find(({ id }) => id === value)
  return choice ? choice.label : value
}

function fill(session: Session, message: string, data: Data): string {
  const { context, pack } = session
  const scope = scopeOf(session)
  const locale = { language: context.language ?? pack.language, timeZone: context.timeZone }
  const text = formatMessage(message, {
    language: locale.language,
    valueOf: (path) => {
      if (path === 'hasName') return context.user?.name ? 'yes' : 'no'
      const own = valueAt(data, path)
      if (own !== undefined) return own
      const found = valueAt(scope, path)
      const [, slot] = /^slots\.([^.]+)$/.exec(path) ?? []
      return slot === undefined ? found : displayOf(session, slot, found)
    },
    write: (value, style) => writeValue(value, style, locale),
  })
  return text.slice(0, MAX_TEXT)
}

function variantsOf({ pack, language }: Session, template: string): readonly string[] {
  const own = Object.hasOwn(pack.templates, template) ? pack.templates[template]! : undefined
  const found = own ?? (Object.hasOwn(language.templates, template) ? language.templates[template]! : '')
  const toned = toneOf(found, pack.settings?.tone ?? 'friendly')
  const variants = typeof toned === 'string' ? [toned] : toned
  return variants.length > 0 ? variants : ['']
}

function toneOf(template: PackTemplate, tone: 'friendly' | 'formal'): string | readonly string[] {
  return typeof template === 'string' || Array.isArray(template)
    ? (template as string | readonly string[])
    : (template as { readonly friendly: string | readonly string[]; readonly formal: string | readonly string[] })[tone]
}
