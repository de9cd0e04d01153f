import { theme } from '../theme.ts'

/** What forms of all widgets for people share. */
export const formStyle = `
  ${theme}
  section {
    --field: color-mix(in srgb, currentColor 45%, transparent);
    --wrong: light-dark(#b3261e, #ffb4ab);
    --well: light-dark(#1b6e3c, #8fd6a6);
    font-size: 16px;
    line-height: 24px;
  }
  h2, h3 { font-size: var(--tw-heading-size, 24px); line-height: 1.25; font-weight: 600; letter-spacing: -.015em; text-wrap: balance }
  h3 { font-size: 17px }
  h2:focus { outline: none }
  form { display: grid; gap: 16px }
  label { display: block; margin-bottom: 6px; font-size: 14px; line-height: 20px; font-weight: 550 }
  [part=control] { position: relative }
  [part=input] {
    width: 100%;
    height: 48px;
    padding: 0 14px;
    font: inherit;
    color: inherit;
    background: var(--tw-field, transparent);
    border: 1px solid var(--field);
    border-radius: var(--tw-radius, 10px);
    appearance: none;
  }
  [part=input]:has(+ button) { padding-inline-end: 52px }
  [part=input]:hover { border-color: currentColor }
  [part=input]:focus-visible { outline-offset: -1px; border-color: transparent }
  [aria-invalid] { border-color: var(--wrong); box-shadow: inset 0 0 0 1px var(--wrong) }
  [part=show] {
    position: absolute;
    inset-block: 4px;
    inset-inline-end: 4px;
    width: 40px;
    display: grid;
    place-items: center;
    padding: 0;
    border: 0;
    border-radius: calc(var(--tw-radius, 10px) - 2px);
    color: var(--quiet);
  }
  svg { fill: none; stroke: currentColor; stroke-width: 1.7; stroke-linecap: round; stroke-linejoin: round }
  [part~=submit], [part~=secondary], [part~=danger] {
    display: grid;
    place-items: center;
    width: 100%;
    min-height: 48px;
    padding: 10px 20px;
    font-weight: 600;
    text-align: center;
    text-decoration: none;
    color: inherit;
    border-radius: var(--tw-radius, 10px);
  }
  [part~=submit] { background: var(--tw-accent, currentColor); border-color: transparent }
  [part~=submit] > span { color: var(--tw-on-accent, Canvas) }
  [part~=submit]:hover { background: var(--tw-accent, currentColor); opacity: .88 }
  [part~=danger] { color: var(--wrong); border-color: currentColor }
  [aria-disabled=true] { cursor: progress }
  [part~=submit][aria-disabled=true] > span { opacity: .75 }
  [part=link] {
    padding: 2px;
    margin: -2px;
    border: 0;
    border-radius: 4px;
    font-weight: 550;
    color: var(--tw-accent, inherit);
    text-decoration: underline 1px;
    text-underline-offset: 3px;
  }
  [part=link]:hover { background: none; text-decoration-thickness: 2px }
  [part=check] { display: flex; align-items: center; gap: 10px; margin: 0; font-weight: 400; cursor: pointer }
  [type=checkbox] { flex: none; width: 18px; height: 18px; margin: 0; accent-color: var(--tw-accent, currentColor) }
  [part=lead] { color: var(--quiet) }
  [part=message] { color: var(--wrong); font-size: 15px; line-height: 22px; font-weight: 550; text-wrap: pretty }
  [part=strength] { margin-top: -6px; font-size: 14px; line-height: 20px }
  [part=strength] p { min-height: 40px; color: var(--quiet) }
  [part=meter] { display: grid; grid-template-columns: repeat(4, 1fr); gap: 4px; margin-bottom: 6px }
  [part=meter] i { height: 4px; border-radius: 2px; background: var(--line) }
  [part=meter] [data-on=true] { background: var(--wrong) }
  [data-score="2"] [data-on=true] { background: light-dark(#9a6700, #e3b341) }
  :is([data-score="3"], [data-score="4"]) [data-on=true] { background: var(--well) }
  [part=trap] { position: absolute; inset-inline-start: -200vw; width: 1px; height: 1px; overflow: hidden }
`
