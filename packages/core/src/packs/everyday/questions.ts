/** Frequent questions that a tenant's own words answer: intent → what it is about, for people. */
export const EVERYDAY_QUESTIONS: Readonly<Record<string, string>> = {
  contact: 'how to reach us',
  account_help: 'help with your account',
}
