import { ACCOUNTS, createErrands } from './errands.suite.ts'
import { runDialogue } from './run-dialogue.ts'
import type { CannedResult, Dialogue, DialogueContext, DialogueScript, ScriptTurn } from './types.ts'

const pounds = (amount: number) => ({ amount: amount * 100, currency: 'GBP' })

/** What the skills of the pack give in tests. */
export const SKILLS: Readonly<Record<string, CannedResult>> = {
  'order-status': { data: { outcome: 'found', state: 'on its way' } },
  balance: { data: { amount: pounds(1234) } },
  spending: { data: { total: pounds(50) } },
  'product-search': {
    data: { count: 2 },
    cards: [
      { kind: 'product', id: 'p1', title: 'Harbour rain jacket', list: 'products' },
      { kind: 'product', id: 'p2', title: 'Coffee mug', list: 'products' },
    ],
  },
  product: { data: { detail: 'blue' } },
}

let errands: Dialogue | undefined
/** Trained once for all tests of a file. */
export const theErrands = (): Dialogue => (errands ??= createErrands())

/** Plays a conversation: texts, buttons as `[Label]`, or turns with what is expected. */
export function talk(
  turns: readonly (string | ScriptTurn)[],
  { reaches = {}, ...rest }: Partial<Omit<DialogueScript, 'turns'>> = {},
  dialogue: Dialogue = theErrands(),
) {
  const script: DialogueScript = {
    name: 'a conversation',
    pack: 'errands',
    split: 'build',
    reaches,
    ...rest,
    skills: { ...SKILLS, ...rest.skills },
    context: { lists: { accounts: ACCOUNTS }, ...rest.context },
    turns: turns.map((turn) =>
      typeof turn === 'string' ? { user: /^\[.*\]$/.test(turn) ? { chip: turn.slice(1, -1) } : turn } : turn,
    ),
  }
  const report = runDialogue(script, dialogue)
  /** `''` where all went as expected, else the conversation with what did not. */
  return { ...report, wrong: report.isPassed ? '' : report.transcript }
}

export const CONTEXT: DialogueContext = {
  now: Date.UTC(2026, 10, 21, 12),
  timeZone: 'Europe/London',
  currency: 'GBP',
  isSignedIn: true,
  permissions: ['orders:read', 'money:move'],
  lists: { accounts: ACCOUNTS },
  random: 0.3,
}
