export const style = `
  [part=rules] { display: grid; gap: 12px }
  [part=rule] {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 8px 24px;
    padding: 16px 20px;
    border: 1px solid var(--line);
    border-radius: var(--round);
  }
  [part=rule-head] { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: 2px 16px; justify-content: space-between; align-items: baseline }
  [part=rule-head] h2 { padding: 0; overflow-wrap: anywhere }
  [part=rule-body] { display: flex; gap: 8px; align-items: center; min-width: 0 }
  [part=rule-body] > :last-child { flex: 1; min-width: 0; padding-inline-start: 4px }
  [part=rule]:is([data-standing=off], [data-standing=over]) [part=rule-body] { opacity: .8 }
  [part=sentence] { overflow-wrap: anywhere; text-wrap: pretty }
  [part=editor] { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1.15fr); gap: 24px; align-items: start }
  form { display: grid; gap: 16px; min-width: 0 }
  form [part=panel] { margin: 0 }
  [part=label] { font-size: 14px; line-height: 20px; font-weight: 550 }
  fieldset > legend { float: inline-start; width: 100%; font-size: 17px; line-height: 24px; font-weight: 600 }
  legend + * { clear: both }
  [part=pair] { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 180px), 1fr)); gap: 16px; align-items: start }
  [part=radios] { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 8px }
  [part=radios] label {
    display: flex;
    gap: 10px;
    align-items: start;
    padding: 10px 12px;
    border: 1px solid var(--line);
    border-radius: 10px;
    font-weight: 400;
    cursor: pointer;
  }
  [part=radios] label:hover { background: var(--tint) }
  [part=radios] label:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent) }
  [part=radios] b, [part=radios] [part=note] { display: block }
  [type=radio], [type=checkbox] { flex: none; width: 18px; height: 18px; margin: 1px 0 0; accent-color: var(--accent) }
  [part=check] { display: flex; gap: 10px; align-items: center; font-weight: 400; cursor: pointer }
  [part=picker] { position: relative; display: grid; gap: 8px; min-width: 0 }
  [part=picker] > [part=note] { min-height: 20px }
  [part=chosen], [part=found] { display: grid; gap: 4px }
  [part=found] {
    position: absolute;
    inset-inline: 0;
    top: 100%;
    z-index: 1;
    margin-top: 4px;
    padding: 6px;
    border: 1px solid var(--line);
    border-radius: 12px;
    background: Canvas;
    box-shadow: 0 8px 24px rgb(0 0 0 / .18);
  }
  [part=chosen] li { display: flex; gap: 12px; align-items: center; padding: 4px; border-radius: 10px; background: var(--tint) }
  [part=chosen] li > span:not([part]) { flex: 1; min-width: 0; overflow-wrap: anywhere }
  [part=found] button { display: flex; gap: 12px; align-items: center; width: 100%; padding: 4px; border: 0; border-radius: 10px; text-align: start }
  [part=found] button > :last-child { min-width: 0; overflow-wrap: anywhere }
  [part=tags] { display: flex; flex-wrap: wrap; gap: 6px }
  [part=tags] li { display: flex; align-items: center; padding-inline-start: 12px; border-radius: 99px; background: var(--tint); min-width: 0 }
  [part=tags] span { overflow-wrap: anywhere }
  [part=drop] { flex: none; width: 34px; height: 34px; padding: 0; border: 0; font-size: 18px; line-height: 1 }
  [part=drop]::before { content: "×" / "" }
  summary { padding: 4px 0; font-weight: 600; cursor: pointer }
  [part=inner] { display: grid; gap: 16px; padding-top: 12px }
  [part~=submit] { padding-top: 4px }
  [part~=preview] {
    position: sticky;
    top: 16px;
    display: grid;
    gap: 14px;
    min-height: 560px;
    align-content: start;
    max-height: calc(100vh - 32px);
    overflow: auto;
    padding: 20px;
    border: 1px solid var(--line);
    border-radius: var(--round);
  }
  [part~=preview] h2 { padding: 0 }
  [part~=status] { min-height: 20px }
  [part=compared] { display: grid; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); gap: 20px; align-items: start }
  [part=compared][data-stale=true] { opacity: .6 }
  [part=effects] { grid-column: 1 / -1 }
  [part=list] ol { display: grid; gap: 10px; padding-top: 10px; counter-reset: place }
  [part=list] li { display: grid; grid-template-columns: 20px 44px minmax(0, 1fr); gap: 8px; align-items: start; counter-increment: place }
  [part=list] li::before { content: counter(place) / ""; font-size: 13px; line-height: 20px; font-weight: 600; color: var(--quiet); font-variant-numeric: tabular-nums }
  [part=list] li > div { display: grid }
  [part=name] { font-weight: 550; line-height: 20px; overflow-wrap: anywhere }
  [part=move] { font-size: 13px; line-height: 20px; font-weight: 550; color: var(--quiet) }
  [part=move]:is([data-move=up], [data-move=new]) { color: var(--good) }
  [part=move]:is([data-move=down], [data-move=gone]) { color: var(--fair) }
  h4 { padding-top: 10px; font-size: 14px; font-weight: 600 }
  [part=effects] li { padding-top: 2px }
  @media (max-width: 1000px) {
    [part=editor] { grid-template-columns: minmax(0, 1fr) }
    [part~=preview] { position: static; max-height: none }
  }
  @media (max-width: 560px) {
    [part=rule] { grid-template-columns: minmax(0, 1fr); padding: 16px }
    [part=compared] { gap: 16px }
  }
`
