import type { DialogueCard, DialogueChip, DialogueEffect } from '../brain/dialogue/types.ts'
import type { ChatPart } from '../contract/chat.ts'

/** What an effect of the engine shows, as far as the device shows it: text, buttons and products. */
export function partsOf(effect: DialogueEffect): ChatPart[] {
  switch (effect.kind) {
    case 'say':
      return [{ type: 'text', text: effect.text }]
    case 'ask':
    case 'clarify':
      return [{ type: 'text', text: effect.text }, ...choices(effect.chips)]
    case 'chips':
      return choices(effect.chips)
    case 'cards':
      return [{ type: 'products', items: effect.cards.filter(({ kind }) => kind === 'product').map(product) }]
    default:
      return []
  }
}

function choices(chips: readonly DialogueChip[]): ChatPart[] {
  return chips.length > 0 ? [{ type: 'choices', items: chips.map(({ id, label }) => ({ id, label })) }] : []
}

function product({ id, title, price, imageUrl, url, detail }: DialogueCard) {
  return {
    ...{ id, name: title },
    ...(price && { price }),
    ...(imageUrl && { imageUrl }),
    ...(url && { url }),
    ...(detail && { reasonText: detail }),
  }
}
