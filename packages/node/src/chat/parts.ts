import type { DialogueCard, DialogueChip, DialogueEffect, DialogueField, Json } from '@tillwright/core/brain'
import type { ChatChoice, ChatField, ChatPart, Money } from '@tillwright/core/contract'
import type { ChatWords } from './words.ts'

/** Kinds of slot that a form with one field helps with; others are better said. */
const FORM_KINDS: ReadonlySet<string> = new Set(['email', 'money', 'number'])

/** What one effect of the engine shows; nothing for those that the server acts on. */
export function partsOf(effect: DialogueEffect, words: ChatWords): ChatPart[] {
  switch (effect.kind) {
    case 'say':
      return [{ type: 'text', text: effect.text }]
    case 'ask':
      return [
        { type: 'text', text: effect.text },
        ...formOf(effect.slot, effect.field, words),
        ...choicesOf(effect.chips),
      ]
    case 'confirm': {
      const [yes, no, ...others] = effect.chips.map(choiceOf)
      if (!yes || !no) return [{ type: 'text', text: effect.text }, ...choicesOf(effect.chips)]
      return [{ type: 'confirm', title: effect.text, details: [], yes, no }, ...choicesOf(others)]
    }
    case 'clarify':
      return [{ type: 'text', text: effect.text }, ...choicesOf(effect.chips)]
    case 'chips':
      return choicesOf(effect.chips)
    case 'cards':
      return cardParts(effect.cards)
    case 'sign-in':
      return [{ type: 'notice', code: 'sign_in_needed', text: words.signIn }]
    case 'step-up':
      return [
        { type: 'notice', code: 'step_up_needed', text: words.stepUp },
        {
          type: 'choices',
          items: [
            { id: 'stepped-up', label: words.stepUpDone },
            { id: 'step-up-refused', label: words.cancel },
          ],
        },
      ]
    default:
      return []
  }
}

function choiceOf({ id, label }: DialogueChip): ChatChoice {
  return { id, label }
}

function choicesOf(chips: readonly DialogueChip[]): ChatPart[] {
  return chips.length === 0 ? [] : [{ type: 'choices', items: chips.map(choiceOf) }]
}

function formOf(slot: string, field: DialogueField, words: ChatWords): ChatPart[] {
  if (!FORM_KINDS.has(field.kind)) return []
  const { label, example, isOptional, min, max, maxLength } = field
  const shown: ChatField = {
    name: slot,
    label,
    type: field.kind as ChatField['type'],
    required: !isOptional,
    hint: example,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(maxLength === undefined ? {} : { maxLength }),
  }
  return [{ type: 'form', id: `slot:${slot}`, fields: [shown], submitLabel: words.send }]
}

/** Cards of one kind that follow one another are one part. */
function cardParts(cards: readonly DialogueCard[]): ChatPart[] {
  const parts: ChatPart[] = []
  for (const card of cards) {
    const part = cardPart(card)
    const last = parts.at(-1)
    if (last && 'items' in last && 'items' in part && last.type === part.type) {
      ;(last.items as unknown[]).push(...(part.items as unknown[]))
    } else parts.push(part)
  }
  return parts
}

function cardPart(card: DialogueCard): ChatPart {
  const { kind, id, title, detail, price, imageUrl, url, data = {} } = card
  if (kind === 'product') {
    const product = {
      id,
      name: title,
      ...(price ? { price } : {}),
      ...(imageUrl ? { imageUrl } : {}),
      ...(url ? { url } : {}),
      ...(typeof data.inStock === 'boolean' ? { inStock: data.inStock } : {}),
      ...(detail ? { reasonText: detail } : {}),
    }
    return { type: 'products', items: [product] }
  }
  if (kind === 'order' && price && typeof data.placedAt === 'string') {
    const lines = (data.lines ?? []) as unknown as { name: string; quantity: number; unitPrice: Money }[]
    const order = {
      id,
      placedAt: data.placedAt,
      total: price,
      lines: [...lines],
      lineCount: Number(data.lineCount ?? lines.length),
      ...(detail ? { stateText: detail } : {}),
      ...(url ? { url } : {}),
    }
    return { type: 'orders', items: [order] }
  }
  if (kind === 'receipt') {
    const at = instantOf(data.at)
    return {
      type: 'receipt',
      id,
      merchant: title,
      ...(price ? { total: price } : {}),
      ...(at ? { at } : {}),
      ...(url ? { url } : {}),
    }
  }
  if (kind === 'chart') {
    const bars = (data.bars ?? []) as unknown as { label: string; value: number; text: string }[]
    return { type: 'chart', title, bars: [...bars] }
  }
  if (kind === 'link' && url) return { type: 'link', label: title, url }
  if (kind === 'cart') {
    const change = data.change === 'remove' ? 'remove' : 'add'
    return { type: 'cart', change, productId: id, name: title, quantity: Number(data.quantity ?? 1) }
  }
  const at = instantOf(data.at)
  return {
    type: 'rows',
    items: [
      { label: title, ...(detail ? { detail } : {}), ...(at ? { at } : {}), ...(price ? { amount: price } : {}) },
    ],
  }
}

function instantOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}
