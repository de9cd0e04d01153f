export const style = `
  [part=range] { display: flex; flex-wrap: wrap; gap: 16px 40px; padding-bottom: 20px }
  [part=label] { font-size: 14px; line-height: 20px; font-weight: 550 }
  [part=range] [part=field] { align-content: start }
  [part=report] { display: grid; gap: 16px }
  [part=report] [part=panel] { margin: 0 }
  [part=report][aria-busy=true] { opacity: .6 }
  [part=funnel] { display: grid; gap: 14px }
  [part=funnel] p { display: flex; flex-wrap: wrap; gap: 2px 12px; align-items: baseline; padding-bottom: 4px }
  [part=funnel] p > :first-child { min-width: 96px }
  [part=funnel] b { font-size: 20px; font-variant-numeric: tabular-nums }
  svg { display: block; overflow: visible }
  [part=all] { fill: var(--tint) }
  [part=rest] { fill: var(--accent) }
  [part=ways] { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr)); gap: 16px }
  [part=ways] dd:not([part]) { font-size: 24px; line-height: 32px }
  [part=ways] [part=note] { padding-top: 10px }
  [part=verdict] { max-width: 72ch; padding-bottom: 12px; text-wrap: pretty }
  [part=verdict] [part=state]::before { margin-inline-end: 4px }
  [part=interval] { max-width: 560px; margin-bottom: 8px }
  [part=interval] text { font-size: 12px; fill: var(--quiet) }
  [part=axis] { stroke: var(--line) }
  [part=zero] { stroke: currentColor; stroke-width: 2 }
  [part=span] { fill: color-mix(in srgb, var(--accent) 45%, transparent) }
  [part=point] { fill: var(--accent) }
  [part=more] { padding-top: 12px }
  td { white-space: nowrap }
  @media (max-width: 560px) {
    td [part=note] { display: block }
  }
`
