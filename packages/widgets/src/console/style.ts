import { theme } from '../theme.ts'

/** What the shell and all pages share. */
export const style = `
  ${theme}
  [part=frame] {
    --good: light-dark(#1a7f4b, #4cc38a);
    --fair: light-dark(#8a4f00, #f1a10d);
    --bad: light-dark(#c2302b, #ff8f87);
    --busy: light-dark(#2463c4, #82b1ff);
    --accent: var(--tw-accent, light-dark(#1f4fd8, #9db8ff));
    --on-accent: var(--tw-on-accent, light-dark(#fff, #10131c));
    --field: color-mix(in srgb, currentColor 48%, transparent);
    --round: var(--tw-radius, 12px);
    display: grid;
    grid-template-columns: 208px minmax(0, 1fr);
    gap: 0 32px;
    max-width: 1320px;
    min-height: 100vh;
    margin: 0 auto;
    padding: 0 24px;
    font-family: var(--tw-font, system-ui, sans-serif);
    font-size: 15px;
    line-height: 22px;
  }
  [part=side] { position: sticky; top: 0; align-self: start; display: grid; gap: 20px; padding: 28px 0 }
  [part=brand] { display: grid; padding-inline: 12px; overflow-wrap: anywhere }
  [part=brand] span { font-size: 12px; letter-spacing: .08em; text-transform: uppercase; color: var(--quiet) }
  [part=brand] b { font-size: 17px; line-height: 24px; font-weight: 650; letter-spacing: -.01em }
  [part=menu] { display: grid; gap: 2px }
  [part=menu] a { padding: 8px 12px; border-radius: 8px; color: inherit; text-decoration: none; white-space: nowrap }
  [part=menu] a:hover { background: var(--tint) }
  [part=menu] [aria-current] { font-weight: 600; background: var(--tint); box-shadow: inset 3px 0 var(--accent) }
  [part=person] { padding-inline: 12px; font-size: 13px; color: var(--quiet); overflow-wrap: anywhere }
  [part=page] { min-width: 0; padding: 28px 0 72px }
  [part=heading] { display: flex; flex-wrap: wrap; gap: 12px 24px; justify-content: space-between; align-items: start; padding-bottom: 24px }
  [part=heading] > :first-child { flex: 1 1 320px }
  h1 { font-size: 28px; line-height: 36px; font-weight: 650; letter-spacing: -.02em; overflow-wrap: anywhere }
  h1:focus { outline: none }
  h2 {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    justify-content: space-between;
    align-items: baseline;
    padding-bottom: 14px;
    font-size: 17px;
    line-height: 24px;
    font-weight: 600;
  }
  h3 { font-size: 15px; line-height: 22px; font-weight: 600 }
  [part=lead] { max-width: 68ch; padding-top: 4px; color: var(--quiet); text-wrap: pretty }
  [part~=actions] { display: flex; flex-wrap: wrap; gap: 8px; align-items: center }
  [part=panel] { padding: 20px; border: 1px solid var(--line); border-radius: var(--round); min-width: 0 }
  :where([part=panel] + [part=panel]) { margin-top: 16px }
  [part=trouble] {
    margin-bottom: 16px;
    padding: 14px 20px;
    border: 1px solid var(--bad);
    border-inline-start-width: 6px;
    border-radius: var(--round);
  }
  [part=alert][data-shown=true] {
    margin-bottom: 16px;
    padding: 12px 16px;
    border: 1px solid var(--bad);
    border-inline-start-width: 6px;
    border-radius: var(--round);
    overflow-wrap: anywhere;
  }
  [part=notice] {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 16px;
    align-items: center;
    justify-content: space-between;
    margin-bottom: 16px;
    padding: 10px 16px;
    border-radius: var(--round);
    background: var(--tint);
  }
  [part=empty] { display: grid; gap: 12px; justify-items: start; padding: 40px 32px; border: 1px dashed var(--line); border-radius: var(--round) }
  [part=empty] p { max-width: 60ch; color: var(--quiet) }
  dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(110px, 1fr)); gap: 16px }
  dt, [part~=note] { font-size: 13px; line-height: 20px; color: var(--quiet) }
  dd:not([part]) { font-weight: 600; font-variant-numeric: tabular-nums }
  ul, ol { list-style: none; padding: 0 }
  [part=hint] { max-width: 68ch; color: var(--quiet) }
  code {
    font: 13px/20px var(--tw-mono, ui-monospace, monospace);
    padding: 2px 6px;
    border-radius: 6px;
    background: var(--tint);
    overflow-wrap: anywhere;
  }
  [part=state] { white-space: nowrap; font-size: 13px }
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
  [data-state=ok], [data-state=done], [data-state=better] { --dot: var(--good) }
  [data-state=degraded], [data-state=later] { --dot: var(--fair) }
  [data-state=running] { --dot: var(--busy) }
  [data-state=failed], [data-state=dead], [data-state=worse] { --dot: var(--bad) }
  [part=line] { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 12px }
  [part=line] time { margin-inline-start: auto }
  [part=error] { font-size: 14px; color: var(--bad); overflow-wrap: anywhere }
  [part~=button] { min-height: 40px; padding: 8px 16px; border-radius: 10px; font-weight: 550; text-decoration: none }
  [part~=button]:is(a) { display: inline-block; color: inherit; border: 1px solid var(--line) }
  [part~=primary], [part~=primary]:hover { background: var(--accent); border-color: transparent }
  [part~=primary], [part~=primary] > span { color: var(--on-accent) }
  [part~=primary]:hover { opacity: .9 }
  [part~=danger] { color: var(--bad) }
  [part~=quiet] { border-color: transparent }
  [part~=button][aria-disabled=true] { opacity: .6; cursor: progress }
  [part=switch] { flex: none; width: 44px; height: 26px; padding: 2px; background: color-mix(in srgb, currentColor 55%, transparent); border: 0 }
  [part=switch] i { display: block; width: 22px; height: 22px; border-radius: 50%; background: Canvas }
  [part=switch][aria-checked=true] { background: var(--good) }
  [part=switch][aria-checked=true] i { margin-inline-start: 18px }
  [part=field] { display: grid; gap: 6px; min-width: 0 }
  label, legend { padding: 0; font-size: 14px; line-height: 20px; font-weight: 550 }
  fieldset { display: grid; gap: 16px; min-width: 0; padding: 0; border: 0 }
  input:not([type=checkbox], [type=radio], [type=range]), select, textarea {
    width: 100%;
    min-width: 0;
    min-height: 42px;
    padding: 8px 12px;
    font: inherit;
    color: inherit;
    background: Canvas;
    border: 1px solid var(--field);
    border-radius: 10px;
  }
  option { color: CanvasText; background: Canvas }
  [type=range] { width: 100%; margin: 0; accent-color: var(--accent) }
  [aria-invalid=true] { border-color: var(--bad); box-shadow: inset 0 0 0 1px var(--bad) }
  [part=choices] { display: flex; flex-wrap: wrap; gap: 8px }
  [part=choices] button { min-height: 36px; padding: 6px 14px; font-size: 14px }
  [part=choices] [aria-pressed=true] { font-weight: 600; border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); background: var(--tint) }
  [part=picture] {
    position: relative;
    flex: none;
    display: grid;
    place-items: center;
    width: 44px;
    height: 44px;
    border-radius: 8px;
    background: var(--tint);
    color: var(--quiet);
    font-weight: 600;
    overflow: hidden;
  }
  [part=picture] img { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: cover }
  table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums }
  th { font-size: 13px; font-weight: 500; color: var(--quiet); text-align: start }
  td, th { padding: 9px 12px 9px 0; border-bottom: 1px solid var(--line) }
  tr:last-child > * { border-bottom: 0 }
  tbody th { font-size: 15px; font-weight: 500; color: inherit }
  :is(td, th):not(:first-child) { text-align: end; padding-inline-end: 0; padding-inline-start: 12px }
  [part=scroll] { overflow-x: auto }
  [part=secret] { display: grid; gap: 8px; margin: 0 0 16px; padding: 14px 16px; border: 1px solid var(--good); border-inline-start-width: 6px; border-radius: var(--round) }
  [part=secret] pre { margin: 0; font: 14px/22px var(--tw-mono, ui-monospace, monospace); white-space: pre-wrap; overflow-wrap: anywhere; user-select: all }
  [part=cards] { display: grid; gap: 8px; padding-bottom: 16px }
  [part=cards] > li { display: grid; gap: 8px; margin: 0; padding: 14px 16px }
  [part=cards] b { min-width: 0; overflow-wrap: anywhere }
  [part=form] { display: grid; gap: 16px; max-width: 560px }
  @media (max-width: 760px) {
    [part=frame] { display: block; padding: 0 16px }
    [part=side] { position: static; gap: 10px; padding: 16px 0 0 }
    [part=brand] { padding-inline: 0 }
    [part=menu] { display: flex; flex-wrap: wrap; gap: 2px; min-height: 131px; align-content: start; margin-inline: -16px; padding: 4px 8px 8px; border-bottom: 1px solid var(--line) }
    [part=menu] [aria-current] { box-shadow: inset 0 -3px var(--accent) }
    [part=person] { display: none }
    [part=page] { padding: 20px 0 56px }
    h1 { font-size: 24px; line-height: 32px }
    [part=panel] { padding: 16px }
    [part=empty] { padding: 28px 20px }
  }
`
