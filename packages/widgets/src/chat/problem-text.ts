import type { Problem } from './connect.ts'
import type { ChatWords } from './strings.ts'

export function problemText(problem: Problem, words: ChatWords): string {
  if (problem.kind === 'too-long') return words.tooLong.replace('{n}', `${problem.by}`)
  if (problem.kind === 'sign-in') return words.signInFirst
  if (problem.kind === 'proof') return words.proofWrong
  return problem.kind === 'slow' ? words.slow : words.trouble
}
