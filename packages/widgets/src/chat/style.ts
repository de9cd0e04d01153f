import { theme } from '../theme.ts'
import { SHEET_PX } from './sheet.ts'

export const style = `
  ${theme}
  :host { position: relative; height: var(--tw-chat-height, 640px); color: CanvasText; outline: none }
  :host([popover]) {
    --inline: calc(var(--tw-chat-inline, 20px) + env(safe-area-inset-right, 0px));
    --block: calc(var(--tw-chat-block, 16px) + env(safe-area-inset-bottom, 0px));
    position: fixed;
    inset: auto;
    inset-inline-end: var(--inline);
    bottom: var(--block);
    width: min(400px, 100vw - 2 * var(--inline));
    height: min(680px, 100dvh - 2 * var(--block));
    margin: 0;
    padding: 0;
    border: 0;
    overflow: visible;
    color: CanvasText;
    background: none;
  }
  :host([popover]:not(:popover-open)) { display: none }
  section {
    --field: color-mix(in srgb, currentColor 45%, transparent);
    --wrong: light-dark(#b3261e, #ffb4ab);
    --well: light-dark(#1b6e3c, #8fd6a6);
    --ink: var(--tw-accent, CanvasText);
    display: flex;
    flex-direction: column;
    height: 100%;
    overflow: hidden;
    font-size: 16px;
    line-height: 23px;
    text-align: start;
    background: var(--tw-chat-surface, Canvas);
    border: 1px solid var(--line);
    border-radius: calc(var(--tw-radius, 10px) * 1.8);
    outline: none;
  }
  :host([popover]) section { box-shadow: 0 16px 56px #0003, 0 2px 8px #0002 }
  h2, h3 { font-size: 17px; line-height: 22px; font-weight: 600; letter-spacing: -.01em }
  h2 { outline: none; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
  svg { display: block; width: 22px; height: 22px; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round }
  header { display: flex; align-items: center; gap: 4px; padding: 10px 10px 10px 12px; border-bottom: 1px solid var(--line) }
  header > div { flex: 1; min-width: 0; padding: 0 6px }
  [part=status] { font-size: 13px; line-height: 18px; color: var(--quiet) }
  [part=status]:empty { display: none }
  [part~=icon] { flex: none; display: grid; place-items: center; width: 44px; height: 44px; padding: 0; border: 0; border-radius: 50% }
  [part~=back] svg:dir(rtl), [part~=send] svg:dir(rtl) { scale: -1 1 }
  [part=notice] { display: flex; align-items: center; gap: 10px; padding: 10px 18px; font-size: 14px; line-height: 20px; background: var(--tint); border-bottom: 1px solid var(--line) }
  [part=notice] p { flex: 1 }
  [part=notice]::before { content: ''; flex: none; border: 4px solid var(--dot, var(--quiet)); border-radius: 50% }
  [part=notice][data-kind=joined] { --dot: var(--well) }
  [part=log] { flex: 1; min-height: 0; padding: 16px; overflow: hidden auto; overscroll-behavior: contain; overflow-anchor: none }
  [part=log]:focus-visible, [part=menu]:focus-visible { outline-offset: -3px }
  ol, ul { margin: 0; padding: 0; list-style: none }
  [part~=message] { display: grid; justify-items: start; gap: 8px; margin-bottom: 14px }
  [part~=message]:last-child { margin-bottom: 0 }
  [part~=mine] { justify-items: end }
  [part~=note] { justify-items: center; text-align: center; font-size: 14px; line-height: 20px; color: var(--quiet) }
  [part=author] { margin: 0 4px -4px; font-size: 13px; line-height: 18px; color: var(--quiet) }
  [part~=bubble] {
    max-width: 86%;
    padding: 9px 14px;
    border: 1px solid transparent;
    border-radius: 18px;
    border-end-start-radius: 6px;
    background: var(--tint);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  [part~=mine] [part~=bubble] { color: var(--tw-on-accent, Canvas); background: var(--ink); border-radius: 18px; border-end-end-radius: 6px }
  [data-state=queued] [part~=bubble] { color: inherit; background: none; border: 1px dashed var(--field) }
  [part=state] { margin: -4px 6px 0; font-size: 13px; line-height: 18px; color: var(--quiet) }
  [data-state=failed] [part=state] { color: var(--wrong) }
  [part~=text] { padding: 0; border: 0; border-radius: 4px; font-weight: 550; text-decoration: underline 1px; text-underline-offset: 3px; color: var(--tw-accent, inherit) }
  [part~=text]:hover { background: none; text-decoration-thickness: 2px }
  [part=dots] { display: flex; gap: 5px; padding: 8px 2px }
  [part=dots] i { width: 7px; height: 7px; border-radius: 50%; background: var(--quiet) }
  [part=chips] { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 2px }
  [part~=chip] { min-height: 40px; padding: 7px 16px; font-size: 15px; line-height: 20px; font-weight: 550; border-color: var(--field); text-align: start }
  [part=cards] { display: flex; gap: 10px; width: calc(100% + 32px); margin: 0 -16px; padding: 3px 16px 6px; overflow-x: auto; scroll-snap-type: x proximity; scroll-padding: 16px; scrollbar-width: thin }
  [part~=card] { width: 100%; border: 1px solid var(--line); border-radius: var(--tw-radius, 10px); overflow: hidden; overflow-wrap: anywhere }
  [part=cards] > [part~=card] { flex: none; width: 168px; scroll-snap-align: start }
  [part=cards] > [part~=card]:only-child { width: 224px }
  a { color: inherit; text-decoration: none }
  [part=cards] a { display: block; height: 100% }
  a:hover [part=name], a:hover > h3 { text-decoration: underline 1px; text-underline-offset: 3px }
  [part=media] { position: relative; display: grid; place-items: center; height: 128px; overflow: hidden; font-size: 40px; font-weight: 300; background: var(--tint) }
  [part=media] img { position: absolute; width: 100%; height: 100%; object-fit: cover }
  [part=about] { padding: 10px 12px 12px; font-size: 14px; line-height: 19px }
  [part=name] { display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; min-height: 38px; font-weight: 500 }
  [part=detail] { color: var(--quiet) }
  [part=price] { margin-top: 4px; font-weight: 600; font-variant-numeric: tabular-nums }
  [part~=sheet] { padding: 14px 16px; font-size: 15px; line-height: 21px }
  [part~=sheet] > * + * { margin-top: 10px }
  [part=title] { display: flex; justify-content: space-between; align-items: center; gap: 12px }
  [part=badge] { flex: none; padding: 2px 10px; border: 1px solid var(--line); border-radius: 99px; font-size: 13px; line-height: 18px; font-weight: 550 }
  table { width: 100%; border-collapse: collapse; font-size: 14px; line-height: 20px }
  caption { padding-bottom: 6px; text-align: start; font-weight: 600 }
  th, td { padding: 5px 0; text-align: start; font-weight: 400; vertical-align: top }
  tr + tr > * { border-top: 1px solid var(--line) }
  td:last-child { padding-inline-start: 12px; text-align: end; font-weight: 550; font-variant-numeric: tabular-nums; white-space: nowrap }
  [part=chart] tr > * { border: 0 }
  [part=chart] th { width: 1%; padding-inline-end: 10px; white-space: nowrap }
  [part=chart] td:nth-child(2) { width: 100%; vertical-align: middle }
  [part=bar] { display: block; height: 12px; min-width: 2px; border: 1px solid transparent; border-radius: 3px; background: var(--ink) }
  small { display: block; font-size: 13px; color: var(--quiet) }
  form { display: grid; gap: 12px }
  label { display: block; font-size: 14px; line-height: 20px; font-weight: 550 }
  input, select, textarea {
    width: 100%;
    min-height: 44px;
    padding: 8px 12px;
    font: inherit;
    font-size: 16px;
    font-weight: 400;
    color: inherit;
    background: var(--tw-field, transparent);
    border: 1px solid var(--field);
    border-radius: var(--tw-radius, 10px);
    appearance: none;
  }
  label + *, label > input { margin-top: 5px }
  select { appearance: auto; background: Canvas }
  [aria-invalid=true] { border-color: var(--wrong); box-shadow: inset 0 0 0 1px var(--wrong) }
  [part=error] { font-size: 14px; line-height: 20px; color: var(--wrong); font-weight: 550 }
  [part=error]:empty { display: none }
  [part=actions] { display: flex; flex-wrap: wrap; gap: 8px }
  [part~=main], [part~=quiet] { display: inline-grid; place-items: center; min-height: 44px; padding: 9px 18px; border-radius: var(--tw-radius, 10px); font-weight: 600; font-size: 15px; border: 1px solid var(--field) }
  [part~=main] { border-color: transparent; background: var(--ink); color: var(--tw-on-accent, Canvas) }
  [part~=main]:hover { background: var(--ink); opacity: .88 }
  [part~=danger] { color: var(--wrong) }
  [part=pair] { display: grid; grid-template-columns: 1fr 1fr; gap: 10px }
  [part=composer] { display: flex; align-items: flex-end; gap: 6px; padding: 10px 10px 10px 14px; border-top: 1px solid var(--line) }
  textarea { flex: 1; min-height: 44px; max-height: 132px; padding: 10px 14px; line-height: 22px; border-radius: 22px; resize: none; field-sizing: content }
  [part~=send] { color: var(--tw-on-accent, Canvas); background: var(--ink) }
  [part~=send]:hover { background: var(--ink); opacity: .88 }
  [part~=send][aria-disabled=true] { color: inherit; background: var(--tint); cursor: default; opacity: .6 }
  [part=under] { padding: 0 18px 10px }
  [part=down] { position: absolute; inset-inline: 0; bottom: 84px; width: fit-content; margin: auto; padding: 6px 16px; font-size: 14px; font-weight: 600; background: Canvas; box-shadow: 0 2px 10px #0003 }
  [part=down]:hover { background: Canvas }
  [part=menu] { flex: 1; min-height: 0; padding: 18px; overflow: auto; overscroll-behavior: contain }
  [part=menu] > * + * { margin-top: 14px }
  [part=talk] { padding: 10px 0; border-top: 1px solid var(--line) }
  [part=talk] > * + * { margin-top: 8px }
  [part=talk] > button:first-child { display: block; width: 100%; padding: 4px 0; border: 0; border-radius: 6px; font-weight: 550; text-align: start; overflow-wrap: anywhere }
  [part=hidden] { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
  @media (max-width: ${SHEET_PX}px) {
    :host([popover]) { inset: var(--top, 0) 0 auto; width: 100%; max-width: none; height: var(--height, 100dvh); max-height: none }
    :host([popover]) section { border: 0; border-radius: 0; box-shadow: none; padding: env(safe-area-inset-top, 0px) 0 env(safe-area-inset-bottom, 0px) }
  }
  @media (max-height: 420px) {
    header { padding-block: 2px }
    [part=composer] { padding-block: 4px }
  }
  @media (prefers-reduced-motion: no-preference) {
    [part=dots] i { animation: 1s ease-in-out infinite alternate breathe }
    [part=dots] i:nth-child(2) { animation-delay: .2s }
    [part=dots] i:nth-child(3) { animation-delay: .4s }
    @keyframes breathe { from { opacity: .9 } to { opacity: .25 } }
    :host(:popover-open) section { animation: .18s ease-out rise }
    @keyframes rise { from { opacity: 0; translate: 0 14px } }
  }
`
