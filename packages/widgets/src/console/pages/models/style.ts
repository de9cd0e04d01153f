export const style = `
  [part=models-page] { display: grid; gap: 16px }
  [part=models-page] > [part=panel], [part=models-page] > [part=notice] { margin: 0 }
  [part=training]:not(:empty) { padding-bottom: 16px; font-weight: 550 }
  [part=share] { max-width: 260px; padding-top: 16px }
  [part=versions] { padding-top: 8px }
  [part=versions]:empty { display: none }
  [part=version] { display: grid; grid-template-columns: minmax(0, 1fr); gap: 6px; padding: 14px 0; border-top: 1px solid var(--line) }
  [part=version]:last-child { padding-bottom: 0 }
  [part=version]:first-child { border-top: 0 }
  [part=line] time:only-child { margin: 0 }
  [part=measured] { display: flex; flex-wrap: wrap; gap: 12px 24px; justify-content: space-between; align-items: end }
  [part=measured] dl { flex: 1 1 280px; min-width: 0; max-width: 640px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 120px), 1fr)) }
  [part=verdict] { max-width: 72ch; padding: 10px 0; text-wrap: pretty }
  [part=verdict] [part=state]::before { margin-inline-end: 4px }
  [part=panel] > [part=actions] { padding-top: 14px }
  [part=panel] > [part=note] { max-width: 80ch }
  @media (max-width: 560px) {
    td [part=note] { display: block }
  }
`
