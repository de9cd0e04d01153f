import type { MailContent } from './content.ts'
import type { Language } from './language.ts'
import { SHARED_WORDS } from './shared-words.ts'

/** The mail for readers that show no HTML, and for those who prefer it. */
export function mailText(
  { heading, paragraphs, action, facts = [], notice }: MailContent,
  shop: string,
  language: Language,
): string {
  const words = SHARED_WORDS[language]
  const blocks = [
    heading,
    ...paragraphs,
    facts.map(([label, value]) => `${label}: ${value}`).join('\n'),
    // On a line of its own, so that readers find its ends.
    action ? `${action.label}:\n${action.link}` : '',
    ...notice,
    `-- \n${shop}\n${words.footer(shop)}`,
  ]
  return `${blocks.filter(Boolean).join('\n\n')}\n`
}
