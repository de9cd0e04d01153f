import type { MailContent, Say } from './content.ts'
import type { Language } from './language.ts'
import { SHARED_WORDS } from './shared-words.ts'

/** When something happened, and from where as far as that is known. */
export function factsOf(
  language: Language,
  { at, device, address }: { at: string; device?: string | undefined; address?: string | undefined },
  say: Say,
): NonNullable<MailContent['facts']> {
  const words = SHARED_WORDS[language]
  const known = say.name(device)
  return [
    [words.when, say.instant(at)],
    ...(known === undefined ? [] : ([[words.device, known]] as const)),
    ...(address === undefined ? [] : ([[words.address, address]] as const)),
  ]
}
