import { theme } from '../theme.ts'

export const style = `
  ${theme}
  section {
    --good: light-dark(#1a7f4b, #4cc38a);
    --fair: light-dark(#a15c00, #f1a10d);
    --bad: light-dark(#c2302b, #ff8f87);
    --busy: light-dark(#2463c4, #82b1ff);
    max-width: 1080px;
    margin: 0 auto;
    padding: 24px 16px 64px;
    font-family: var(--tw-font, system-ui, sans-serif);
  }
  header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 16px; padding-bottom: 24px }
  [part=brand] { flex-basis: 100%; font-size: 13px; letter-spacing: .08em; text-transform: uppercase; color: var(--quiet) }
  h1 { flex: 1; font-size: 30px; line-height: 38px; font-weight: 600; letter-spacing: -.02em }
  h2 {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    justify-content: space-between;
    align-items: baseline;
    padding-bottom: 16px;
    font-size: 17px;
    line-height: 24px;
    font-weight: 600;
  }
  [part=content] { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 16px }
  [data-stale=true] > * { border-style: dashed }
  [part=panel] { padding: 20px; border: 1px solid var(--line); border-radius: var(--tw-radius, 12px); min-width: 0 }
  [part=panel]:nth-child(3) { grid-column: 1 / -1 }
  [part=trouble] {
    margin-bottom: 16px;
    padding: 14px 20px;
    border: 1px solid var(--bad);
    border-inline-start-width: 6px;
    border-radius: var(--tw-radius, 12px);
  }
  dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(110px, 1fr)); gap: 16px }
  dt, [part=note] { font-size: 13px; color: var(--quiet) }
  dd { font-weight: 600; font-variant-numeric: tabular-nums }
  [part~=counts] dd { font-size: 24px; line-height: 32px; letter-spacing: -.01em }
  ul { list-style: none; padding: 0 }
  [part=checks] { padding-top: 16px; display: grid; gap: 6px }
  [part=hint] { color: var(--quiet) }
  dl ~ [part=hint] { padding-top: 12px }
  code {
    font: 13px/20px var(--tw-mono, ui-monospace, monospace);
    padding: 2px 6px;
    border-radius: 6px;
    background: var(--tint);
    overflow-wrap: anywhere;
  }
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
  [part=state] { white-space: nowrap }
  [part=state]::before {
    content: "";
    display: inline-block;
    width: 8px;
    height: 8px;
    margin-inline-end: 7px;
    border-radius: 50%;
    background: var(--dot, var(--line));
    vertical-align: 1px;
  }
  [data-state=ok], [data-state=done] { --dot: var(--good) }
  [data-state=degraded] { --dot: var(--fair) }
  [data-state=running] { --dot: var(--busy) }
  [data-state=failed], [data-state=dead] { --dot: var(--bad) }
  [part=tally] { display: flex; flex-wrap: wrap; gap: 4px 16px; font-size: 13px; font-weight: 400 }
  [part=line] { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 12px }
  [part=line] time { margin-inline-start: auto }
  [part=job], [part=models] > li { padding: 12px 0; border-top: 1px solid var(--line) }
  [part=job] > :not(:first-child) { margin-top: 6px }
  [part=error] { color: var(--bad); overflow-wrap: anywhere }
  [part=retry] { padding: 5px 16px; margin-inline-end: 12px }
  [aria-disabled=true] { opacity: .5; cursor: default }
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
