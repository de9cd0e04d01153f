import { parseArgs } from 'node:util'
import { createDialogue, intentAliasesOf, intentExamplesOf, runDialogue } from '../../src/brain/dialogue/index.ts'
import { loadIntent, trainIntent } from '../../src/brain/intent/index.ts'
import { PACKS, type PackName } from './packs.ts'

/** Of the scripted dialogues of a split, how many must reach their goal. */
const BAR = 0.95
const SEED = 7
const SPLITS = ['build', 'test'] as const
const USAGE = `npm run bench:dialogue -- [--pack ${Object.keys(PACKS).join('|')}] [--split ${SPLITS.join('|')}] [--show] [--only words] [--size linear]
Plays the scripted dialogues of the packs. --show prints those that went another way than expected; --only those whose name has the words;
--size linear trains the linear part of the intent model alone, within seconds.`

const { values } = parseArgs({
  options: {
    pack: { type: 'string' },
    split: { type: 'string' },
    show: { type: 'boolean', default: false },
    only: { type: 'string' },
    size: { type: 'string', default: 'small' },
  },
})
const names = Object.keys(PACKS) as PackName[]
const packs = names.filter((name) => values.pack === undefined || name === values.pack)
const splits = SPLITS.filter((name) => values.split === undefined || name === values.split)
if (packs.length === 0 || splits.length === 0) {
  console.error(USAGE)
  process.exit(2)
}

let isMet = true
for (const name of packs) {
  const { pack, scripts } = PACKS[name]
  const bytes = trainIntent(intentExamplesOf(pack), { seed: SEED, size: values.size === 'linear' ? 'linear' : 'small' })
  const dialogue = createDialogue({ pack, intents: loadIntent(bytes, { aliases: intentAliasesOf(pack) }) })
  for (const split of splits) {
    const chosen = scripts.filter((one) => one.split === split && one.name.includes(values.only ?? ''))
    if (chosen.length === 0) continue
    const before = process.cpuUsage().user
    const reports = chosen.map((script) => runDialogue(script, dialogue))
    const cpuMs = (process.cpuUsage().user - before) / 1000
    const turns = chosen.reduce((sum, script) => sum + script.turns.length, 0)
    const reached = reports.filter((one) => one.isGoalReached).length
    const passed = reports.filter((one) => one.isPassed).length
    const share = reached / reports.length
    if (share < BAR) isMet = false
    if (values.show) for (const one of reports) if (!one.isPassed) console.log(`\n${one.name}\n${one.transcript}\n`)
    const verdict = `>= ${BAR * 100} %  ${share >= BAR ? 'met' : 'MISSED'}`
    console.log(
      `${name.padEnd(8)} ${split.padEnd(6)} goal reached ${reached}/${reports.length} (${(share * 100).toFixed(1)} %)  ${verdict}   ` +
        `every turn as expected ${passed}/${reports.length}   ${(cpuMs / Math.max(1, turns)).toFixed(2)} ms of CPU a turn, ${turns} turns`,
    )
  }
}
process.exitCode = isMet ? 0 : 1
