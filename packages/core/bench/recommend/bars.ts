/** A figure and what it is held to. */
interface Figure {
  readonly what: string
  readonly figure: number
  readonly bar: number
  readonly isMet: boolean
  readonly shown: string
}

/** Collects figures as they are measured, and prints them as a table. */
export function createBars() {
  const figures: Figure[] = []
  const add = (what: string, figure: number, bar: number, isMet: boolean, sign: string, unit: string) => {
    const digits = unit === '' ? 3 : figure < 10 ? 2 : 0
    figures.push({
      what,
      figure,
      bar,
      isMet,
      shown: [`${figure.toFixed(digits)}${unit}`.padEnd(13), `${sign} ${bar}${unit}`].join(' '),
    })
  }
  return {
    least: (what: string, figure: number, bar: number, unit = '') => add(what, figure, bar, figure >= bar, '≥', unit),
    most: (what: string, figure: number, bar: number, unit = '') => add(what, figure, bar, figure <= bar, '≤', unit),
    /** Prints what was measured; gives how many bars were missed. */
    print(): number {
      if (figures.length === 0) return 0
      const width = Math.max(...figures.map(({ what }) => what.length))
      console.log(`\n${'what'.padEnd(width)}  ${'figure'.padEnd(14)}${'bar'.padEnd(14)}`)
      for (const { what, shown, isMet } of figures) {
        console.log(`${what.padEnd(width)}  ${shown.padEnd(28)}${isMet ? 'ok' : 'MISSED'}`)
      }
      return figures.filter(({ isMet }) => !isMet).length
    },
  }
}

export type Bars = ReturnType<typeof createBars>
