export const style = `
  [part=content] { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); gap: 16px }
  [part=content] > [part=panel] { margin: 0 }
  [data-stale=true] > * { border-style: dashed }
  [part=panel]:nth-child(3) { grid-column: 1 / -1 }
  [part~=counts] dd { font-size: 24px; line-height: 32px; letter-spacing: -.01em }
  [part=checks] { padding-top: 16px; display: grid; gap: 6px }
  dl ~ [part=hint] { padding-top: 12px }
  [part=script-tag] {
    margin: 12px 0;
    padding: 12px;
    border-radius: 6px;
    background: var(--tint);
    font: 13px/20px var(--tw-mono, ui-monospace, monospace);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    user-select: all;
  }
  [part=tally] { display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: 13px; font-weight: 400 }
  [part=job], [part=models] > li { padding: 12px 0; border-top: 1px solid var(--line) }
  [part=job] > :not(:first-child) { margin-top: 6px }
  [part=retry] { padding: 5px 16px; margin-inline-end: 12px }
  [part=retry][aria-disabled=true] { opacity: .5; cursor: default }
  [part=jobs]:not(:empty), [part=models]:not(:empty) { margin-bottom: -12px }
  [part=rejects] { display: inline-block; color: inherit; text-underline-offset: 3px }
  progress { display: block; width: 100%; height: 6px; appearance: none; border: 0; border-radius: 3px; overflow: hidden }
  progress, progress::-webkit-progress-bar { background: var(--tint) }
  progress::-webkit-progress-value { background: var(--busy) }
  progress::-moz-progress-bar { background: var(--busy) }
  @media (prefers-reduced-motion: no-preference) {
    progress::-webkit-progress-value { transition: inline-size .4s }
  }
`
