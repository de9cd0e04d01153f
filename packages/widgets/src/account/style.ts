export const style = `
  section { display: flow-root; container-type: inline-size }
  h3:focus { outline: none }
  header { display: grid; grid-template-columns: auto 1fr auto; align-items: center; gap: 12px; padding-bottom: 16px }
  header h2 { font-size: 20px; overflow-wrap: anywhere }
  [part=person] { min-width: 0 }
  header p { display: flex; flex-wrap: wrap; gap: 4px 8px; font-size: 14px; line-height: 20px }
  [part=address] { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
  header [part=secondary] { width: auto; min-height: 40px; padding: 6px 16px; font-size: 14px }
  [part=initial] {
    display: grid;
    place-items: center;
    width: 52px;
    height: 52px;
    border-radius: 50%;
    font-size: 22px;
    font-weight: 600;
    background: var(--tint);
    box-shadow: inset 0 0 0 1px var(--line);
  }
  [part=badge] {
    display: inline-block;
    margin-inline-start: 8px;
    padding: 0 8px;
    border-radius: 99px;
    font-size: 13px;
    line-height: 20px;
    font-weight: 500;
    background: var(--tint);
    box-shadow: inset 0 0 0 1px var(--line);
  }
  header [part=badge] { margin: 0 }
  nav { display: flex; gap: 4px; overflow-x: auto; scrollbar-width: none; border-bottom: 1px solid var(--line) }
  [part=tab] {
    flex: none;
    padding: 12px;
    border: 0;
    border-radius: 8px 8px 0 0;
    font-weight: 500;
    color: var(--quiet);
    outline-offset: -3px;
  }
  [part=tab][aria-current] { color: inherit; box-shadow: inset 0 -2px var(--tw-accent, currentColor) }
  [part=panel] { display: grid; gap: 14px; padding: 28px 0; border-bottom: 1px solid var(--line) }
  [part=panel]:last-child { border: 0; padding-bottom: 4px }
  [part=panel] [part=lead] { font-size: 15px; line-height: 22px; margin-top: -8px; text-wrap: pretty; overflow-wrap: anywhere }
  [part=columns] { display: grid; gap: 16px }
  [part=actions] { display: flex; flex-wrap: wrap; gap: 12px }
  [part=actions] > * { flex: 1 1 200px }
  fieldset { display: grid; gap: 12px; margin: 0; padding: 0; border: 0 }
  legend { margin-bottom: 8px; padding: 0; font-size: 14px; font-weight: 550 }
  select[part=input] {
    padding-inline-end: 40px;
    text-overflow: ellipsis;
    background: linear-gradient(45deg, transparent 50%, currentColor 50% 60%, transparent 60%) right 20px center / 7px 7px no-repeat,
      linear-gradient(-45deg, transparent 50%, currentColor 50% 60%, transparent 60%) right 14px center / 7px 7px no-repeat, var(--tw-field, transparent);
  }
  option { color: CanvasText; background: Canvas }
  [part=done] { padding: 10px 14px; border-radius: var(--tw-radius, 10px); color: var(--well); background: color-mix(in srgb, var(--well) 10%, transparent); font-weight: 550 }
  [part=sessions], [part=codes] { margin: 0; padding: 0; list-style: none }
  [part=session] { display: flex; justify-content: space-between; align-items: center; gap: 16px; padding: 14px 0; border-top: 1px solid var(--line) }
  [part=session] [part=lead] { margin: 2px 0 0; font-size: 14px; line-height: 20px }
  [part=session] [part=secondary] { width: auto; min-height: 40px; padding: 6px 16px; font-size: 14px }
  [part=scan] { display: grid; gap: 16px; justify-items: center; text-align: center; font-size: 14px }
  [part=qr] { width: 200px; height: 200px; border-radius: 12px; background: #fff; fill: #000; stroke: none }
  code { display: block; font: 600 15px/24px ui-monospace, monospace; letter-spacing: .02em; overflow-wrap: anywhere; user-select: all }
  [part=codes] { display: grid; gap: 6px; padding: 16px; border-radius: var(--tw-radius, 10px); background: var(--tint) }
  [part=codes] code { font-size: 14px }
  [part=dialog] {
    margin: auto;
    width: min(420px, calc(100vw - 32px));
    padding: 24px;
    border: 0;
    border-radius: calc(var(--tw-radius, 10px) + 6px);
    color: var(--tw-text, CanvasText);
    background: var(--tw-dialog, Canvas);
    box-shadow: 0 24px 64px rgb(0 0 0 / .3);
  }
  [part=dialog]::backdrop { background: rgb(0 0 0 / .45) }
  [part=dialog] [part=lead] { margin: 6px 0 18px; font-size: 15px }
  [part=skeleton] { height: 440px; border-radius: var(--tw-radius, 10px); background: var(--tint) }
  [part=failed] { display: grid; gap: 12px; min-height: 440px; align-content: center; justify-items: center; text-align: center }
  [part=failed] button { width: auto }
  @container (width >= 560px) {
    [part=columns] { grid-template-columns: 1fr 1fr }
    [part=actions] > * { flex: none; width: auto; min-width: 220px }
    [part=panel] > form > [part=submit], [part=panel] > form > [part=secondary], [part=panel] > [part=secondary], [part=panel] > [part=danger] { justify-self: start; width: auto; min-width: 220px }
    [part=scan] { grid-template-columns: auto 1fr; justify-items: start; align-items: center; text-align: start; gap: 24px }
    [part=codes] { grid-template-columns: 1fr 1fr }
    nav { gap: 8px }
  }
  @container (width < 420px) {
    header { gap: 10px }
    header h2 { font-size: 18px }
    header [part=secondary] { min-height: 36px; padding: 4px 12px }
    [part=initial] { width: 44px; height: 44px; font-size: 19px }
    [part=tab] { padding: 12px 8px; font-size: 14px }
  }
`
